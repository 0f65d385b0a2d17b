using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Tests.Strategy;

/// <summary>What robot and backtest carry out: entries while nothing is held, one exit a trade.</summary>
public sealed class SymbolJudgeTests
{
    private static readonly JudgedPosition Closed = new(PositionStatus.Closed, 0, null);
    private static readonly JudgedPosition Open = new(PositionStatus.Open, 1, 1000m);

    private readonly SymbolJudge _judge = new(
        MomentumBench.Axsm, new MomentumStrategy(new MomentumParameters { WindowTicks = 4, RisingMoves = 3, MinVolumeRatio = 0m }), new ExitParameters(), new PriceRules { MaxJumpPercent = 50m });

    private int _ticks;

    // The first tick of the day need not wait for a second one to be believed.
    public SymbolJudgeTests() => _judge.Guard.Know(1000m, MomentumBench.Start);

    [Fact]
    public void Entries_are_asked_for_while_nothing_is_held()
    {
        Assert.Equal([false, false, false, true], Prices(1000m, 1001m, 1002m, 1003m).Select(v => v.Enter));
        _judge.OnPosition(new JudgedPosition(PositionStatus.Pending, 1, null));
        Assert.Equal((EntryCode.Enter, false, null, true), Parts(Price(1004m)));
        Assert.Equal(1, _judge.Signals);
        Assert.Equal([KeyValuePair.Create(EntryCode.Enter, 2L), KeyValuePair.Create(EntryCode.WarmingUp, 3L)], _judge.Counts);
    }

    [Fact]
    public void A_price_is_news_where_it_changes_what_is_held()
    {
        Price(1000m);
        Assert.False(Price(1001m).IsNews);
        _judge.OnPosition(Open);
        Assert.False(Price(1001m).IsNews);
        Assert.True(Price(1002m).IsNews);
        Assert.False(Price(-1m).IsNews);
        Assert.Equal(1002m, _judge.LastPrice);
    }

    [Fact]
    public void An_exit_is_said_once_a_trade()
    {
        _judge.OnPosition(Open);
        Assert.Equal(ExitReason.StopLoss, Price(990m).Exit);
        Assert.Null(Price(989m).Exit);
        // A position that tells again that it is judged has not heard of it.
        Assert.Null(_judge.OnPosition(Open));
        Assert.Equal(ExitReason.StopLoss, Price(989m).Exit);
        _judge.OnPosition(Closed with { TradeNumber = 1 });
        Price(1000m);
        _judge.OnPosition(Open with { TradeNumber = 2 });
        Assert.Equal(ExitReason.TakeProfit, Price(1010m).Exit);
    }

    [Fact]
    public void The_newest_price_is_judged_when_the_entry_price_becomes_known()
    {
        Price(1010m);
        Assert.Equal(ExitReason.TakeProfit, _judge.OnPosition(Open));
        Assert.Null(_judge.OnPosition(Open with { EntryPrice = 1005m }));
        Assert.Equal(ExitReason.TakeProfit, _judge.OnPosition(Open));
    }

    [Fact]
    public void What_was_missing_before_a_tick_that_was_withheld_is_missing_in_the_window_too()
    {
        Prices(1000m, 1001m, 1002m);
        Assert.Equal(PriceCode.NotAPrice, Price(-1m, TickTraits.AfterGap).Price.Code);

        Assert.Equal(EntryCode.WarmingUp, Price(1003m).Entry);
        Assert.Equal([EntryCode.WarmingUp, EntryCode.WarmingUp, EntryCode.Enter], Prices(1004m, 1005m, 1006m).Select(v => v.Entry!.Value));
    }

    [Fact]
    public void A_suspect_is_neither_judged_nor_in_the_window_before_another_confirms_it()
    {
        _judge.OnPosition(Open);
        Price(1000m);
        var suspect = Price(400m);
        Assert.Equal((PriceCode.Jump, null, null), (suspect.Price.Code, suspect.Entry, suspect.Exit));
        Assert.Equal(1000m, _judge.LastPrice);
        Assert.Equal(1, _judge.Strategy.Last.Indicators.WindowFilled);
        Assert.Equal(ExitReason.StopLoss, Price(401m).Exit);
        Assert.Equal(3, _judge.Strategy.Last.Indicators.WindowFilled);
    }

    [Fact]
    public void A_price_of_the_broker_is_a_reason_to_leave_too()
    {
        Assert.Null(_judge.OnOtherPrice(900m));
        _judge.OnPosition(Open);
        Assert.Null(_judge.OnOtherPrice(1000m));
        Assert.Equal(ExitReason.StopLoss, _judge.OnOtherPrice(990m));
        Assert.Null(_judge.OnOtherPrice(990m));
    }

    [Fact]
    public void A_price_that_is_stale_is_not_judged_at_the_fill()
    {
        Price(1010m);
        Assert.Null(_judge.OnPosition(Open, isFresh: false));
        Assert.Equal(ExitReason.TakeProfit, Price(1010m).Exit);
    }

    [Fact]
    public void A_delayed_price_is_no_reason_to_leave()
    {
        _judge.OnPosition(Open);
        Assert.Null(Price(900m, TickTraits.Delayed).Exit);
        Assert.Null(_judge.OnPosition(Open with { EntryPrice = 1001m }));
        Assert.Equal(ExitReason.StopLoss, Price(900m).Exit);
    }

    private List<TickVerdict> Prices(params decimal[] prices) => [.. prices.Select(p => Price(p))];

    private static (EntryCode?, bool, ExitReason?, bool) Parts(in TickVerdict verdict) => (verdict.Entry, verdict.Enter, verdict.Exit, verdict.IsNews);

    private TickVerdict Price(decimal price, TickTraits traits = TickTraits.None)
    {
        var at = MomentumBench.Start.AddSeconds(_ticks++);
        return _judge.OnTick(new Tick(MomentumBench.Axsm, TickKind.Trade, at, price, 100m, Traits: traits), at);
    }
}
