using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// Reads LEAN's rows. Trades: time, price, quantity, exchange, sale condition, suspicious. Bars: time, open, high, low, close,
/// volume. Times are milliseconds since New York's midnight, prices ten-thousandths of a dollar.
/// </summary>
internal sealed class LeanReader : TickReader
{
    private const int PriceDecimals = 4;
    private const long DayMs = 86_400_000;

    private readonly Symbol _symbol;
    private readonly TickKind _kind;
    private readonly PriceBasis _basis;
    private readonly long _midnightUtcTicks;
    private readonly long _barTicks;

    public LeanReader(string path, LineReader lines, RecordingStatistics statistics, TimeSpan maxLateness, Symbol symbol, TickKind kind, long midnightUtcTicks)
        : base(path, lines, statistics, maxLateness)
    {
        _symbol = symbol;
        _kind = kind;
        _basis = kind == TickKind.Trade ? PriceBasis.Trade : PriceBasis.Bar;
        _midnightUtcTicks = midnightUtcTicks;
        // A bar's time is its start, and its close is known at its end only: a tick at the start would see the future.
        _barTicks = kind switch
        {
            TickKind.SecondBar => TimeSpan.TicksPerSecond,
            TickKind.MinuteBar => TimeSpan.TicksPerMinute,
            _ => 0,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override Row Parse(ReadOnlySpan<byte> line, out Parsed row)
    {
        row = default;
        var at = 0;
        if (!Field(line, ref at, out var time) || !DayTicks(time, out var dayTicks))
            return Row.Malformed;
        row.UtcTicks = _midnightUtcTicks + dayTicks + _barTicks;
        return _barTicks == 0 ? ParseTrade(line, at, ref row) : ParseBar(line, at, ref row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Make(in Parsed row, out RecordedTick tick) => RecordedTick.Write(out tick, _symbol, _kind, row.UtcTicks, row.Price.ToDecimal(PriceDecimals), row.Volume.ToDecimal(0), _basis);

    protected override string Explain(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<string> names = _barTicks == 0
            ? ["time", "price", "quantity", "exchange", "sale condition", "suspicious"]
            : ["time", "open", "high", "low", "close", "volume"];
        var count = line.Count((byte)',') + 1;
        if (count != names.Length)
            return $"has {count} {(count == 1 ? "field" : "fields")}; {names.Length} are allowed ({string.Join(", ", names.ToArray())})";
        var at = 0;
        foreach (var range in line.Split((byte)','))
        {
            var field = line[range];
            switch (names[at++])
            {
                case "time":
                    if (TimeProblem(field) is { } problem)
                        return problem;
                    break;
                case "suspicious" when field is not ([(byte)'0'] or [(byte)'1']):
                    return $"suspicious '{Utf8Number.Show(field)}' is not a mark; 0 or 1 is allowed";
                case "exchange" or "sale condition" or "suspicious":
                    break;
                case var name:
                    if (Utf8Number.Problem(name, field, zeroAllowed: name is "quantity" or "volume") is { } wrong)
                        return wrong;
                    break;
            }
        }

        return "cannot be read; a row of LEAN's is allowed";
    }

    private static string? TimeProblem(ReadOnlySpan<byte> field)
    {
        if (Utf8Number.TryReadWhole(field, out var number))
            return DayTicks(number, out _) ? null : $"time {Utf8Number.Show(field)} is outside the day; 0 to {DayMs - 1} ms since midnight is allowed";
        return Utf8Number.Problem("time", field, zeroAllowed: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Row ParseTrade(ReadOnlySpan<byte> line, int at, ref Parsed row)
    {
        if (!Field(line, ref at, out var price) || !Field(line, ref at, out var quantity) || price.Digits <= 0 || quantity.Digits < 0)
            return Row.Malformed;
        // Exchange and sale condition are any text: what stands before the mark, at the end, has one comma in it.
        var rest = line[at..];
        if (rest is not [.., (byte)',', (byte)'0' or (byte)'1'] || Commas(rest[..^2]) != 1)
            return Row.Malformed;
        if (rest[^1] == '1')
            return Row.Suspicious;
        row.Price = price;
        row.Volume = quantity;
        return Row.Given;
    }

    // Counted to the end without a question on the way: these fields are a few bytes long, and where they end cannot be foreseen.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Commas(ReadOnlySpan<byte> text)
    {
        var commas = 0;
        foreach (var character in text)
            commas += character == ',' ? 1 : 0;
        return commas;
    }

    private static Row ParseBar(ReadOnlySpan<byte> line, int at, ref Parsed row)
    {
        if (!Field(line, ref at, out var open) || !Field(line, ref at, out var high) || !Field(line, ref at, out var low) || !Field(line, ref at, out var close)
            || !Utf8Number.TryRead(line, ref at, out var volume) || at != line.Length
            || open.Digits <= 0 || high.Digits <= 0 || low.Digits <= 0 || close.Digits <= 0 || volume.Digits < 0)
            return Row.Malformed;
        row.Price = close;
        row.Volume = volume;
        return Row.Given;
    }

    // A number and the comma behind it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Field(ReadOnlySpan<byte> line, ref int at, out Utf8Number number)
    {
        if (!Utf8Number.TryRead(line, ref at, out number) || at >= line.Length || line[at] != ',')
            return false;
        at++;
        return true;
    }

    // LEAN has fractions of a millisecond too (14400009.367 in its Data/equity/readme.md); what is finer than 100 ns is cut off.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool DayTicks(Utf8Number ms, out long ticks)
    {
        ticks = ms.Decimals == 0 && ms.Digits is >= 0 and < DayMs
            ? ms.Digits * TimeSpan.TicksPerMillisecond
            : ms.Decimals > 0 && ms.Digits >= 0 && ms.ToDecimal(0) < DayMs ? (long)(ms.ToDecimal(0) * TimeSpan.TicksPerMillisecond) : -1;
        return ticks >= 0;
    }
}
