using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Benchmarks;

/// <summary>
/// A message of the stream with 100 trades of 50 symbols, from bytes to ticks, judged and de-duplicated. The yardsticks read the same bytes and give no ticks:
/// a document tree, and records by source generation. An operation is one trade.
/// </summary>
[MemoryDiagnoser]
[InProcess]
public class MassiveStreamBenchmarks
{
    private const int Trades = 100;
    private const int Symbols = 50;

    private readonly List<Symbol> _symbols = [.. Enumerable.Range(0, Symbols).Select(i => Symbol.Parse($"S{i}"))];
    private byte[] _message = [];
    private StreamParser _parser = null!;
    private CountingSink _sink = null!;
    private MovingDigits _stamps = null!;

    [GlobalSetup]
    public void Setup()
    {
        _message = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, Trades).Select(i => Wire.Trade($"S{i % Symbols}", i, Wire.EpochMs)))}]");
        var symbols = new MassiveSymbols(_symbols);
        _sink = new CountingSink(symbols, _symbols);
        _parser = new StreamParser(symbols, _sink);
        _stamps = new MovingDigits(_message);
    }

    [GlobalCleanup]
    public void Check()
    {
        if (_sink.Others > 0)
            throw new InvalidOperationException($"{_sink.Others} of {_sink.Others + _sink.Ticks} trades were no ticks");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Trades)]
    public decimal JsonDocumentTree()
    {
        using var document = JsonDocument.Parse(_message);
        var sum = 0m;
        foreach (var e in document.RootElement.EnumerateArray())
            sum += e.GetProperty("p").GetDecimal();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Trades)]
    public decimal SourceGeneratedRecords()
    {
        var sum = 0m;
        foreach (var e in JsonSerializer.Deserialize(_message, BenchmarkJson.Default.WireTradeArray)!)
            sum += e.P;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Trades)]
    public long StreamToTicks()
    {
        // Each message a millisecond later and with new ids, so that each of its trades is a tick.
        _stamps.Next(_message);
        if (!_parser.TryRead(_message))
            throw new InvalidOperationException("malformed");
        return _sink.Ticks;
    }
}

/// <summary>The answer to a poll of 50 symbols, as the description's example has it. An operation is one symbol.</summary>
[MemoryDiagnoser]
[InProcess]
public class MassiveSnapshotBenchmarks
{
    private const int Symbols = 50;

    private readonly List<Symbol> _symbols = [.. Enumerable.Range(0, Symbols).Select(i => Symbol.Parse($"S{i}"))];
    private readonly SnapshotRow[] _rows = new SnapshotRow[Symbols];
    private MassiveSymbols _places = null!;
    private byte[] _body = [];

    [GlobalSetup]
    public void Setup()
    {
        _places = new MassiveSymbols(_symbols);
        _body = Encoding.UTF8.GetBytes($"{{\"count\":{Symbols},\"status\":\"OK\",\"tickers\":[{string.Join(',', _symbols.Select(s => Wire.Snapshot(s.Value)))}]}}");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Symbols)]
    public decimal JsonDocumentTree()
    {
        using var document = JsonDocument.Parse(_body);
        var sum = 0m;
        foreach (var e in document.RootElement.GetProperty("tickers").EnumerateArray())
            sum += e.GetProperty("lastTrade").GetProperty("p").GetDecimal();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Symbols)]
    public decimal SourceGeneratedRecords()
    {
        var sum = 0m;
        foreach (var e in JsonSerializer.Deserialize(_body, BenchmarkJson.Default.WireSnapshot)!.Tickers)
            sum += e.LastTrade.P;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Symbols)]
    public decimal SnapshotToRows()
    {
        SnapshotParser.TryRead(_body, _places, _rows, out _, out _);
        return _rows[0].TradePrice;
    }
}

