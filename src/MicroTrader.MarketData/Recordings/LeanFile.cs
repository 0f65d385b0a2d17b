using System.Globalization;
using System.IO.Compression;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// A zip of one symbol's trades of one day in LEAN's format: <c>tick/spy/20131007_trade.zip</c> with one CSV in it. Source:
/// github.com/QuantConnect/Lean, Data/equity/readme.md.
/// </summary>
internal sealed class LeanFile : RecordedFile
{
    private readonly Symbol _symbol;
    private readonly long _midnightUtcTicks;

    private readonly TickKind _kind;
    private readonly long _unpacked;

    private LeanFile(string path, TickKind kind, Symbol symbol, DateOnly day, long unpacked)
        : base(path)
    {
        _unpacked = unpacked;
        _kind = kind;
        _symbol = symbol;
        // Computed once: every row is milliseconds since this midnight.
        _midnightUtcTicks = day.ToDateTime(TimeOnly.MinValue).Ticks - NewYorkTime.OffsetAtNoon(day).Ticks;
    }

    public override TickKind? Kind => _kind;

    public override long EarliestUtcTicks => _midnightUtcTicks;

    // A day is at most 25 hours long, and a bar's tick is at its end.
    public override long LatestUtcTicks => _midnightUtcTicks + (25 * TimeSpan.TicksPerHour) + TimeSpan.TicksPerMinute;

    public override Symbol? OnlySymbol => _symbol;

    /// <summary>Looks at the names, not at the rows.</summary>
    /// <exception cref="RecordingException">The file is no LEAN zip of trades.</exception>
    public static LeanFile Describe(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        if (!TryReadName(name, out var day))
            throw new RecordingException($"{path}: is not named YYYYMMDD_trade.zip with a date from {NewYorkTime.FirstYear} on; LEAN zips of tick, second or minute trades are allowed");
        using var zip = OpenZip(path);
        var entry = OnlyEntry(path, zip);
        var (innerDay, innerSymbol, innerKind) = ReadInnerName(path, entry.Name);
        var (folderSymbol, folderKind) = ReadFolders(path);
        if (innerDay is { } other && other != day)
            throw new RecordingException($"{path}: holds {entry.Name} of another day; one day in the file's name and inside is allowed");
        if (innerKind is { } inner && folderKind is { } outer && inner != outer)
            throw new RecordingException($"{path}: holds {entry.Name} in a folder of {Word(outer)} data; the same kind in the folder's name and inside is allowed");
        if ((innerKind ?? folderKind) is not { } kind)
            throw new RecordingException($"{path}: neither its folder nor {entry.Name} inside says whether these are tick, second or minute trades; LEAN's names are allowed");
        if ((innerSymbol ?? folderSymbol) is not { } symbol)
            throw new RecordingException($"{path}: neither its folder nor {entry.Name} inside names a symbol; LEAN's names are allowed");
        return new LeanFile(path, kind, symbol, day, entry.Length);
    }

    public override double BytesOf(long unpacked) => _unpacked <= 0 ? Bytes : Math.Min((double)unpacked / _unpacked, 1) * Bytes;

    public override IReadOnlyCollection<Symbol> FindSymbols() => [_symbol];

    public override IReadOnlyCollection<TickKind> FindKinds() => [_kind];

    public override TickReader Open(RecordingOptions options, RecordingStatistics statistics)
    {
        var zip = OpenZip(Path);
        try
        {
            var entry = OnlyEntry(Path, zip);
            var lines = new LineReader(Path, new EntryStream(zip, OpenEntry(Path, entry)), (uint)entry.Length);
            return new LeanReader(Path, lines, statistics, options.MaxLateness, _symbol, _kind, _midnightUtcTicks);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    private static bool TryReadName(string name, out DateOnly day)
    {
        day = default;
        return name.Length > 8 && name.AsSpan(8).Equals("_trade.zip", StringComparison.OrdinalIgnoreCase)
            && DateOnly.TryParseExact(name.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            && day.Year >= NewYorkTime.FirstYear;
    }

    // 20131007_spy_Trade_Tick.csv, 20131009_ibm_second_trade.csv; anything else says nothing.
    private static (DateOnly? Day, Symbol? Symbol, TickKind? Kind) ReadInnerName(string path, string name)
    {
        var parts = System.IO.Path.GetFileNameWithoutExtension(name).Split('_');
        if (parts.Length != 4 || !DateOnly.TryParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return default;
        if (parts[2..].Any(p => p.Equals("quote", StringComparison.OrdinalIgnoreCase) || p.Equals("openinterest", StringComparison.OrdinalIgnoreCase)))
            throw new RecordingException($"{path}: holds {name}, which are no trades; LEAN zips of tick, second or minute trades are allowed");
        return (day, Symbol.TryParse(parts[1], out var symbol) ? symbol : null, KindOf(parts[2]) ?? KindOf(parts[3]));
    }

    private static (Symbol? Symbol, TickKind? Kind) ReadFolders(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        var above = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(folder));
        var kind = above is null ? null : KindOf(above);
        return kind is not null && Symbol.TryParse(System.IO.Path.GetFileName(folder), out var symbol) ? (symbol, kind) : (null, kind);
    }

    private static TickKind? KindOf(string word) => word.ToUpperInvariant() switch
    {
        "TICK" => TickKind.Trade,
        "SECOND" => TickKind.SecondBar,
        "MINUTE" => TickKind.MinuteBar,
        _ => null,
    };

    private static string Word(TickKind kind) => kind switch
    {
        TickKind.Trade => "tick",
        TickKind.SecondBar => "second",
        _ => "minute",
    };

    private static ZipArchive OpenZip(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{path}: cannot be opened as a zip: {e.Message}; a whole, readable LEAN zip is allowed", e);
        }
    }

    private static ZipArchiveEntry OnlyEntry(string path, ZipArchive zip)
    {
        try
        {
            return zip.Entries is [{ Name.Length: > 0 } entry] && entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
                ? entry
                : throw new RecordingException($"{path}: holds {zip.Entries.Count} files; exactly one CSV in a LEAN zip is allowed");
        }
        catch (InvalidDataException e)
        {
            throw new RecordingException($"{path}: cannot be opened as a zip: {e.Message}; a whole, readable LEAN zip is allowed", e);
        }
    }

    private static Stream OpenEntry(string path, ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new RecordingException($"{path}: {entry.Name} inside cannot be opened: {e.Message}; a whole, readable LEAN zip is allowed", e);
        }
    }
}
