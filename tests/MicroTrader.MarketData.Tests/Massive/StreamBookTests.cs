using System.Text;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests.Massive;

public sealed class StreamBookTests
{
    private static readonly DateTimeOffset Now = new(2025, 3, 3, 15, 0, 0, TimeSpan.Zero);
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly Symbol Djt = Symbol.Parse("DJT");

    private readonly Collector _seen = new([Axsm, Djt]);

    private static long Ms => Now.ToUnixTimeMilliseconds();

    [Fact]
    public void A_trade_is_a_tick_at_its_stamp()
    {
        _seen.Read($$"""[{"ev":"T","sym":"AXSM","x":4,"i":"12345","z":3,"p":114.125,"s":100,"c":[0,12],"t":{{Ms - 5}},"q":3681328}]""", extended: true);
        Assert.Equal([new Tick(Axsm, TickKind.Trade, Now.AddMilliseconds(-5), 114.125m, 100m)], _seen.Ticks);
    }

    [Fact]
    public void An_aggregate_is_a_tick_at_its_end()
    {
        _seen.Read($$"""[{"ev":"A","sym":"AXSM","v":200,"av":8642007,"op":25.66,"vw":25.3981,"o":25.1,"c":25.39,"h":25.4,"l":25.0,"a":25.3714,"z":50,"s":{{Ms - 1000}},"e":{{Ms}}},{"ev":"AM","sym":"DJT","v":4110,"c":0.4486,"s":{{Ms - 60000}},"e":{{Ms}}}]""");
        Assert.Equal(
            [new Tick(Axsm, TickKind.SecondBar, Now, 25.39m, 200m, Basis: PriceBasis.Bar), new Tick(Djt, TickKind.MinuteBar, Now, 0.4486m, 4110m, Basis: PriceBasis.Bar)],
            _seen.Ticks);
    }

    [Fact]
    public void A_quote_is_the_bid_and_ask_of_what_follows_of_its_symbol()
    {
        _seen.Read($"[{Quote("AXSM", 10.00m, 10.02m, -10)},{Trade("AXSM", 10.01m, 0)},{Trade("DJT", 20m, 0)}]");
        Assert.Equal([(10.00m, 10.02m), ((decimal?)null, (decimal?)null)], _seen.Ticks.Select(t => (t.Bid, t.Ask)));
    }

    [Theory]
    [InlineData(10.03, 10.02)]
    [InlineData(0, 10.02)]
    [InlineData(10.02, 0)]
    public void A_crossed_or_one_sided_quote_takes_the_one_before_away(double bid, double ask)
    {
        _seen.Read($"[{Quote("AXSM", 10.00m, 10.02m, -10)},{Quote("AXSM", (decimal)bid, (decimal)ask, -5)},{Trade("AXSM", 10.01m, 0)}]");
        Assert.Equal((null, null), (_seen.Ticks[0].Bid, _seen.Ticks[0].Ask));
        Assert.Equal(0, _seen.Verdicts.Count(v => v == StreamVerdict.Malformed));
    }

    [Fact]
    public void An_old_quote_is_not_given()
    {
        _seen.Read($"[{Quote("AXSM", 10.00m, 10.02m, -60_001)},{Trade("AXSM", 10.01m, 0)},{Quote("DJT", 10.00m, 10.02m, -60_000)},{Trade("DJT", 10.01m, 0)}]");
        Assert.Equal([null, 10.00m], _seen.Ticks.Select(t => t.Bid));
    }

    [Fact]
    public void A_repeated_trade_is_dropped_by_its_id_and_exchange()
    {
        _seen.Read($"[{Trade("AXSM", 10m, 0, id: "a")},{Trade("AXSM", 10m, 0, id: "a")},{Trade("AXSM", 10m, 0, id: "a", exchange: 5)},{Trade("DJT", 10m, 0, id: "a")}]");
        Assert.Equal([StreamVerdict.Tick, StreamVerdict.Duplicate, StreamVerdict.Tick, StreamVerdict.Tick], _seen.Verdicts);
    }

