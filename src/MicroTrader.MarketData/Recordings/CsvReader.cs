using System.Buffers.Text;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Reads the rows of a CSV recording. White space around a field is allowed, quotes are not.</summary>
internal sealed class CsvReader : TickReader
{
    private readonly CsvColumns _columns;
    private readonly SymbolTable _symbols;
    private readonly IReadOnlyCollection<TickKind> _kinds;
    private Tick _tick;

    public CsvReader(string path, LineReader lines, CsvColumns columns, RecordingOptions options, RecordingStatistics statistics)
        : base(path, lines, statistics, options.MaxLateness)
    {
        _columns = columns;
        _symbols = new SymbolTable(options.Symbols);
        _kinds = options.Kinds;
        // A run that was killed leaves its record without an end; up to its last flush it is whole.
        lines.AllowsCutOff = columns.IsRecord;
    }

    /// <summary>Whether rows are whole ticks, each of its own kind.</summary>
    public bool IsRecord => _columns.IsRecord;

    protected override Row Parse(ReadOnlySpan<byte> line, out Parsed row)
    {
        row = default;
        Span<Range> fields = stackalloc Range[CsvColumns.Most];
        fields = fields[.._columns.Count];
        if (!Split(line, fields))
            return Row.Malformed;
        if (_columns.IsRecord)
            return ParseRecord(line, fields, out row);
        if (!_symbols.TryFind(Field(line, fields[_columns.Symbol]), out row.Symbol, out var wanted)
            || !Utf8Time.TryRead(Field(line, fields[_columns.Time]), out row.UtcTicks)
            || !Utf8Number.TryReadWhole(Field(line, fields[_columns.Price]), out var price) || price.Digits <= 0
            || !Utf8Number.TryReadWhole(Field(line, fields[_columns.Volume]), out var volume) || volume.Digits < 0)
            return Row.Malformed;
        if (!wanted)
            return Row.Filtered;
        row.Price = price;
        row.Volume = volume;
        return Row.Given;
    }

    // A record's tick keeps the time that it had; in the recording it stands where it came.
    protected override void Make(in Parsed row, out RecordedTick tick)
    {
        if (_columns.IsRecord)
            tick = new RecordedTick(new DateTimeOffset(row.UtcTicks, TimeSpan.Zero), _tick);
        else
            RecordedTick.Write(out tick, row.Symbol, TickKind.Trade, row.UtcTicks, row.Price.ToDecimal(0), row.Volume.ToDecimal(0), PriceBasis.Trade);
    }

    protected override string Explain(ReadOnlySpan<byte> line)
    {
        Span<Range> fields = stackalloc Range[CsvColumns.Most];
        fields = fields[.._columns.Count];
        if (!Split(line, fields))
        {
            var count = line.Count((byte)',') + 1;
            return $"has {count} {(count == 1 ? "field" : "fields")}; {_columns.Count} are allowed, as in the header";
        }

        var symbol = Field(line, fields[_columns.Symbol]);
        if (!_symbols.TryFind(symbol, out _, out _))
            return $"symbol '{Utf8Number.Show(symbol)}' is not one; 1 to {Symbol.MaxLength} letters, digits, dots or hyphens are allowed, the first a letter";
        if (Utf8Time.Problem(Field(line, fields[_columns.Time])) is { } time)
            return time;
        if (_columns.IsRecord)
            return "cannot be read; a row as the recorder writes it is allowed";
        return Utf8Number.Problem("price", Field(line, fields[_columns.Price]), zeroAllowed: false)
            ?? Utf8Number.Problem("volume", Field(line, fields[_columns.Volume]), zeroAllowed: true)
            ?? "cannot be read; a row as in the header is allowed";
    }

    private Row ParseRecord(ReadOnlySpan<byte> line, scoped ReadOnlySpan<Range> fields, out Parsed row)
    {
        row = default;
        if (!_symbols.TryFind(Field(line, fields[_columns.Symbol]), out var symbol, out var wanted)
            || !Utf8Time.TryRead(Field(line, fields[_columns.Time]), out var time)
            || !Utf8Time.TryRead(Field(line, fields[_columns.Received]), out row.UtcTicks)
            || !Number(Field(line, fields[_columns.Price]), out var price) || price is not > 0
            || !Number(Field(line, fields[_columns.Volume]), out var volume) || volume < 0
            || !Number(Field(line, fields[_columns.Bid]), out var bid)
            || !Number(Field(line, fields[_columns.Ask]), out var ask)
            || !TickWords.TryKind(Field(line, fields[_columns.Kind]), out var kind)
            || !TickWords.TryBasis(Field(line, fields[_columns.Basis]), out var basis)
            || !TickWords.TryTraits(Field(line, fields[_columns.Traits]), out var traits))
            return Row.Malformed;
        if (!wanted || (_kinds.Count > 0 && !_kinds.Contains(kind)))
            return Row.Filtered;
        _tick = new Tick(symbol, kind, new DateTimeOffset(time, TimeSpan.Zero), price.Value, volume, bid, ask, basis, traits);
        return Row.Given;
    }

    // An empty field is a number that was not known. Computed ones (a middle of a quote) may have more digits than a price that somebody wrote.
    private static bool Number(ReadOnlySpan<byte> field, out decimal? number)
    {
        number = null;
        if (field.IsEmpty)
            return true;
        if (Utf8Number.TryReadWhole(field, out var digits))
        {
            number = digits.ToDecimalAsWritten();
            return true;
        }

        if (!Utf8Parser.TryParse(field, out decimal value, out var used) || used != field.Length)
            return false;
        number = value;
        return true;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, Range range) => line[range].Trim(" \t"u8);

    private static bool Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        var start = 0;
        for (var i = 0; i < fields.Length - 1; i++)
        {
            var length = line[start..].IndexOf((byte)',');
            if (length < 0)
                return false;
            fields[i] = new Range(start, start + length);
            start += length + 1;
        }

        fields[^1] = new Range(start, line.Length);
        return line[start..].IndexOf((byte)',') < 0;
    }
}
