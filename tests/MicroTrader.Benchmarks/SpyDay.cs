using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace MicroTrader.Benchmarks;

/// <summary>SPY's trades of 2013-10-07, as they stand beside the checkout, and the floor that reading them is compared with.</summary>
internal static class SpyDay
{
    /// <summary>Its rows.</summary>
    public const int Rows = 250_601;

    /// <summary>Finds its file.</summary>
    /// <exception cref="FileNotFoundException">The recordings are not beside this checkout.</exception>
    public static string Find()
    {
        var path = Path.GetFullPath(Path.Combine(Root(), "..", "shared", "market-data", "lean", "tick", "spy", "20131007_trade.zip"));
        return File.Exists(path) ? path : throw new FileNotFoundException("skipped: the recordings are not beside this checkout", path);
    }

    /// <summary>Inflates it and does nothing with it.</summary>
    /// <returns>How many bytes that gave.</returns>
    public static long Inflate(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var stream = zip.Entries[0].Open();
        var buffer = new byte[64 * 1024];
        long total = 0;
        for (int read; (read = stream.Read(buffer)) > 0;)
            total += read;
        return total;
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
