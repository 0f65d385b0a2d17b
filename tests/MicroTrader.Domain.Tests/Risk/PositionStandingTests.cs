using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>What risk is told of a position: its money, its orders and its end.</summary>
public sealed class PositionStandingTests
{
    private static readonly RiskLimits NoCosts = new();

    [Fact]
    public void A_buy_on_its_way_has_the_money_of_its_whole_order_and_nothing_turned_over()
    {
        var bench = new Bench();
        Assert.Null(PositionMoney.From(bench.State));
        bench.Enter(10m, 100m);

        Assert.Equal(new PositionMoney(1, 1_000m, 0m, 100m, 0m, "USD"), PositionMoney.From(bench.State));
    }

    [Fact]
    public void What_is_held_has_the_money_of_its_fills_and_their_rate()
    {
        var bench = new Bench();
        bench.Enter(10m, 100m);
        bench.Accept();
        bench.SettleWith("CANCELLED", [Filled(bench, 4m, 101m, 1.25m), Filled(bench, 2m, 104m, 1.5m)]);

        var money = PositionMoney.From(bench.State)!;
        Assert.Equal(new PositionMoney(1, 612m, 6m, 102m, 0m, "USD", 1.5m, 612m), money);
        Assert.Equal(-6m, money.NetAt(101m, NoCosts));
        Assert.Null(money.NetAt(null, NoCosts));
    }

    [Fact]
    public void What_a_part_of_the_shares_was_sold_for_is_kept_beside_what_is_held()
    {
        var bench = new Bench().Held(10m, 100m);
        bench.Exit(ExitReason.Close);
        bench.Accept();
        bench.Settle(90m, 4m);

        // Six are held, four have lost 10 each.
        var money = PositionMoney.From(bench.State)!;
        Assert.Equal((600m, 6m, -40m, 1_360m), (money.Notional, money.Held, money.SoldPnl, money.Turnover));
        Assert.Equal(-40m - 30m, money.NetAt(95m, NoCosts));
    }

    [Fact]
    public void A_trade_that_is_over_is_told_with_the_rate_of_its_last_fill_that_said_one()
    {
        var bench = new Bench();
        bench.Enter(1m, 100m);
        bench.Accept();
        bench.SettleWith("FILLED", [Filled(bench, 1m, 100m, 1.25m)]);
        Assert.Null(EndedTrade.From(bench.State));
        bench.Exit(ExitReason.Close);
        bench.Accept();
        bench.SettleWith("FILLED", [Filled(bench, 0.5m, 101m, 1.5m), Filled(bench, 0.5m, 101m, null)]);

        var ended = EndedTrade.From(bench.State)!;
        Assert.Equal((Bench.Axsm, 1L, 1m, bench.Now, 1.5m), (ended.Symbol, ended.TradeNumber, ended.Result.Gross, ended.ClosedAt, ended.FxRate));
        var standing = PositionStanding.From(bench.State);
        Assert.Equal((false, null, ended), (standing.Exists, standing.Money, standing.Ended));
        Assert.Equal([("AXSM-1-B1", OrderSide.Buy), ("AXSM-1-S1", OrderSide.Sell)], standing.Orders.Select(o => (o.Reference.Value, o.Side)));
    }

    [Fact]
    public void An_entry_that_came_to_nothing_brought_nothing()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Reject();

        var standing = PositionStanding.From(bench.State);
        Assert.Equal((false, null, null), (standing.Exists, standing.Money, standing.Ended));
        Assert.Single(standing.Orders);
    }

    private static Fill Filled(Bench bench, decimal quantity, decimal price, decimal? rate) => bench.Fill(quantity, price) with { FxRate = rate };
}
