using System.Text;

namespace MicroTrader.MarketData;

/// <summary>Which field of a CSV recording is what, by its header.</summary>
internal sealed record CsvColumns(int Time, int Symbol, int Price, int Volume)
{
    /// <summary>How many there are.</summary>
    public const int Count = 4;

    /// <summary>What is allowed, for errors.</summary>
    public const string Allowed = "time,symbol,price,volume in any order is allowed";

    /// <summary>Reads the header.</summary>
    /// <exception cref="RecordingException">The file has none that is known.</exception>
    public static CsvColumns Read(string path, LineReader lines)
    {
        if (!lines.TryRead(out var line))
            throw new RecordingException($"{path}: is empty; a CSV with the header {Allowed}");
        var names = Encoding.UTF8.GetString(line.Length > 200 ? line[..200] : line).Split(',').Select(n => n.Trim().ToUpperInvariant()).ToList();
        var columns = new CsvColumns(names.IndexOf("TIME"), names.IndexOf("SYMBOL"), names.IndexOf("PRICE"), names.IndexOf("VOLUME"));
        return names.Count == Count && columns is { Time: >= 0, Symbol: >= 0, Price: >= 0, Volume: >= 0 }
            ? columns
            : throw new RecordingException($"{path}:1: the header is '{Utf8Number.Show(line)}'; {Allowed}");
    }
}
