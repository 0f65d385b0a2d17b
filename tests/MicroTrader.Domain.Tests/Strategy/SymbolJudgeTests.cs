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
        MomentumBench.Axsm, new MomentumStrategy(new MomentumParameters { WindowTicks = 4, RisingMoves = 3, MinVolumeRatio = 0m }), new ExitParameters());

    private int _ticks;

    [Fact]
    public void Entries_are_asked_for_while_nothing_is_held()
    {
        Assert.Equal([false, false, false, true], Prices(1000m, 1001m, 1002m, 1003m).Select(v => v.Enter));
        _judge.OnPosition(new JudgedPosition(PositionStatus.Pending, 1, null));
        Assert.Equal(new TickVerdict(EntryCode.Enter, false, null, true), Price(1004m));
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
    public void A_delayed_price_is_no_reason_to_leave()
    {
        _judge.OnPosition(Open);
        Assert.Null(Price(900m, TickTraits.Delayed).Exit);
        Assert.Null(_judge.OnPosition(Open with { EntryPrice = 1001m }));
        Assert.Equal(ExitReason.StopLoss, Price(900m).Exit);
    }

    private List<TickVerdict> Prices(params decimal[] prices) => [.. prices.Select(p => Price(p))];

    private TickVerdict Price(decimal price, TickTraits traits = TickTraits.None) =>
        _judge.OnTick(new Tick(MomentumBench.Axsm, TickKind.Trade, MomentumBench.Start.AddSeconds(_ticks++), price, 100m, Traits: traits));
}
