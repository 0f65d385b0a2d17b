using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>What a position does by itself: TIME, and the next sell.</summary>
public sealed class DueTests
{
    [Fact]
    public void TIME_is_ten_seconds_from_the_fill_and_needs_no_tick()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Wait(1).Accept();
        bench.Wait(2).Settle(157.5m);
        Assert.Equal(Bench.Start.AddSeconds(13), bench.State.NextDue(bench.Context));
        Assert.Empty(bench.Wait(9.999).CheckDue().Events);
        var decision = bench.Wait(0.001).CheckDue();

        Assert.Equal(
            new ExitIntended(new OrderReference("AXSM-1-S1"), 1m, ExitReason.Time, null, 0, Bench.Start.AddSeconds(13)),
            Assert.Single(decision.Events));
        Assert.Equal(ExitReason.Time, bench.Trade.Exit!.Reason);
    }

    [Fact]
    public void An_estimated_fill_counts_TIME_from_accepted_until_the_fill_is_settled()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Wait(1).Accept();
        bench.Wait(2).Estimate(157.5m);
        Assert.Equal(Bench.Start.AddSeconds(11), bench.State.NextDue(bench.Context));
        bench.Settle(157.5m);
        Assert.Equal(Bench.Start.AddSeconds(13), bench.State.NextDue(bench.Context));
    }

    [Fact]
    public void An_estimated_fill_counts_TIME_from_when_it_is_thought_to_have_been()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.Wait(30).Estimate(157.5m, filledAt: Bench.Start.AddSeconds(28));

        Assert.Equal(Bench.Start.AddSeconds(38), bench.State.NextDue(bench.Context));
    }

    [Theory]
    [InlineData(2500)]
    [InlineData(-2500)]
    public void The_fill_s_stamp_is_by_the_broker_s_clock_and_TIME_by_ours(long offsetMs)
    {
        var bench = new Bench();
        bench.Context = bench.Context with { BrokerClockOffsetMs = offsetMs };
        bench.Enter();
        bench.Accept();
        bench.Wait(1).Settle(157.5m);

        // The bench stamps fills by the broker's clock.
        Assert.Equal(Bench.Start.AddSeconds(1).AddMilliseconds(offsetMs), Assert.Single(bench.Trade.Entry.Fills).FilledAt);
        Assert.Equal(Bench.Start.AddSeconds(1), bench.Trade.OpenedAt);
        // The offset of the intent counts, not the one of now.
        bench.Context = bench.Context with { BrokerClockOffsetMs = 0 };
        Assert.Equal(Bench.Start.AddSeconds(11), bench.State.NextDue(bench.Context));
    }

    [Fact]
    public void The_last_fill_opens_the_position()
    {
        var bench = new Bench();
        bench.Enter(2m);
        bench.Accept();
        var first = bench.Wait(1).Fill(1m, 157m);
        var second = bench.Wait(3).Fill(1m, 158m);
        bench.SettleWith("FILLED", [second, first]);

        Assert.Equal(Bench.Start.AddSeconds(4), bench.Trade.OpenedAt);
    }

    [Fact]
    public void The_longest_hold_in_force_counts()
    {
        var bench = new Bench().Held();
        bench.Context = bench.Context with { Exits = bench.Context.Exits with { MaxHold = TimeSpan.FromSeconds(3) } };

        Assert.Empty(bench.Wait(2.999).CheckDue().Events);
        Assert.Equal("ExitIntended", Bench.Names(bench.Wait(0.001).CheckDue()));
    }

    [Fact]
    public void TIME_that_is_over_when_the_fill_is_known_is_left_in_the_same_write()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        var fill = bench.Wait(1).Fill(1m, 157.5m);

        Assert.Equal("OrderSettled ExitIntended", Bench.Names(bench.Wait(30).SettleWith("FILLED", [fill])));
    }

    [Fact]
    public void TIME_that_is_over_when_the_fill_is_estimated_is_wanted_in_the_same_write_and_left_when_it_is_settled()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        Assert.Equal("OrderFillEstimated ExitRequested", Bench.Names(bench.Wait(30).Estimate(157.5m)));
        Assert.Equal(new PendingExit(ExitReason.Time, null, bench.Now), bench.Trade.Exit);
        // Said once, though it stays due.
        Assert.Empty(bench.Wait(30).CheckDue().Events);

        Assert.Equal("OrderSettled ExitIntended", Bench.Names(bench.Settle(157.5m)));
        Assert.Equal(ExitReason.Time, bench.Trade.Exit!.Reason);
    }

    [Fact]
    public void TIME_that_comes_while_the_fill_is_estimated_is_journalled_as_a_wish_alone()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.Estimate(157.5m);
        Assert.Empty(bench.Wait(9.999).CheckDue().Events);

        Assert.Equal("ExitRequested", Bench.Names(bench.Wait(0.001).CheckDue()));
        Assert.Equal(PositionStatus.Open, bench.State.Status);
    }

    [Fact]
    public void What_was_due_is_done_with_any_command_even_one_that_is_refused()
    {
        var bench = new Bench().Held();
        var decision = bench.Wait(10).Enter();

        Assert.NotNull(decision.Ignored);
        Assert.Equal("ExitIntended", Bench.Names(decision));
    }

    [Fact]
    public void Only_an_open_position_has_something_due()
    {
        var bench = new Bench();
        Assert.Null(bench.State.NextDue(bench.Context));
        bench.Enter();
        Assert.Null(bench.State.NextDue(bench.Context));
        bench.Accept();
        Assert.Null(bench.State.NextDue(bench.Context));
        bench.Settle(157.5m);
        Assert.Equal(Bench.Start.AddSeconds(10), bench.State.NextDue(bench.Context));
        Assert.Null(bench.State.NextDue(bench.Context with { MaySell = false }));
        bench.Exit(ExitReason.Close);
        Assert.Null(bench.State.NextDue(bench.Context));
        bench.Accept();
        bench.Settle(158m);
        Assert.Null(bench.State.NextDue(bench.Context));
    }

    [Fact]
    public void An_exit_that_was_held_back_is_due_from_when_it_was_wanted()
    {
        var bench = new Bench().Held().MaySell(false);
        bench.Wait(2).Exit(ExitReason.StopLoss);

        Assert.Equal(Bench.Start.AddSeconds(2), bench.State.NextDue(bench.Context with { MaySell = true }));
    }
}
