using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>No entry is granted that could not be sold for want of a read of the order history.</summary>
public sealed class HistoryReadsTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly RiskLimits Limits = new() { MaxOpenPositions = 10 };

    [Theory]
    [InlineData(0, 2, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 3, true)]
    [InlineData(1, 2, false)]
    [InlineData(4, 6, true)]
    [InlineData(5, 6, false)]
    public void An_entry_needs_a_read_of_its_own_beside_those_owed_and_the_spare(int owed, int left, bool granted)
    {
        var state = With(left);
        for (var i = 0; i < owed; i++)
            state = state.WithPosition(Standing($"S{i}", owes: true), 0, Now);

        var verdict = state.Judge(Request(Axsm), Limits, Now);
        Assert.Equal(granted ? null : DenialCode.HistoryReads, verdict.Denial);
        if (!granted)
            Assert.StartsWith($"too few reads of the broker's order history are left: {left}, needed {owed + 2};", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_whose_buys_are_known_owe_nothing()
    {
        var state = With(2);
        for (var i = 0; i < 5; i++)
            state = state.WithPosition(Standing($"S{i}", owes: false), 0, Now);

        Assert.True(state.Judge(Request(Axsm), Limits, Now).IsGranted);
    }

    [Fact]
    public void Of_many_that_signal_in_one_moment_those_are_granted_that_can_be_sold()
    {
        var state = With(6);
        var granted = 0;
        for (var i = 0; i < 10; i++)
        {
            var request = Request(Symbol.Parse($"S{i}"));
            var verdict = state.Judge(request, Limits, Now);
            if (verdict.LeaseUntil is { } until)
            {
                granted++;
                state = state.Grant(request, until, 1);
            }
            else
            {
                Assert.Equal(DenialCode.HistoryReads, verdict.Denial);
            }
        }

        Assert.Equal(5, granted);
        // What was granted and came to nothing gives its read back.
        Assert.True(state.Judge(Request(Axsm) with { TickAt = Now + Limits.Lease }, Limits, Now + Limits.Lease).IsGranted);
    }

    [Fact]
    public void Reads_that_come_back_with_time_count_from_their_moment_on()
    {
        var state = RiskState.Initial with { Reads = new ReadOutlook([DateTimeOffset.MinValue, Now.AddSeconds(2)]) };

        Assert.Equal(DenialCode.HistoryReads, state.Judge(Request(Axsm), Limits, Now.AddSeconds(2).AddTicks(-1)).Denial);
        Assert.True(state.Judge(Request(Axsm), Limits, Now.AddSeconds(2)).IsGranted);
    }

    [Fact]
    public void A_buy_owes_a_read_from_its_intent_until_its_figures_are_known()
    {
        var bench = new Bench();
        Assert.False(Owes(bench));
        bench.Enter();
        Assert.True(Owes(bench));
        bench.Accept();
        Assert.True(Owes(bench));
        bench.Estimate(157.50m);
        Assert.True(Owes(bench));
        bench.Settle(157.50m);
        Assert.Equal(PositionStatus.Open, bench.State.Status);
        Assert.False(Owes(bench));
        bench.Exit(ExitReason.Close);
        Assert.Equal(PositionStatus.PendingClose, bench.State.Status);
        Assert.False(Owes(bench));
    }

    [Fact]
    public void A_symbol_that_needs_the_person_owes_nothing_for_nothing_of_it_is_sold()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.NeedPerson(BlockCode.Contradiction);

        Assert.NotNull(bench.State.Blocked);
        Assert.False(Owes(bench));
    }

    private static bool Owes(Bench bench) => PositionStanding.From(bench.State).OwesRead;

    private static RiskState With(int reads) => RiskState.Initial with { Reads = new ReadOutlook([.. Enumerable.Repeat(DateTimeOffset.MinValue, reads)]) };

    private static PositionStanding Standing(string symbol, bool owes) => new(Symbol.Parse(symbol), true, null, [], null) { OwesRead = owes };

    private static EntryRequest Request(Symbol symbol) => new(symbol, 1m, Now, 157.50m, "USD");
}
