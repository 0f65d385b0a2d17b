using FsCheck;
using FsCheck.Xunit;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Reconciliation;

/// <summary>
/// Random walks of a position beside a broker, compared and decided as the robot does it. FsCheck names the seed that fails, and every message does.
/// </summary>
public sealed class ReviewWalkTests
{
    [Property(MaxTest = 120)]
    public void Within_the_broker_s_promises_the_person_s_shares_are_never_touched_and_none_of_ours_is_forgotten(DoNotSize<int> any) => Walk(any.Item, wild: false);

    [Property(MaxTest = 200)]
    public void Whatever_the_world_does_no_fact_is_illegal_and_nothing_is_sent_while_the_person_is_asked(DoNotSize<int> any) => Walk(any.Item, wild: true);

    [Fact]
    public void The_walks_come_to_everything_that_the_comparison_can_say()
    {
        var told = new HashSet<string>();
        foreach (var seed in Enumerable.Range(1, 100))
            told.UnionWith(Walk(seed, wild: true));

        string[] kinds =
        [
            nameof(Finding.Found), nameof(Finding.NotPlaced), nameof(Finding.Wait), nameof(Finding.ExitFree), nameof(Finding.Foreign),
            .. new[] { AdjustmentReason.ClosedByYou, AdjustmentReason.CorporateAction }.Select(r => r.ToString()),
            .. Enum.GetValues<BlockCode>().Except([BlockCode.Contradiction, BlockCode.Oversold]).Select(c => c.Word()),
        ];
        Assert.Equal([], kinds.Except(told));
    }

    private static HashSet<string> Walk(int seed, bool wild)
    {
        var random = new Random(seed);
        var bench = new Bench();
        var world = new ReviewWorld(random, bench, wild);
        var told = new HashSet<string>();
        var rules = new ReconciliationRules();
        for (var step = 0; step < 300; step++)
        {
            bench.Wait(random.Next(12) == 0 ? random.Next(300) : random.Next(0, 3_000) / 1_000.0);
            world.Happen();
            switch (random.Next(6))
            {
                case 0:
                    Do(bench, world, new PositionCommand.IntendEntry(bench.Signal(), Bench.AxsmTicker, "USD", random.Next(1, 5) / 4m, world.Account), seed, step);
                    break;
                case 1:
                    Do(bench, world, new PositionCommand.Exit(ExitReason.Flatten, null, null), seed, step);
                    break;
                case 2 when random.Next(10) == 0:
                    Do(bench, world, new PositionCommand.Recover(), seed, step);
                    break;
                case 2 when bench.State.Blocked is { } block && random.Next(2) == 0:
                    Do(bench, world, world.Answer(block), seed, step);
                    break;
                case 3:
                    Review(bench, world, world.Read(mayFail: true), rules, told, seed, step);
                    break;
                default:
                    Do(bench, world, world.Tell() ?? new PositionCommand.CheckDue(), seed, step);
                    break;
            }
        }

        // Then no more is begun, every read succeeds, and the person answers: no walk may end stuck.
        for (var i = 0; i < 600 && !world.IsAtRest; i++)
        {
            bench.Wait(20);
            world.Happen(calm: true);
            Do(bench, world, world.Tell() ?? new PositionCommand.CheckDue(), seed, 1_000 + i);
            Review(bench, world, world.Read(mayFail: false), rules, told, seed, 1_000 + i);
            if (bench.State.Blocked is { } block)
                Do(bench, world, world.Answer(block), seed, 1_000 + i);
        }

        Assert.True(world.IsAtRest, $"seed {seed}: ends {bench.State.Status}, {bench.State.Blocked}");
        if (!wild)
            Assert.True(world.Robots == 0m, $"seed {seed}: CLOSED with {world.Robots} forgotten");
        Assert.True(
            Bench.Text(bench.State) == Bench.Text(PositionState.Empty(Bench.Axsm).ApplyAll(bench.Journal)),
            $"seed {seed}: the replay differs");
        return told;

        void Review(Bench bench, ReviewWorld world, Evidence evidence, ReconciliationRules rules, HashSet<string> told, int seed, int step)
        {
            var view = new JournalView([bench.State], Bench.Start, new HashSet<long>());
            foreach (var finding in Reconciler.Review(view, evidence, rules, bench.Now))
            {
                told.Add(finding switch
                {
                    Finding.NeedsPerson n => n.Code.Word(),
                    Finding.HoldingChanged h => h.Reason.ToString(),
                    _ => finding.GetType().Name,
                });
                if (finding is Finding.OfSymbol one && one.ToCommand() is { } command)
                    Do(bench, world, command, seed, step);
                var complete = evidence is { Pending: not null, History: not null, Holdings: not null };
                Assert.True(
                    complete || finding is not (Finding.HoldingChanged or Finding.ExitFree or Finding.NeedsPerson { Code: not (BlockCode.Ambiguous or BlockCode.LateOrder) }),
                    $"seed {seed}, step {step}: {finding} without every read");
            }
        }

        void Do(Bench bench, ReviewWorld world, PositionCommand command, int seed, int step)
        {
            var before = bench.State;
            PositionDecision decision;
            try
            {
                decision = bench.Do(command);
            }
            catch (Exception e) when (e is IllegalTransitionException or ArgumentException)
            {
                throw new InvalidOperationException($"seed {seed}, step {step}, {command}: {e.Message}", e);
            }

            var where = $"seed {seed}, step {step}, {command}: {Bench.Names(decision)} after {string.Join(", ", bench.Journal.TakeLast(8).Select(e => e.GetType().Name))}";
            if (decision.Events.Any(e => e is EntryIntended or ExitIntended))
                Assert.True(bench.State.Blocked is null, $"{where}: sent while blocked");
            if (decision.Events.OfType<EntryIntended>().Any())
                Assert.True(before.Blocked is null && !(before.NoEntryBefore > bench.Now), where);
            if (decision.Events.OfType<ExitIntended>().SingleOrDefault() is { } exit)
                Assert.True(exit.Quantity == bench.Trade.Held && bench.Trade.Orders.SkipLast(1).All(o => o.IsFinal), $"{where}: {exit.Quantity} of {bench.Trade.Held}");
            // More sold than held is never left unsaid once every figure is known.
            Assert.True(bench.State.Blocked is not null || bench.State.Trade is not { Held: < 0 } trade || trade.Orders.Any(o => !o.IsFinal), $"{where}: {bench.State.Trade?.Held} held");
            Assert.True(bench.State.Status != PositionStatus.Closed || bench.State.Trade is not { Held: not 0 }, $"{where}: CLOSED with {bench.State.Trade?.Held}");
            world.Learn();
            if (wild)
                return;
            Assert.True(world.Robots >= 0, $"{where}: {-world.Robots} of the person's shares were sold");
            // Within the broker's promises one question alone is asked: a sell that left no trace, beside the person's own shares.
            Assert.True(bench.State.Blocked is null or { Code: BlockCode.ExitUncertain }, $"{where}: {bench.State.Blocked}");
        }
    }
}
