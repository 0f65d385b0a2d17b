using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Reads the rows of a CSV recording. White space around a field is allowed, quotes are not.</summary>
internal sealed class CsvReader : TickReader
{
    private readonly CsvColumns _columns;
    private readonly SymbolTable _symbols;

    public CsvReader(string path, LineReader lines, CsvColumns columns, RecordingOptions options, RecordingStatistics statistics)
        : base(path, lines, statistics, options.MaxLateness)
    {
        _columns = columns;
        _symbols = new SymbolTable(options.Symbols);
    }

    protected override TickKind Kind => TickKind.Trade;

    protected override Row Parse(ReadOnlySpan<byte> line, out Parsed row)
    {
        row = default;
        Span<Range> fields = stackalloc Range[CsvColumns.Count];
        if (!Split(line, fields))
            return Row.Malformed;
        if (!_symbols.TryFind(Field(line, fields[_columns.Symbol]), out row.Symbol, out var wanted)
            || !Utf8Time.TryRead(Field(line, fields[_columns.Time]), out row.UtcTicks)
            || !Utf8Number.TryReadWhole(Field(line, fields[_columns.Price]), out var price) || price.Digits <= 0
            || !Utf8Number.TryReadWhole(Field(line, fields[_columns.Volume]), out var volume) || volume.Digits < 0)
            return Row.Malformed;
        if (!wanted)
            return Row.Filtered;
        row.Price = price.ToDecimal(0);
        row.Volume = volume.ToDecimal(0);
        return Row.Given;
    }

    protected override string Explain(ReadOnlySpan<byte> line)
    {
        Span<Range> fields = stackalloc Range[CsvColumns.Count];
        if (!Split(line, fields))
        {
            var count = line.Count((byte)',') + 1;
            return $"has {count} {(count == 1 ? "field" : "fields")}; {CsvColumns.Count} are allowed, as in the header";
        }

        var symbol = Field(line, fields[_columns.Symbol]);
        if (!_symbols.TryFind(symbol, out _, out _))
            return $"symbol '{Utf8Number.Show(symbol)}' is not one; 1 to {Symbol.MaxLength} letters, digits, dots or hyphens are allowed, the first a letter";
        return Utf8Time.Problem(Field(line, fields[_columns.Time]))
            ?? Utf8Number.Problem("price", Field(line, fields[_columns.Price]), zeroAllowed: false)
            ?? Utf8Number.Problem("volume", Field(line, fields[_columns.Volume]), zeroAllowed: true)
            ?? "cannot be read; a row as in the header is allowed";
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
