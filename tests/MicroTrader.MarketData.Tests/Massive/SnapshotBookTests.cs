using System.Text;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests.Massive;

public sealed class SnapshotBookTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly Symbol Djt = Symbol.Parse("DJT");

    private readonly MassiveSymbols _symbols = new([Axsm, Djt]);
    private readonly FeedCounters _counters = new();
    private readonly List<FeedNote> _notes = [];
    private readonly SnapshotBook _book;
    private DateTimeOffset _polledAt;
    private DateTimeOffset _now = new(2025, 3, 3, 15, 0, 0, TimeSpan.Zero);

    public SnapshotBookTests() => _book = new SnapshotBook(_symbols, new MassiveRestOptions { ApiKey = "key", Symbols = [Axsm, Djt] }, _counters, _notes.Add);

    [Fact]
    public void The_last_trade_is_the_price_at_its_nanosecond_stamp()
    {
        var tick = Assert.Single(Poll($"{{\"ticker\":\"AXSM\",\"day\":{{\"v\":1000}},\"lastTrade\":{{\"p\":20.5,\"s\":1,\"c\":[14,41],\"t\":{Nanos(-2) + 123_456_789}}},\"min\":{{\"c\":19,\"t\":{Ms(-60)}}}}}"));
        Assert.Equal(new Tick(Axsm, TickKind.Snapshot, _polledAt.AddSeconds(-2).AddTicks(1_234_567), 20.5m, null), tick);
    }

    [Theory]
    [InlineData("""{"ticker":"AXSM","min":{"c":19,"t":MS-90}}""", 19, PriceBasis.Bar, -30)]
    [InlineData("""{"ticker":"AXSM","lastTrade":null,"min":{"c":19,"t":MS-30}}""", 19, PriceBasis.Bar, 0)]
    [InlineData("""{"ticker":"AXSM","lastTrade":{"p":20,"t":MS-5,"c":[33]},"min":{"c":19,"t":MS-90}}""", 19, PriceBasis.Bar, -30)]
    [InlineData("""{"ticker":"AXSM","lastTrade":{"p":20,"t":MS-5,"c":[37]},"min":{"c":19,"t":MS-90}}""", 20, PriceBasis.Trade, -5)]
    [InlineData("""{"ticker":"AXSM","lastQuote":{"p":18,"P":19,"t":MS-5},"min":{"c":0,"t":0}}""", 18.5, PriceBasis.QuoteMiddle, -5)]
    public void Without_a_trade_that_makes_a_price_the_next_best_is_taken(string row, decimal price, PriceBasis basis, int seconds)
    {
        var tick = Assert.Single(Poll(Stamped(row)));
        Assert.Equal((price, basis, _polledAt.AddSeconds(seconds)), (tick.Price, tick.Basis, tick.Time));
        Assert.Equal(0, _counters.Read().Malformed);
    }

    [Fact]
    public void The_volume_is_the_growth_of_the_day_s()
    {
        Assert.Null(One(10m, 1000).Volume);
        Assert.Equal(250m, One(10.1m, 1250).Volume);
        Assert.Equal(0m, One(10.2m, 1250).Volume);
        Assert.Equal(0.5m, One(10.2m, 1250.5m).Volume);
    }

    [Fact]
    public void A_fall_of_the_day_s_volume_that_stays_is_unknown_and_then_a_new_base()
    {
        One(10m, 1000);
        Assert.Null(One(10m, 900).Volume);
        Assert.Null(One(10m, 910).Volume);
        Assert.Null(One(10m, 920).Volume);
        Assert.Equal(30m, One(10m, 950).Volume);
    }

    [Fact]
    public void One_answer_with_too_low_a_volume_makes_no_burst_of_the_way_back()
    {
        One(10m, 1_000_000);
        Assert.Null(One(10m, 12).Volume);
        var back = One(10m, 1_000_040);

        Assert.Equal(40m, back.Volume);
        Assert.True(back.Traits.HasFlag(TickTraits.AfterGap));
    }

    [Fact]
    public void The_first_of_a_New_York_day_has_no_volume()
    {
        _now = new DateTimeOffset(2025, 3, 4, 4, 59, 30, TimeSpan.Zero);
        One(10m, 1000);
        // Midnight in New York is 05:00 UTC in winter.
        Assert.Null(One(10m, 1100).Volume);
        Assert.Equal(10m, One(10m, 1110).Volume);
    }

    [Fact]
    public void The_same_again_is_dropped_and_the_same_price_with_more_volume_is_not()
    {
        var stamp = Nanos(-1);
        Assert.Single(Poll($"{{\"ticker\":\"AXSM\",\"day\":{{\"v\":1000}},\"lastTrade\":{{\"p\":10,\"t\":{stamp}}}}}"));
        Assert.Empty(Poll($"{{\"ticker\":\"AXSM\",\"day\":{{\"v\":1000}},\"lastTrade\":{{\"p\":10,\"t\":{stamp}}}}}"));
        Assert.Equal(5m, Assert.Single(Poll($"{{\"ticker\":\"AXSM\",\"day\":{{\"v\":1005}},\"lastTrade\":{{\"p\":10,\"t\":{stamp}}}}}")).Volume);
        Assert.Equal(1, _counters.Read().Duplicates);
    }

    [Fact]
    public void An_older_one_is_dropped_and_its_growth_is_in_the_next()
    {
        One(10m, 1000);
        Assert.Empty(Poll($"{{\"ticker\":\"AXSM\",\"day\":{{\"v\":1100}},\"lastTrade\":{{\"p\":9,\"t\":{Nanos(-300)}}}}}"));
        Assert.Equal(200m, One(11m, 1200).Volume);
        Assert.Equal(1, _counters.Read().OutOfOrder);
    }

    [Fact]
    public void A_symbol_that_was_missing_keeps_its_base_and_says_that_there_is_a_gap()
    {
        One(10m, 1000);
        Assert.Empty(Poll(""));
        Assert.Empty(Poll(""));
        var tick = One(11m, 1300);
        Assert.Equal((300m, TickTraits.AfterGap), (tick.Volume, tick.Traits));
        Assert.Equal(TickTraits.None, One(11m, 1400).Traits);
        Assert.Equal([true, false], _notes.Where(n => n.Kind == FeedNoteKind.Missing && n.Symbol == Axsm).Select(n => n.IsWarning));
        Assert.Equal([true], _notes.Where(n => n.Kind == FeedNoteKind.Missing && n.Symbol == Djt).Select(n => n.IsWarning));
    }

    [Fact]
    public void A_missed_poll_is_a_gap_even_if_the_same_comes_first()
    {
        var stamp = Nanos(-1);
        Poll($"{{\"ticker\":\"AXSM\",\"day\":{{\"v\":1000}},\"lastTrade\":{{\"p\":10,\"t\":{stamp}}}}}");
        _book.Missed();
        Assert.Empty(Poll($"{{\"ticker\":\"AXSM\",\"day\":{{\"v\":1000}},\"lastTrade\":{{\"p\":10,\"t\":{stamp}}}}}"));
        Assert.Equal(TickTraits.AfterGap, One(11m, 1100).Traits);
    }

    [Theory]
    [InlineData("""{"ticker":"AXSM","lastTrade":{"p":0,"t":MS-1}}""")]
    [InlineData("""{"ticker":"AXSM","lastTrade":{"p":-3,"t":MS-1}}""")]
    [InlineData("""{"ticker":"AXSM","lastTrade":{"p":"20","t":MS-1}}""")]
    [InlineData("""{"ticker":"AXSM","lastTrade":{"p":99999999,"t":MS-1}}""")]
    [InlineData("""{"ticker":"AXSM","lastTrade":{"p":20,"t":5}}""")]
    [InlineData("""{"ticker":"AXSM","lastTrade":{"p":20}}""")]
    [InlineData("""{"ticker":"AXSM","lastTrade":{"p":20,"t":MS3600}}""")]
    [InlineData("""{"ticker":"AXSM","lastTrade":[1,2]}""")]
    public void A_price_that_is_none_is_left_out_and_spoils_no_other(string row)
    {
        var ticks = Poll($"{Stamped(row)},{{\"ticker\":\"DJT\",\"lastTrade\":{{\"p\":7,\"t\":{Nanos(-1)}}}}}");
        Assert.Equal((Djt, 7m), (Assert.Single(ticks).Symbol, ticks[0].Price));
        Assert.Equal(1, _counters.Read().Malformed);
        Poll(Stamped(row));
        Assert.Single(_notes, n => n.Kind == FeedNoteKind.Malformed);
    }

    [Fact]
    public void All_zeros_before_the_open_is_nothing_and_no_error()
    {
        Assert.Empty(Poll("""{"ticker":"AXSM","day":{"c":0,"h":0,"l":0,"o":0,"v":0,"vw":0},"min":{"c":0,"t":0,"v":0},"lastTrade":{"p":0,"t":0},"lastQuote":{"p":0,"P":0,"t":0}}"""));
        Assert.Equal(0, _counters.Read().Malformed);
    }

    [Theory]
    [InlineData(20.4, 20.6, -60, true)]
    [InlineData(20.4, 20.4, -60, true)]
    [InlineData(20.4, 20.6, -61, false)]
    [InlineData(20.6, 20.4, -1, false)]
    [InlineData(0, 20.4, -1, false)]
    public void Bid_and_ask_come_from_a_quote_that_is_uncrossed_and_fresh(double bid, double ask, int seconds, bool isGiven)
    {
        var tick = Assert.Single(Poll(FormattableString.Invariant($"{{\"ticker\":\"AXSM\",\"lastTrade\":{{\"p\":20.5,\"t\":{Nanos(-1)}}},\"lastQuote\":{{\"p\":{bid},\"P\":{ask},\"t\":{Nanos(seconds)}}}}}")));
        Assert.Equal(isGiven ? ((decimal)bid, (decimal)ask) : ((decimal?)null, (decimal?)null), (tick.Bid, tick.Ask));
    }

    [Fact]
    public void Prices_that_are_always_a_quarter_of_an_hour_old_are_told_once_and_each_tick_says_it()
    {
        for (var i = 0; i < 5; i++)
        {
            var tick = Assert.Single(Poll($"{{\"ticker\":\"AXSM\",\"day\":{{\"v\":{1000 + i}}},\"lastTrade\":{{\"p\":10,\"t\":{Nanos(-900)}}}}}"));
            Assert.Equal(TickTraits.Delayed, tick.Traits);
        }

        Assert.Contains("the newest by 00:15:00", Assert.Single(_notes, n => n.Kind == FeedNoteKind.Delayed).Text, StringComparison.Ordinal);
        Assert.Equal(TickTraits.None, One(11m, 2000).Traits);
        Assert.Equal([true, false], _notes.Where(n => n.Kind == FeedNoteKind.Delayed).Select(n => n.IsWarning));
    }

    [Fact]
    public void A_quiet_symbol_among_fresh_ones_is_no_delayed_source()
    {
        for (var i = 0; i < 5; i++)
            Poll($"{{\"ticker\":\"AXSM\",\"lastTrade\":{{\"p\":{10 + i},\"t\":{Nanos(-1)}}}}},{{\"ticker\":\"DJT\",\"lastTrade\":{{\"p\":10,\"t\":1741000000000}}}}");
        Assert.DoesNotContain(_notes, n => n.Kind == FeedNoteKind.Delayed);
    }

    [Fact]
    public void An_answer_that_calls_itself_delayed_is()
    {
        var tick = Assert.Single(Poll($"{{\"ticker\":\"AXSM\",\"lastTrade\":{{\"p\":10,\"t\":{Nanos(-1)}}}}}", "DELAYED"));
        Assert.Equal(TickTraits.Delayed, tick.Traits);
        Assert.Single(_notes, n => n.Kind == FeedNoteKind.Delayed);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"tickers":5}""")]
    [InlineData("""{"tickers":[{"ticker":"AXSM","lastTrade":{"p":1""")]
    [InlineData("""{"tickers":[]}x""")]
    [InlineData("")]
    public void What_is_no_answer_is_told(string body)
    {
        Assert.False(SnapshotParser.TryRead(Encoding.UTF8.GetBytes(body), _symbols, new SnapshotRow[2], out _, out var problem));
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void Reading_a_snapshot_allocates_nothing()
    {
        var body = Encoding.UTF8.GetBytes("""{"status":"OK","count":1,"tickers":[{"ticker":"AXSM","day":{"c":20.506,"v":37216},"lastQuote":{"P":20.6,"S":22,"p":20.5,"s":13,"t":1605192959994246100},"lastTrade":{"c":[14,41],"i":"71675577320245","p":20.506,"s":2416,"t":1605192894630916600,"x":4},"min":{"c":20.506,"t":1684428600000},"updated":1605192894630916600}]}""");
        var rows = new SnapshotRow[2];
        SnapshotParser.TryRead(body, _symbols, rows, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(SnapshotParser.TryRead(body, _symbols, rows, out _, out _));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((20.506m, 37216m), (rows[0].TradePrice, rows[0].DayVolume));
    }

    private long Nanos(int seconds) => _now.AddSeconds(seconds).ToUnixTimeMilliseconds() * 1_000_000;

    private long Ms(int seconds) => _now.AddSeconds(seconds).ToUnixTimeMilliseconds();

    private string Stamped(string row) => System.Text.RegularExpressions.Regex.Replace(row, "MS(-?[0-9]+)", m => $"{Ms(int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))}");

    private Tick One(decimal price, decimal dayVolume) =>
        Assert.Single(Poll(FormattableString.Invariant($"{{\"ticker\":\"AXSM\",\"day\":{{\"v\":{dayVolume}}},\"lastTrade\":{{\"p\":{price},\"t\":{Nanos(-1)}}}}}")));

    // Each poll is half a minute after the one before; the stamps in the rows were made before that, so they stay.
    private List<Tick> Poll(string tickers, string status = "OK")
    {
        var rows = new SnapshotRow[2];
        Assert.True(SnapshotParser.TryRead(Encoding.UTF8.GetBytes($"{{\"status\":\"{status}\",\"tickers\":[{tickers}]}}"), _symbols, rows, out var said, out var problem), problem);
        var ticks = new List<Tick>();
        _book.Take(rows, said == "DELAYED", isOpen: true, _now, ticks);
        _polledAt = _now;
        _now = _now.AddSeconds(30);
        return ticks;
    }
}
