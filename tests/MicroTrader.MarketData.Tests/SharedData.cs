using System.Runtime.CompilerServices;
using Xunit.Abstractions;

namespace MicroTrader.MarketData.Tests;

/// <summary>Finds the real market data beside the checkout; tests that need it skip, saying so, where it is absent.</summary>
internal static class SharedData
{
    public static string? Lean(string file, ITestOutputHelper output) => Find(Path.Combine("market-data", "lean", file), output);

    public static string? Massive(string file, ITestOutputHelper output) => Find(Path.Combine("massive", file), output);

    private static string? Find(string file, ITestOutputHelper output)
    {
        var root = Above(AppContext.BaseDirectory) ?? Above(Path.GetDirectoryName(ThisFile())!);
        var path = root is null ? null : Path.Combine(root, "..", "shared", file);
        if (path is not null && (File.Exists(path) || Directory.Exists(path)))
            return path;
        output.WriteLine($"SKIPPED: shared/{file} is not beside the checkout");
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
