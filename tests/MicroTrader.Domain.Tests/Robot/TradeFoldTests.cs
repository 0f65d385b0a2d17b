using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Robot;

/// <summary>Folding facts into positions and trades.</summary>
public sealed class TradeFoldTests
{
    private static readonly Symbol Djt = Symbol.Parse("DJT");

    [Fact]
    public void Facts_give_the_positions_and_the_trades_that_are_over()
    {
        var bench = new Bench().Won();
        bench.Wait(60).Held();
        var fold = Fold(bench.Journal);

        Assert.Equal(Bench.Text(bench.State), Bench.Text(fold.Positions[Bench.Axsm]));
        var trade = Assert.Single(fold.Trades);
        Assert.Equal((1L, "TP", 2m), (trade.TradeNumber, trade.CloseReason, trade.Pnl!.Value));
    }

    [Fact]
    public void Symbols_are_kept_apart_and_trades_come_in_the_order_of_their_end()
    {
        var first = new Bench().Wait(100).Won();
        var second = new Bench().Wait(50).Won();
        second.Wait(100).Won();
        var fold = Fold(first.Journal);
        foreach (var fact in second.Journal)
            fold.Apply(Djt, fact);

        Assert.Equal([("DJT", 1L), ("AXSM", 1L), ("DJT", 2L)], fold.Trades.Select(t => (t.Symbol, t.TradeNumber)));
    }

    [Fact]
    public void An_entry_that_came_to_nothing_is_a_trade_with_its_reason()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Reject();

        var trade = Assert.Single(Fold(bench.Journal).Trades);
        Assert.Equal(("REJECTED", 0m), (trade.CloseReason, trade.Quantity));
    }

    [Fact]
    public void A_trade_that_reopens_is_over_no_more_and_then_over_once()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.NotPlace();
        Assert.Equal("NOT_PLACED", Assert.Single(Fold(bench.Journal).Trades).CloseReason);
        bench.Find();
        Assert.Empty(Fold(bench.Journal).Trades);
        bench.Settle(157.5m);
        bench.Exit(ExitReason.Close);
        bench.Accept();
        bench.Settle(158m);

        Assert.Equal("CLOSE", Assert.Single(Fold(bench.Journal).Trades).CloseReason);
    }

    [Fact]
    public void A_fact_out_of_place_is_an_error_and_changes_nothing()
    {
        var fold = Fold(new Bench().Won().Journal);
        var before = Bench.Text(fold.Positions[Bench.Axsm]);

        Assert.Throws<IllegalTransitionException>(() => fold.Apply(Bench.Axsm, new ExitRequested(ExitReason.Close, null, Bench.Start)));
        Assert.Equal(before, Bench.Text(fold.Positions[Bench.Axsm]));
        Assert.Throws<IllegalTransitionException>(() => fold.Apply(Djt, new ExitRequested(ExitReason.Close, null, Bench.Start)));
        Assert.False(fold.Positions.ContainsKey(Djt));
    }

    private static TradeFold Fold(IEnumerable<IPositionEvent> facts)
    {
        var fold = new TradeFold();
        foreach (var fact in facts)
            fold.Apply(Bench.Axsm, fact);
        return fold;
    }
}