/// <summary>What the measurements send.</summary>
internal static class Wire
{
    /// <summary>The stamps' begin.</summary>
    public static readonly long EpochMs = new DateTimeOffset(2025, 3, 3, 15, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The next trade's id and number.</summary>
    public static long Ids;

    public static string Trade(string symbol, int i, long ms)
    {
        var id = ++Ids;
        return string.Create(CultureInfo.InvariantCulture, $$"""{"ev":"T","sym":"{{symbol}}","x":4,"i":"{{id:D13}}","z":3,"p":{{100 + (i % 100 / 100m)}},"s":{{1 + (i % 300)}},"c":[14,41],"t":{{ms}},"q":{{id}}}""");
    }

    public static string Snapshot(string symbol) =>
        $$"""{"day":{"c":20.506,"h":20.64,"l":20.506,"o":20.64,"v":37216,"vw":20.616},"lastQuote":{"P":20.6,"S":22,"p":20.5,"s":13,"t":1605192959994246100},"lastTrade":{"c":[14,41],"i":"71675577320245","p":20.506,"s":2416,"t":1605192894630916600,"x":4},"min":{"av":37216,"c":20.506,"h":20.506,"l":20.506,"n":1,"o":20.506,"t":1684428600000,"v":5000,"vw":20.5105},"prevDay":{"c":20.63,"h":21,"l":20.5,"o":20.79,"v":292738,"vw":20.6939},"ticker":"{{symbol}}","todaysChange":-0.124,"todaysChangePerc":-0.601,"updated":1605192894630916600}""";
}

/// <summary>Adds one to every number of 13 digits in a message (stamps in milliseconds, ids), in place.</summary>
internal sealed class MovingDigits
{
    private const int Digits = 13;

    private readonly List<int> _ends = [];

    public MovingDigits(ReadOnlySpan<byte> message)
    {
        var run = 0;
        for (var i = 0; i <= message.Length; i++)
        {
            if (i < message.Length && message[i] is >= (byte)'0' and <= (byte)'9')
            {
                run++;
                continue;
            }

            if (run == Digits)
                _ends.Add(i - 1);
            run = 0;
        }
    }

    public void Next(Span<byte> message)
    {
        foreach (var end in _ends)
        {
            var at = end;
            while (message[at] == '9')
                message[at--] = (byte)'0';
            message[at]++;
        }
    }
}

/// <summary>Judges events as the feed does, and counts the ticks.</summary>
internal sealed class CountingSink(MassiveSymbols symbols, IReadOnlyList<Symbol> names) : IStreamSink
{
    private static readonly long Now = new DateTimeOffset(2025, 3, 3, 15, 0, 1, TimeSpan.Zero).AddYears(10).UtcTicks;

    private readonly StreamBook _book = new(symbols, new MassiveSocketOptions { ApiKey = "key", Symbols = names });

    public long Ticks { get; private set; }

    public long Others { get; private set; }

    public void OnEvent(in StreamEvent e)
    {
        if (_book.Take(e, Now, out _) == StreamVerdict.Tick)
            Ticks++;
        else
            Others++;
    }

    public void OnStatus(string status, string message) => throw new InvalidOperationException(status);

    public void OnMalformed() => throw new InvalidOperationException("malformed");
}

internal sealed record WireTrade(
    [property: JsonPropertyName("ev")] string Ev,
    [property: JsonPropertyName("sym")] string Sym,
    [property: JsonPropertyName("x")] int X,
    [property: JsonPropertyName("i")] string I,
    [property: JsonPropertyName("p")] decimal P,
    [property: JsonPropertyName("s")] decimal S,
    [property: JsonPropertyName("c")] int[] C,
    [property: JsonPropertyName("t")] long T,
    [property: JsonPropertyName("q")] long Q);

internal sealed record WireLastTrade([property: JsonPropertyName("p")] decimal P, [property: JsonPropertyName("t")] long T, [property: JsonPropertyName("c")] int[] C);

internal sealed record WireLastQuote([property: JsonPropertyName("p")] decimal Bid, [property: JsonPropertyName("P")] decimal Ask, [property: JsonPropertyName("t")] long T);

internal sealed record WireBar([property: JsonPropertyName("c")] decimal C, [property: JsonPropertyName("v")] decimal V, [property: JsonPropertyName("t")] long T);

internal sealed record WireTicker(
    [property: JsonPropertyName("ticker")] string Ticker,
    [property: JsonPropertyName("day")] WireBar Day,
    [property: JsonPropertyName("min")] WireBar Min,
    [property: JsonPropertyName("lastTrade")] WireLastTrade LastTrade,
    [property: JsonPropertyName("lastQuote")] WireLastQuote LastQuote);

internal sealed record WireSnapshot([property: JsonPropertyName("status")] string Status, [property: JsonPropertyName("tickers")] WireTicker[] Tickers);

[JsonSerializable(typeof(WireTrade[]))]
[JsonSerializable(typeof(WireSnapshot))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
