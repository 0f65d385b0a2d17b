using System.Text;

namespace MicroTrader.MarketData;

/// <summary>Which field of a CSV recording is what, by its header: that of a plain one, or that of a record of ticks, which has all fields.</summary>
internal sealed record CsvColumns
{
    /// <summary>What is allowed, for errors.</summary>
    public const string Allowed = "time,symbol,price,volume in any order is allowed, alone or with all of kind,bid,ask,basis,traits,received";

    /// <summary>The most columns.</summary>
    public const int Most = 10;

    /// <summary>The header of a record.</summary>
    public const string RecordHeader = "time,symbol,price,volume,kind,bid,ask,basis,traits,received";

    private static readonly string[] Names = [.. RecordHeader.Split(',')];

    // By the order of the names above; -1 for a column that is not there.
    private readonly int[] _places;

    private CsvColumns(int[] places)
    {
        _places = places;
        Count = places.Count(p => p >= 0);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Whether rows are whole ticks with the time at which they came.</summary>
    public bool IsRecord => Count == Most;

    public int Time => _places[0];

    public int Symbol => _places[1];

    public int Price => _places[2];

    public int Volume => _places[3];

    public int Kind => _places[4];

    public int Bid => _places[5];

    public int Ask => _places[6];

    public int Basis => _places[7];

    public int Traits => _places[8];

    public int Received => _places[9];

    /// <summary>Reads the header.</summary>
    /// <exception cref="RecordingException">The file has none that is known.</exception>
    public static CsvColumns Read(string path, LineReader lines)
    {
        const int Plain = 4;
        if (!lines.TryRead(out var line))
            throw new RecordingException($"{path}: is empty; a CSV with the header {Allowed}");
        var found = Encoding.UTF8.GetString(line.Length > 200 ? line[..200] : line).Split(',').Select(n => n.Trim()).ToList();
        var columns = new CsvColumns([.. Names.Select(name => found.FindIndex(f => f.Equals(name, StringComparison.OrdinalIgnoreCase)))]);
        var isKnown = columns.Count == found.Count && columns.Count is Plain or Most && columns is { Time: >= 0, Symbol: >= 0, Price: >= 0, Volume: >= 0 };
        return isKnown ? columns : throw new RecordingException($"{path}:1: the header is '{Utf8Number.Show(line)}'; {Allowed}");
    }
}
