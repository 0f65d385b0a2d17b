using System.Collections;
using System.Runtime.CompilerServices;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Tests.Support;

/// <summary>Keeps the settings of the person who runs the tests out of them: keys in the environment, and a <c>.env</c> where the tests were started.</summary>
internal static class Surroundings
{
#pragma warning disable CA2255 // This is the entry of a program: the test run.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Clear()
    {
        var names = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => (string)e.Key);
        foreach (var name in names.Where(n => n.Contains("__", StringComparison.Ordinal) || LegacyNames.All.Contains(n, StringComparer.OrdinalIgnoreCase)).ToList())
            Environment.SetEnvironmentVariable(name, null);
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
    }
}
