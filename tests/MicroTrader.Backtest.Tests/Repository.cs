using System.Runtime.CompilerServices;

namespace MicroTrader.Backtest.Tests;

/// <summary>Where the checkout is, and what may lie beside it.</summary>
internal static class Repository
{
    /// <summary>The checkout's folder: the compiler knows where this file is.</summary>
    public static string Root { get; } = Find();

    /// <summary>A recording beside the checkout; null where it is not there.</summary>
    public static string? Recorded(params string[] names)
    {
        var path = Path.GetFullPath(Path.Combine([Root, "..", "shared", "market-data", "lean", .. names]));
        return Path.Exists(path) ? path : null;
    }

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
