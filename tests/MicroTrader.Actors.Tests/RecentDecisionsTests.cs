using MicroTrader.Actors.Diagnostics;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Actors.Tests;

/// <summary>The newest wishes to enter: a fixed number, and the last ones of every symbol among them.</summary>
public sealed class RecentDecisionsTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_symbol_that_wishes_all_the_time_does_not_push_out_why_another_was_not_bought()
    {
        var decisions = new RecentDecisions();
        for (var i = 0; i < 15; i++)
            Wish(decisions, "AXSM", i, $"denied: {i}");
        for (var i = 0; i < 1_000; i++)
            Wish(decisions, "HUT", 100 + i, "denied: CoolDown");

        var all = decisions.Newest(1_000);
        Assert.Equal(300, all.Count);
        Assert.Equal(Enumerable.Range(5, 10).Reverse().Select(i => $"denied: {i}"), all.Where(d => d.Symbol == "AXSM").Select(d => d.Outcome));
        Assert.Equal(all.OrderByDescending(d => d.At), all);
        Assert.Equal(Start.AddSeconds(1_099), all[0].At);
    }

    [Fact]
    public void With_very_many_symbols_the_oldest_go()
    {
        var decisions = new RecentDecisions();
        for (var i = 0; i < 400; i++)
            Wish(decisions, $"S{i}", i, "denied");

        Assert.Equal(Enumerable.Range(100, 300).Reverse().Select(i => $"S{i}"), decisions.Newest(1_000).Select(d => d.Symbol));
        // An answer to a wish that is forgotten changes nothing.
        decisions.Answered("S5", true, "S5-1");
        Assert.DoesNotContain(decisions.Newest(1_000), d => d.Symbol == "S5");
    }

    private static void Wish(RecentDecisions decisions, string symbol, int second, string outcome)
    {
        decisions.Signalled(new EntrySignal(Symbol.Parse(symbol), 157m, Start, Start.AddSeconds(second), 0.1m, 3, 1.5m));
        decisions.Answered(symbol, false, outcome);
    }
}
