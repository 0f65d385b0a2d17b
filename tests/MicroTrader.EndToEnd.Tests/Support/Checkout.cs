using System.Runtime.CompilerServices;
using Xunit.Abstractions;

namespace MicroTrader.EndToEnd.Tests.Support;

/// <summary>Finds the checkout, and the real market data beside it.</summary>
internal static class Checkout
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory) ?? Above(Path.GetDirectoryName(ThisFile())!)
        ?? throw new InvalidOperationException($"neither {AppContext.BaseDirectory} nor the source of the tests lies in a checkout");

    /// <summary>A file or folder of the recorded market data; null, said so, where it is absent.</summary>
    public static string? Lean(string file, ITestOutputHelper output)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "market-data", "lean", file));
        if (File.Exists(path) || Directory.Exists(path))
            return path;
        output.WriteLine($"SKIPPED: shared/market-data/lean/{file} is not beside the checkout");
        return null;
    }

    // With an artifacts path outside the checkout the assembly does not lie below the solution, but the source does.
    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MicroTrader.Actors.sln")))
                return at.FullName;
        }

        return null;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