    [Fact]
    public void A_repeated_trade_is_known_over_a_new_connection()
    {
        _seen.Read($"[{Trade("AXSM", 10m, 0, id: "a", sequence: 7)}]");
        _seen.Book().Gap();
        _seen.Read($"[{Trade("AXSM", 10m, 0, id: "a", sequence: 7)},{Trade("AXSM", 11m, 0, id: "b", sequence: 8)}]");
        Assert.Equal([StreamVerdict.Tick, StreamVerdict.Duplicate, StreamVerdict.Tick], _seen.Verdicts);
        Assert.Equal([TickTraits.None, TickTraits.AfterGap], _seen.Ticks.Select(t => t.Traits));
    }

    [Fact]
    public void Without_an_id_the_sequence_number_tells_a_repeat()
    {
        _seen.Read($"[{Trade("AXSM", 10m, 0, sequence: 7)},{Trade("AXSM", 10m, 0, sequence: 7)},{Trade("AXSM", 10m, 0, sequence: 6)},{Trade("AXSM", 10m, 1, sequence: 2)}]");
        // A smaller number with a later stamp is another day's count, not an old trade.
        Assert.Equal([StreamVerdict.Tick, StreamVerdict.Duplicate, StreamVerdict.OutOfOrder, StreamVerdict.Tick], _seen.Verdicts);
    }

    [Fact]
    public void What_is_older_than_the_last_of_its_symbol_and_kind_is_dropped()
    {
        _seen.Read($"[{Trade("AXSM", 10m, 0)},{Trade("AXSM", 9m, -1)},{Trade("DJT", 9m, -1)},{Bar("AXSM", 10m, -500)},{Bar("AXSM", 10m, -500)},{Bar("AXSM", 10m, -1500)}]");
        Assert.Equal([StreamVerdict.Tick, StreamVerdict.OutOfOrder, StreamVerdict.Tick, StreamVerdict.Tick, StreamVerdict.Duplicate, StreamVerdict.OutOfOrder], _seen.Verdicts);
    }

    [Fact]
    public void After_a_gap_the_first_tick_of_each_symbol_and_kind_says_so()
    {
        _seen.Read($"[{Trade("AXSM", 10m, -3)},{Quote("AXSM", 9m, 11m, -3)}]");
        _seen.Book().Gap();
        _seen.Read($"[{Trade("AXSM", 10m, -2)},{Trade("AXSM", 10m, -1)},{Bar("AXSM", 10m, 0)},{Bar("AXSM", 10m, 1)},{Trade("DJT", 10m, 0)}]");
        Assert.Equal([TickTraits.None, TickTraits.AfterGap, TickTraits.None, TickTraits.AfterGap, TickTraits.None, TickTraits.AfterGap], _seen.Ticks.Select(t => t.Traits));
        // The quote of before may not be the one of now.
        Assert.All(_seen.Ticks, t => Assert.Null(t.Bid));
    }

    [Fact]
    public void A_late_tick_says_so()
    {
        _seen.Read($"[{Trade("AXSM", 10m, -900_000)},{Trade("AXSM", 10m, -120_001)},{Trade("AXSM", 10m, -120_000)}]");
        Assert.Equal([TickTraits.Delayed, TickTraits.Delayed, TickTraits.None], _seen.Ticks.Select(t => t.Traits));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(14, true)]
    [InlineData(41, true)]
    [InlineData(8, true)]
    [InlineData(9, true)]
    [InlineData(25, true)]
    [InlineData(28, true)]
    [InlineData(999, true)]
    [InlineData(2, false)]
    [InlineData(5, false)]
    [InlineData(7, false)]
    [InlineData(10, false)]
    [InlineData(12, false)]
    [InlineData(13, false)]
    [InlineData(15, false)]
    [InlineData(16, false)]
    [InlineData(20, false)]
    [InlineData(21, false)]
    [InlineData(22, false)]
    [InlineData(29, false)]
    [InlineData(32, false)]
    [InlineData(33, false)]
    [InlineData(37, false)]
    [InlineData(38, false)]
    [InlineData(52, false)]
    [InlineData(53, false)]
    public void Only_trades_that_update_the_last_price_are_ticks(int condition, bool isTick)
    {
        // With a plain condition beside it: each of them must make a price.
        _seen.Read($"[{Trade("AXSM", 10m, 0, conditions: $"[14,{condition}]")}]");
        Assert.Equal([isTick ? StreamVerdict.Tick : StreamVerdict.LeftOut], _seen.Verdicts);
    }

