using MicroTrader.Simulation.Core;
using MicroTrader.Simulation.Shared;
using Xunit.Abstractions;

namespace MicroTrader.Simulation.Tests;

/// <summary>The robot's pure parts against the adversary.</summary>
public sealed class CoreLevelTests(ITestOutputHelper output)
{
    private static readonly CoreLevel Core = new();

    [Fact]
    public void From_a_fresh_seed_no_promise_is_broken()
    {
        var options = SimulationOptions.Parse([]);
        output.WriteLine($"seed {options.Spec.Seed}");

        var campaign = Campaign.Run(Core, options.Spec, 5_000, Environment.ProcessorCount);

        Assert.True(campaign.ViolationCount == 0, Words(campaign));
    }

    [Fact]
    public void No_seed_that_ever_failed_fails_again()
    {
        var recorded = RecordedSeeds.Read().Where(r => r.Level == Core.Name).Select(r => r.Spec).ToList();

        var campaign = Campaign.Run(Core, recorded, Environment.ProcessorCount);

        Assert.NotEmpty(recorded);
        Assert.True(campaign.ViolationCount == 0, Words(campaign));
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_to_the_last_line()
    {
        foreach (var seed in (ulong[])[1, 7, 76, 150, 2_444])
        {
            var first = new Trace(true);
            var second = new Trace(true);
            var a = Core.Run(new RunSpec(seed), first);
            var b = Core.Run(new RunSpec(seed), second);

            Assert.Equal(first.Lines, second.Lines);
            Assert.Equal((a.Steps, a.Crashes), (b.Steps, b.Crashes));
            Assert.Equal(a.Faults, b.Faults);
        }
    }

    [Fact]
    public void Every_kind_of_fault_strikes_and_every_kind_of_fact_is_journalled()
    {
        var campaign = Campaign.Run(Core, new RunSpec(1), 1_500, Environment.ProcessorCount);

        Assert.All(FaultKinds.All, k => Assert.True(campaign.Faults[(int)k] > 0, $"{k} never struck"));
        Assert.True(campaign.Crashes > 100);
        string[] expected =
        [
            "EntryIntended", "ExitIntended", "ExitRequested", "OrderAccepted", "OrderRejected", "OrderNotExecuted", "OrderOutcomeUnknown", "OrderFound",
            "OrderNotPlaced", "OrderFillEstimated", "OrderSettled", "TradeClosed", "PositionBlocked", "PositionResolved", "HoldingAdjusted", "ExitCleared",
            "TradingStateChanged",
        ];
        Assert.All(expected, name => Assert.True(campaign.Facts.ContainsKey(name), $"{name} was never journalled"));
    }

    private static string Words(Campaign campaign) =>
        string.Join('\n', campaign.Violations.Select(v => $"{v.Violation!.Message}\n  {v.Spec.Command(Core.Name)}"));
}
