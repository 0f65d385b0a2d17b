using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>Exits around the market's hours: 2026-06-01 is a Monday, New York closes at 20:00 UTC and opens at 13:30 UTC.</summary>
public sealed class SessionTests
{
    private static readonly DateTimeOffset Close = new(2026, 6, 1, 20, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NextOpen = new(2026, 6, 2, 13, 30, 0, TimeSpan.Zero);
    private static readonly SessionRules Rules = new() { FlatBeforeClose = TimeSpan.FromMinutes(2) };

    [Fact]
    public void A_position_near_the_close_is_left_before_it()
    {
        var bench = OpenedAt(Close - TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(4));

        Assert.Equal(Close - TimeSpan.FromMinutes(2), bench.State.NextDue(bench.Context));
        Assert.Empty(bench.Wait(3.999).CheckDue().Events);
        var exit = Assert.IsType<ExitIntended>(Assert.Single(bench.Wait(0.001).CheckDue().Events));
        Assert.Equal(ExitReason.SessionEnd, exit.Reason);
    }

    [Fact]
    public void TIME_comes_first_where_the_close_is_further_away()
    {
        var bench = OpenedAt(Close - TimeSpan.FromHours(1));

        Assert.Equal(ExitReason.Time, Assert.IsType<ExitIntended>(Assert.Single(bench.Wait(10).CheckDue().Events)).Reason);
    }

    [Fact]
    public void An_exit_wanted_after_the_close_waits_for_the_next_open()
    {
        var bench = OpenedAt(Close - TimeSpan.FromSeconds(1), new SessionRules { NoEntryBeforeClose = TimeSpan.Zero, FlatBeforeClose = TimeSpan.Zero });

        Assert.Equal("ExitRequested", Bench.Names(bench.Wait(2).Exit(ExitReason.StopLoss, 150m)));
        Assert.Equal(NextOpen, bench.State.NextDue(bench.Context));
        Assert.Empty(bench.Wait((NextOpen - bench.Now).TotalSeconds - 0.001).CheckDue().Events);
        var exit = Assert.IsType<ExitIntended>(Assert.Single(bench.Wait(0.001).CheckDue().Events));
        Assert.Equal(ExitReason.StopLoss, exit.Reason);
    }

    [Fact]
    public void A_refused_sell_is_not_tried_anew_after_the_close()
    {
        var bench = OpenedAt(Close - TimeSpan.FromSeconds(2), new SessionRules { NoEntryBeforeClose = TimeSpan.Zero, FlatBeforeClose = TimeSpan.Zero });
        bench.Exit(ExitReason.TakeProfit, 160m);
        bench.Wait(2).Reject();

        Assert.Equal(PositionStatus.Open, bench.State.Status);
        Assert.Equal(NextOpen, bench.State.NextDue(bench.Context));
    }

    [Fact]
    public void Without_hours_nothing_waits_for_them()
    {
        var bench = OpenedAt(Close + TimeSpan.FromHours(3), null);

        Assert.Equal(bench.Now + bench.Context.Exits.MaxHold, bench.State.NextDue(bench.Context));
    }

    private static Bench OpenedAt(DateTimeOffset time) => OpenedAt(time, Rules);

    private static Bench OpenedAt(DateTimeOffset time, SessionRules? rules)
    {
        var bench = new Bench();
        bench.Context = bench.Context with { Session = rules, Calendar = rules is null ? null : new NyseCalendar() };
        bench.Wait((time - bench.Now).TotalSeconds);
        bench.Enter();
        bench.Accept();
        bench.Settle(157.5m);
        return bench;
    }
}
