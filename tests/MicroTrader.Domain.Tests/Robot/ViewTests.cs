using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Robot;

/// <summary>What people see of a position and of a trade.</summary>
public sealed class ViewTests
{
    [Fact]
    public void Nothing_held_and_nothing_on_its_way_is_no_position()
    {
        Assert.Null(PositionView.From(new Bench().State));
        Assert.Null(PositionView.From(new Bench().Won().State));
    }

    [Fact]
    public void A_buy_on_its_way_shows_what_was_asked_for()
    {
        var bench = new Bench();
        bench.Enter(2m);

        Assert.Equal(
            new PositionView(
                "AXSM", "AXSM_US_EQ", "LONG", "PENDING", "AXSM-1-B1", 2m, 157.50m, null, null, null, null, null, null, null, "USD", true, null),
            PositionView.From(bench.State));
        bench.Accept();
        var accepted = PositionView.From(bench.State)!;
        // Accepted is no fill: the time of entry is not known yet.
        Assert.Equal((100L, false), (accepted.EntryOrderId!.Value, accepted.NeedsEvidence));
        Assert.Null(accepted.EntryTime);
    }

    [Fact]
    public void An_open_position_shows_the_fill()
    {
        var bench = new Bench();
        bench.Enter(2m);
        bench.Accept();
        bench.Wait(1).Settle(157.60m, 1.5m);

        Assert.Equal(
            new PositionView(
                "AXSM", "AXSM_US_EQ", "LONG", "OPEN", "AXSM-1-B1", 1.5m, 157.50m, 157.60m, Bench.Start.AddSeconds(1), 100, null, null, null, null,
                "USD", false, "CANCELLED"),
            PositionView.From(bench.State));
    }

    [Fact]
    public void A_sale_that_is_estimated_shows_a_provisional_result()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit, 159.50m);
        bench.Lose();
        var unknown = PositionView.From(bench.State)!;
        Assert.Equal(
            ("PENDING_CLOSE", "AXSM-1-S1", 1m, "TP", true, "time-out"),
            (unknown.Status, unknown.Reference, unknown.Quantity, unknown.ExitReason, unknown.NeedsEvidence, unknown.Detail));
        Assert.Null(unknown.Pnl);
        Assert.Null(unknown.PnlPercent);

        bench.Find();
        bench.Estimate(159.50m);
        var sold = PositionView.From(bench.State)!;
        Assert.Equal((0m, 101L, 2m, 2m * 100m / 157.5m), (sold.Quantity, sold.ExitOrderId!.Value, sold.Pnl!.Value, sold.PnlPercent!.Value));
    }

    [Fact]
    public void A_refused_sell_shows_the_reason_beside_the_open_position()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.Reject();
        var view = PositionView.From(bench.State)!;

        Assert.Equal(("OPEN", "SL", "insufficient-free-for-stocks-buy: Insufficient free funds"), (view.Status, view.ExitReason, view.Detail));
    }

    [Fact]
    public void A_trade_that_is_over_shows_everything()
    {
        var bench = new Bench();
        bench.Context = bench.Context with { BrokerClockOffsetMs = 700 };
        bench.Enter();
        bench.Accept();
        bench.Wait(1).Settle(157.50m);
        bench.Wait(3).Exit(ExitReason.TakeProfit, 159.50m);
        bench.Accept();
        var sold = bench.Wait(1).Fill(1m, 159.50m);
        // Known only later: the trade ended when the share was sold, not when the history said so.
        bench.Wait(20).SettleWith("FILLED", [sold with { Fees = [new Fee("F", 0.25m, "USD")] }]);

        Assert.Equal(
            new TradeView(
                "AXSM", 1, "LONG", 1m, 157.50m, 157.50m, Bench.Start.AddSeconds(1), 159.50m, Bench.Start.AddSeconds(5), "TP", null, 4,
                2m, 1.26984127m, "USD", 2m, "USD", 0.25m, "AXSM-1-B1", 100, 101),
            TradeView.From(bench.State));
    }

    [Fact]
    public void An_entry_that_came_to_nothing_shows_why_and_no_figures()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Wait(2).Reject();

        Assert.Equal(
            new TradeView(
                "AXSM", 1, "LONG", 0m, 157.50m, null, null, null, Bench.Start.AddSeconds(2), "REJECTED",
                "insufficient-free-for-stocks-buy: Insufficient free funds", null, null, null, "USD", null, null, null, "AXSM-1-B1", null, null),
            TradeView.From(bench.State));
    }

    [Fact]
    public void A_trade_under_way_is_none_that_is_over()
    {
        Assert.Null(TradeView.From(new Bench().State));
        Assert.Null(TradeView.From(new Bench().Held().State));
    }

    [Fact]
    public void Every_state_has_its_word()
    {
        Assert.Equal(["CLOSED", "PENDING", "OPEN", "PENDING_CLOSE"], Enum.GetValues<PositionStatus>().Select(s => s.Word()));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((PositionStatus)9).Word());
    }
}