    [Fact]
    public void Form_T_makes_a_price_where_extended_hours_are_wanted()
    {
        _seen.Read($"[{Trade("AXSM", 10m, 0, conditions: "[12]")},{Trade("AXSM", 10m, 0, conditions: "[12,37]")}]", extended: true);
        Assert.Equal([StreamVerdict.Tick, StreamVerdict.LeftOut], _seen.Verdicts);
    }

    [Fact]
    public void A_trade_that_is_left_out_does_not_order_the_others()
    {
        _seen.Read($"[{Trade("AXSM", 10m, 5, conditions: "[33]")},{Trade("AXSM", 10m, 0)}]");
        Assert.Equal([StreamVerdict.LeftOut, StreamVerdict.Tick], _seen.Verdicts);
    }

    [Theory]
    [InlineData("""{"ev":"T","sym":"AXSM","s":1,"t":NOW}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":0,"s":1,"t":NOW}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":-1,"s":1,"t":NOW}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":null,"s":1,"t":NOW}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":"10","s":1,"t":NOW}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":1e12,"s":1,"t":NOW}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":1e300,"s":1,"t":NOW}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":10,"s":-1,"t":NOW}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":10,"s":1}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":10,"s":1,"t":17}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":10,"s":1,"t":99999999999999}""")]
    [InlineData("""{"ev":"T","sym":"AXSM","p":{"x":[1]},"s":1,"t":NOW}""")]
    [InlineData("""{"ev":"T","p":10,"s":1,"t":NOW}""")]
    [InlineData("""{"ev":"T","sym":7,"p":10,"s":1,"t":NOW}""")]
    [InlineData("""{"ev":"A","sym":"AXSM","c":10,"v":1}""")]
    [InlineData("""{"ev":"Q","sym":"AXSM","bp":-1,"ap":2,"t":NOW}""")]
    [InlineData("""7""")]
    public void What_makes_no_sense_is_counted_and_spoils_nothing_beside_it(string e)
    {
        _seen.Read($"[{Trade("DJT", 10m, -1)},{e.Replace("NOW", Ms.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)},{Trade("DJT", 11m, 0)}]");
        Assert.Equal([10m, 11m], _seen.Ticks.Select(t => t.Price));
        Assert.Equal(1, _seen.Malformed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[")]
    [InlineData("""[{"ev":"T","sym":"AXSM","p":10""")]
    [InlineData("[]]")]
    public void A_message_that_is_no_JSON_is_told(string message) => Assert.False(_seen.TryRead(message));

    [Fact]
    public void Events_before_a_fault_are_kept()
    {
        Assert.False(_seen.TryRead($"[{Trade("AXSM", 10m, 0)},{{\"ev\":\"T\",\"sy"));
        Assert.Single(_seen.Ticks);
    }

    [Fact]
    public void Unknown_fields_events_and_symbols_are_passed_over()
    {
        Assert.True(_seen.TryRead($$"""[{"ev":"LULD","sym":"AXSM","h":1},{"new":{"a":[1,{"b":2}]},"ev":"T","trfi":201,"trft":{{Ms}},"sym":"AXSM","p":10,"t":{{Ms}}},{"ev":"T","sym":"MSFT","p":1,"t":{{Ms}}}]"""));
        Assert.Equal([new Tick(Axsm, TickKind.Trade, Now, 10m, null)], _seen.Ticks);
        Assert.Equal(0, _seen.Malformed);
    }

    [Theory]
    [InlineData("1.5E2", "150")]
    [InlineData("150.0", "150.0")]
    [InlineData("114.12500000000001", "114.12500000000001")]
    [InlineData("0.30000000000000004441", "0.30000000000000004441")]
    public void Numbers_are_read_as_doubles_are_written(string price, string expected)
    {
        _seen.Read($$"""[{"ev":"T","sym":"AXSM","p":{{price}},"s":0.5,"t":{{Ms}}.0}]""");
        Assert.Equal((decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), 0.5m), (_seen.Ticks[0].Price, _seen.Ticks[0].Volume));
    }

    [Theory]
    [InlineData(1_741_014_000_000)]
    [InlineData(1_741_014_000_000_000)]
    [InlineData(1_741_014_000_000_000_099)]
    public void A_stamp_s_unit_is_told_by_its_size(long stamp)
    {
        Assert.True(MassiveValues.TryStamp(stamp, Now.UtcTicks, out var ticks));
        Assert.Equal(Now.UtcTicks, ticks);
    }

    [Fact]
    public void Reading_a_trade_allocates_nothing()
    {
        var message = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, 1000).Select(i => Trade("AXSM", 10m + (i / 100m), i - 1000, id: $"t{i}", sequence: i, conditions: "[14,41]")))}]");
        var sink = new Collector([Axsm], keep: false);
        sink.ReadBytes(message);
        var before = GC.GetAllocatedBytesForCurrentThread();
        sink.ReadBytes(message);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2000, sink.Count);
    }

    private static string Trade(string symbol, decimal price, long ms, string? id = null, int exchange = 4, long? sequence = null, string conditions = "[]") =>
        FormattableString.Invariant($$"""{"ev":"T","sym":"{{symbol}}","x":{{exchange}},{{(id is null ? "" : $"\"i\":\"{id}\",")}}"p":{{price}},"s":100,"c":{{conditions}},"t":{{Ms + ms}}{{(sequence is null ? "" : $",\"q\":{sequence}")}}}""");

    private static string Bar(string symbol, decimal close, long endMs) =>
        FormattableString.Invariant($$"""{"ev":"A","sym":"{{symbol}}","v":200,"c":{{close}},"s":{{Ms + endMs - 1000}},"e":{{Ms + endMs}}}""");

    private static string Quote(string symbol, decimal bid, decimal ask, long ms) =>
        FormattableString.Invariant($$"""{"ev":"Q","sym":"{{symbol}}","bx":4,"bp":{{bid}},"bs":1,"ax":7,"ap":{{ask}},"as":2,"c":0,"i":[604],"t":{{Ms + ms}},"q":5}""");

    private sealed class Collector(IReadOnlyList<Symbol> symbols, bool keep = true) : IStreamSink
    {
        private readonly MassiveSymbols _symbols = new(symbols);
        private StreamBook? _book;
        private StreamParser? _parser;

        public List<Tick> Ticks { get; } = [];

        public List<StreamVerdict> Verdicts { get; } = [];

        public int Malformed { get; private set; }

        public int Count { get; private set; }

        public StreamBook Book(bool extended = false) => _book ??= new StreamBook(_symbols, new MassiveSocketOptions { ApiKey = "key", Symbols = symbols, ExtendedHours = extended });

        public void Read(string message, bool extended = false)
        {
            Book(extended);
            Assert.True(TryRead(message));
        }

        public bool TryRead(string message) => TryReadBytes(Encoding.UTF8.GetBytes(message));

        public void ReadBytes(byte[] message) => Assert.True(TryReadBytes(message));

        public void OnEvent(in StreamEvent e)
        {
            var verdict = Book().Take(e, Now.UtcTicks, out var tick);
            Count++;
            if (!keep)
                return;
            if (e.Place >= 0 && verdict != StreamVerdict.Nothing)
                Verdicts.Add(verdict);
            if (verdict == StreamVerdict.Tick)
                Ticks.Add(tick);
            if (verdict == StreamVerdict.Malformed)
                Malformed++;
        }

        public void OnStatus(string status, string message) => throw new InvalidOperationException(status);

        public void OnMalformed() => Malformed++;

        private bool TryReadBytes(byte[] message) => (_parser ??= new StreamParser(_symbols, this)).TryRead(message);
    }
}
