using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>An account that another program trades needs the person until they allow entries again.</summary>
public sealed class SharedAccountTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 14, 30, 0, TimeSpan.Zero);

    [Fact]
    public void What_another_program_does_ends_the_entries_and_asks_the_person_once()
    {
        var seen = Seen(RiskState.Initial, 1);

        Assert.Equal((TradingState.ExitOnly, "order 1"), (seen.TradingState, seen.Reason));
        Assert.Equal(new SharedAccount("order 1", Now), seen.Shared);
        Assert.Empty(seen.SeeForeign([1], "order 1", Now.AddMinutes(1)));
    }

    [Fact]
    public void A_further_order_is_the_same_question_since_the_first()
    {
        var seen = Seen(Seen(RiskState.Initial, 1), 2, Now.AddMinutes(5));

        Assert.Equal(new SharedAccount("order 2", Now), seen.Shared);
    }

    [Theory]
    [InlineData(TradingState.ExitOnly)]
    [InlineData(TradingState.Stopped)]
    public void A_pause_or_a_stop_is_no_answer_whether_it_came_before_or_after(TradingState state)
    {
        var before = Seen(Set(RiskState.Initial, state), 1);
        var after = Set(Seen(RiskState.Initial, 1), state);

        // What the person set stands.
        Assert.Equal((state, "a person"), (before.TradingState, before.Reason));
        Assert.NotNull(before.Shared);
        Assert.NotNull(after.Shared);
    }

    [Fact]
    public void Who_allows_entries_again_has_answered()
    {
        var resumed = Set(Seen(RiskState.Initial, 1), TradingState.Active);

        Assert.Null(resumed.Shared);
        Assert.Equal(Now.AddHours(1), Seen(resumed, 2, Now.AddHours(1)).Shared!.Since);
    }

    [Fact]
    public void A_snapshot_holds_the_question()
    {
        var seen = Seen(RiskState.Initial, 1);

        Assert.Equal(seen.Shared, RiskState.Initial.Restore(seen.Snapshot).Shared);
        Assert.Null(seen.Restore(RiskState.Initial.Snapshot).Shared);
    }

    private static RiskState Seen(RiskState state, long order, DateTimeOffset? at = null) =>
        state.SeeForeign([order], $"order {order}", at ?? Now).Aggregate(state, (s, e) => s.Apply(e));

    private static RiskState Set(RiskState state, TradingState to) => state.Apply(new TradingStateChanged(to, "a person", Now.AddMinutes(10)));
}
