using MicroTrader.Simulation.Actors;
using MicroTrader.Simulation.Shared;
using Xunit.Abstractions;

namespace MicroTrader.Simulation.Tests;

/// <summary>The real actors, the real client and the paper broker's books against the adversary.</summary>
public sealed class ActorLevelTests(ITestOutputHelper output)
{
    private static readonly ActorLevel Actors = new();

    [Fact]
    public void From_a_fresh_seed_no_promise_is_broken()
    {
        var options = SimulationOptions.Parse([]);
        output.WriteLine($"seed {options.Spec.Seed}");

        var campaign = Campaign.Run(Actors, options.Spec, 40, Environment.ProcessorCount);

        Assert.True(campaign.ViolationCount == 0, Words(campaign));
    }

    [Fact]
    public void No_seed_that_ever_failed_fails_again()
    {
        var recorded = RecordedSeeds.Read().Where(r => r.Level == Actors.Name).Select(r => r.Spec).ToList();

        var campaign = Campaign.Run(Actors, recorded, Environment.ProcessorCount);

        Assert.NotEmpty(recorded);
        Assert.True(campaign.ViolationCount == 0, Words(campaign));
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_to_the_last_line()
    {
        foreach (var seed in (ulong[])[3, 1_090, 1_101])
        {
            var first = new Trace(true);
            var second = new Trace(true);
            var a = Actors.Run(new RunSpec(seed), first);
            var b = Actors.Run(new RunSpec(seed), second);

            Assert.Equal(first.Lines, second.Lines);
            Assert.Equal((a.Steps, a.Crashes), (b.Steps, b.Crashes));
            Assert.Equal(a.Faults, b.Faults);
        }
    }

    [Fact]
    public void Runs_trade_and_crash_and_meet_faults_on_every_side()
    {
        var campaign = Campaign.Run(Actors, new RunSpec(1), 30, Environment.ProcessorCount);

        Assert.True(campaign.Crashes > 30, $"{campaign.Crashes} crashes");
        Assert.All((string[])["EntryIntended", "OrderAccepted", "ExitIntended", "OrderSettled", "OrderOutcomeUnknown", "TradeClosed"], fact =>
            Assert.True(campaign.Facts.GetValueOrDefault(fact) > 0, $"{fact} never happened"));
        Assert.All(
            (FaultKind[])[FaultKind.LostRequest, FaultKind.LostAnswer, FaultKind.Status503, FaultKind.StaleTick, FaultKind.SlowMessage, FaultKind.ActorRestarts],
            kind => Assert.True(campaign.Faults[(int)kind] > 0, $"{kind} never struck"));
    }

    [Theory]
    [InlineData(nameof(FaultKind.LateFill))]
    [InlineData(nameof(FaultKind.PartialFill))]
    [InlineData(nameof(FaultKind.RefusedFill))]
    [InlineData(nameof(FaultKind.RefusedOrder))]
    [InlineData(nameof(FaultKind.NotSettledYet))]
    [InlineData(nameof(FaultKind.LaggingHistory))]
    [InlineData(nameof(FaultKind.LaggingPending))]
    [InlineData(nameof(FaultKind.StalePositions))]
    [InlineData(nameof(FaultKind.MarketCloses))]
    [InlineData(nameof(FaultKind.PersonSellsOurs))]
    [InlineData(nameof(FaultKind.Split))]
    [InlineData(nameof(FaultKind.JournalFailsBefore))]
    [InlineData(nameof(FaultKind.JournalFailsAfter))]
    [InlineData(nameof(FaultKind.CrashAfterJournal))]
    [InlineData(nameof(FaultKind.CrashAfterSend))]
    public void A_kind_of_fault_alone_and_at_its_worst_breaks_no_promise(string kind)
    {
        var only = Enum.Parse<FaultKind>(kind);

        var campaign = Campaign.Run(Actors, new RunSpec(1, Only: only.Bit()), 8, Environment.ProcessorCount);

        Assert.True(campaign.ViolationCount == 0, Words(campaign));
        Assert.True(campaign.Faults[(int)only] > 0, $"{kind} never struck");
    }

    [Fact]
    public void A_guard_cannot_be_switched_off_in_the_real_actors() =>
        Assert.Throws<FormatException>(() => Actors.Run(new RunSpec(1, SwitchedOff: Guard.LateWatch), Trace.Off));

    private static string Words(Campaign campaign) =>
        string.Join(Environment.NewLine, campaign.Violations.Select(v => $"{v.Spec.Command(Actors.Name)}: {v.Violation!.Message}"));
}
