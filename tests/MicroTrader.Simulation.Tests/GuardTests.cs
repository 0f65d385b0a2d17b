using MicroTrader.Simulation.Core;
using MicroTrader.Simulation.Shared;
using Xunit.Abstractions;

namespace MicroTrader.Simulation.Tests;

/// <summary>
/// The harness itself: with one of the robot's guards switched off, the invariants must miss it. What each is caught by is recorded here; a guard that is
/// switched off without being missed would mean that the harness has gone blind.
/// </summary>
public sealed class GuardTests(ITestOutputHelper output)
{
    private static readonly CoreLevel Core = new();

    [Theory]
    [InlineData(1, Guard.IntentBeforePost, 40, "", InvariantNames.IntentFirst)]
    [InlineData(1, Guard.NoRepeat, 60, "", InvariantNames.OneOrder)]
    [InlineData(1, Guard.PersonsShares, 80, "", InvariantNames.PersonsShares)]
    [InlineData(1, Guard.Staleness, 200, "StaleTick", InvariantNames.Fresh)]
    [InlineData(1, Guard.SettleWindow, 400, "LostAnswer,LaggingPending,LaggingHistory", InvariantNames.GivenUp)]
    [InlineData(10_500, Guard.SettleStart, 1_000, "SlowHandOver,LostAnswer,LaggingPending,LaggingHistory", InvariantNames.GivenUp)]
    [InlineData(1, Guard.LateWatch, 1_500, "DelayedRequest", InvariantNames.OnePosition)]
    [InlineData(1, Guard.CompleteHistory, 300, "LostAnswer,OtherProgram,PersonTrades,PersonTradesOurQuantity,LaggingPending", InvariantNames.Shares)]
    public void A_guard_that_is_switched_off_is_missed(ulong seed, object guard, int runs, string only, string caughtBy)
    {
        var campaign = Campaign.Run(Core, new RunSpec(seed, Only: FaultKinds.Parse(only), SwitchedOff: (Guard)guard), runs, Environment.ProcessorCount);

        foreach (var group in campaign.Violations.GroupBy(v => v.Violation!.Invariant))
            output.WriteLine($"{group.Key}: {group.Count()} of the first {campaign.Violations.Count}");
        Assert.Contains(caughtBy, campaign.Violations.Select(v => v.Violation!.Invariant));
    }

    [Theory]
    [InlineData("")]
    [InlineData("StaleTick")]
    [InlineData("LostAnswer,LaggingPending,LaggingHistory")]
    [InlineData("DelayedRequest")]
    [InlineData("LostAnswer,OtherProgram,PersonTrades,PersonTradesOurQuantity,LaggingPending")]
    public void With_every_guard_on_the_same_weather_breaks_nothing(string only)
    {
        var campaign = Campaign.Run(Core, new RunSpec(1, Only: FaultKinds.Parse(only)), 300, Environment.ProcessorCount);

        Assert.True(campaign.ViolationCount == 0, string.Join('\n', campaign.Violations.Select(v => $"{v.Violation!.Message}\n  {v.Spec.Command(Core.Name)}")));
    }
}
