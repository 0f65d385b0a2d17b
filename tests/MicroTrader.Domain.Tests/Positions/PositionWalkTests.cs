using FsCheck;
using FsCheck.Xunit;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>
/// Random walks of commands: whatever comes in whatever order, the promises hold. FsCheck names the seed that fails, and every message does.
/// </summary>
public sealed class PositionWalkTests
{
    private static readonly ExitReason[] Wishes = [ExitReason.TakeProfit, ExitReason.StopLoss, ExitReason.Time, ExitReason.Close, ExitReason.Flatten];

    [Property(MaxTest = 150)]
    public void Whatever_is_told_the_promises_hold(DoNotSize<int> any) => WalkOfNonsense(any.Item);

    [Property(MaxTest = 150)]
    public void With_a_broker_that_tells_the_truth_however_late_nothing_is_bought_twice_sold_twice_or_forgotten(DoNotSize<int> any) => WalkOfTruth(any.Item);

    /// <summary>Walks that once failed.</summary>
    [Theory]
    // The answer of a sell came after the person had said that the order, found late, is the robot's: it was asked once more.
    [InlineData(1441024896)]
    public void Walks_of_truth_that_failed_once_hold(int seed) => WalkOfTruth(seed);

    [Fact]
    public void The_walks_make_every_legal_move()
    {
        var made = new HashSet<(PositionStatus, Type, PositionStatus)>();
        foreach (var seed in Enumerable.Range(1, 40))
        {
            foreach (var journal in new[] { WalkOfNonsense(seed), WalkOfTruth(seed) })
            {
                var state = PositionState.Empty(Bench.Axsm);
                foreach (var fact in journal)
                {
                    var next = state.Apply(fact);
                    made.Add((state.Status, fact.GetType(), next.Status));
                    state = next;
                }
            }
        }

        var legal = PositionTransitions.Statuses
            .SelectMany(s => PositionTransitions.EventTypes.SelectMany(e => PositionTransitions.From(s, e).Select(t => (s, e, t))));
        Assert.Equal([], legal.Except(made).Select(m => $"{m.Item1} {m.Item2.Name} {m.Item3}"));
    }

    private static List<IPositionEvent> WalkOfNonsense(int seed)
    {
        var random = new Random(seed);
        var bench = Past(seed);
        for (var step = 0; step < 150; step++)
        {
            Drift(random, bench);
            Step(bench, Nonsense(random, bench), seed, step);
        }

        CheckReplay(bench, seed);
        return bench.Journal;
    }

    // Where walks seldom come by themselves they sometimes begin.
    private static Bench Past(int seed)
    {
        var bench = new Bench();
        switch (seed & 3)
        {
            case 1:
                bench.Enter();
                bench.Lose();
                bench.NotPlace();
                bench.Wait(1_000).Won();
                bench.NeedPerson(BlockCode.LateOrder, new OrderReference("AXSM-1-B1"), 99);
                break;
            case 2 or 3:
                bench.Held();
                bench.Exit(ExitReason.StopLoss);
                bench.Lose();
                bench.NotPlace();
                bench.ClearExit();
                if ((seed & 3) == 3)
                    bench.Lose();
                bench.Find(new OrderReference("AXSM-1-S1"));
                if ((seed & 7) == 7)
                    bench.NotPlace();
                if ((seed & 7) != 3)
                    break;
                bench.Settle(156m, order: new OrderReference("AXSM-1-S1"));
                bench.Accept();
                bench.Settle(156m);
                Assert.Equal(BlockCode.Oversold, bench.State.Blocked!.Code);
                break;
        }

        return bench;
    }

    private static List<IPositionEvent> WalkOfTruth(int seed)
    {
        var random = new Random(seed);
        var bench = new Bench();
        var broker = new WalkBroker(random);
        for (var step = 0; step < 200; step++)
        {
            Drift(random, bench);
            Step(bench, broker.FindInTime(bench) ?? broker.Tell(bench) ?? Wish(random, bench), seed, step);
            broker.Learn(bench);
            var where = $"seed {seed}, step {step}: {string.Join(", ", bench.Journal.TakeLast(6).Select(e => e.GetType().Name))}";
            Assert.True(broker.Held >= 0, $"more sold than bought; {where}");
            if (bench.State.Blocked is { } block)
                Assert.True(broker.IsRightToAsk(block, bench.Trade), $"{block}; {where}");
            if (bench.State is { Status: PositionStatus.Closed, Trade: { } trade } && !broker.MayStillArrive(trade))
                Assert.True(broker.Held == 0, $"CLOSED with {broker.Held} forgotten; {where}");
        }

        // Then the truth is told until nothing is left to tell: no walk may end stuck.
        bench.MaySell(true);
        for (var i = 0; i < 400 && !(bench.State is { Status: PositionStatus.Closed, Blocked: null } && broker.Held == 0 && broker.IsAtRest); i++)
        {
            bench.Wait(61);
            Step(bench, broker.Settle(bench) ?? new PositionCommand.CheckDue(), seed, 1000 + i);
            broker.Learn(bench);
        }

        Assert.True(
            bench.State is { Status: PositionStatus.Closed, Blocked: null } && broker.Held == 0 && broker.IsAtRest,
            $"seed {seed}: ends {bench.State.Status} ({bench.State.Blocked}) with {broker.Held} held");
        CheckReplay(bench, seed);
        return bench.Journal;
    }

    private static void Drift(Random random, Bench bench)
    {
        bench.Wait(random.Next(10) == 0 ? random.Next(600) : random.Next(0, 4_000) / 1_000.0);
        if (random.Next(12) == 0)
            bench.MaySell(random.Next(3) > 0);
        if (random.Next(20) == 0)
            bench.Context = bench.Context with { BrokerClockOffsetMs = random.Next(-3_000, 3_000) };
    }

    private static void Step(Bench bench, PositionCommand command, int seed, int step)
    {
        var before = bench.State;
        PositionDecision decision;
        try
        {
            // What was seen is journalled beside what follows from it, or not at all.
            decision = bench.Do(command, new EvidenceNoted(new OrderReference("AXSM-1-B1"), [new EvidenceNote(bench.Now, "verdict", "wait")], bench.Now));
        }
        catch (IllegalTransitionException e)
        {
            throw new InvalidOperationException($"seed {seed}, step {step}, {command}: {e.Message}", e);
        }

        var where = $"seed {seed}, step {step}, {command}: {Bench.Names(decision)}";
        foreach (var intent in decision.Events.OfType<EntryIntended>())
        {
            Assert.True(before.Status == PositionStatus.Closed, where);
            Assert.True(before.NoEntryBefore is null || before.NoEntryBefore <= bench.Now, where);
            Assert.True(before.Blocked is null, where);
            Assert.True(intent.Quantity > 0, where);
        }

        if (decision.Events.OfType<ExitIntended>().SingleOrDefault() is { } exit)
        {
            Assert.True(bench.Context.MaySell, where);
            Assert.True(exit.Quantity == bench.Trade.Held && exit.Quantity > 0, $"{where}: {exit.Quantity} of {bench.Trade.Held} held");
            // Only what the history has confirmed is sold, beside nothing that may still be on its way, and never while a question is open.
            Assert.True(bench.Trade.Orders.SkipLast(1).All(o => o.IsFinal), where);
            Assert.True(bench.State.Blocked is null && before.Trade!.ExitHold is null || decision.Events.Any(e => e is ExitCleared or PositionResolved or OrderFound), where);
        }

        // More than one only where orders that had been given up turned out to exist.
        var live = bench.State.Trade?.Orders.Where(o => !o.IsTerminal).ToList() ?? [];
        Assert.True(live.Count <= 1 || live.Count(o => !bench.Journal.OfType<OrderFound>().Any(f => f.Reference == o.Reference)) <= 1, $"{where}: {live.Count} orders on their way");
        Assert.True(bench.State.Status != PositionStatus.Open || bench.Trade.Held > 0, $"{where}: OPEN with nothing held");
        Assert.True(bench.State.Status != PositionStatus.Closed || bench.State.Trade is null || bench.Trade.Held == 0, $"{where}: CLOSED with {bench.State.Trade?.Held} held");
        Assert.True(decision.Events.Count != 1 || decision.Events[0] is not EvidenceNoted, where);
        Assert.True(decision.Ignored is null || decision.Events.All(e => e is ExitIntended or ExitRequested { Reason: ExitReason.Time }), $"{where}: refused ({decision.Ignored}), yet more than what was due");
    }

    private static void CheckReplay(Bench bench, int seed)
    {
        var references = bench.Journal.OfType<IOrderEvent>().Where(e => e is EntryIntended or ExitIntended).Select(e => e.Reference).ToList();
        Assert.True(references.Count == references.Distinct().Count(), $"seed {seed}: a reference was used twice");
        var replayed = PositionState.Empty(Bench.Axsm).ApplyAll(bench.Journal);
        Assert.True(Bench.Text(bench.State) == Bench.Text(replayed), $"seed {seed}: the replay differs");
    }

    private static PositionCommand Wish(Random random, Bench bench) => random.Next(6) switch
    {
        0 or 1 => new PositionCommand.IntendEntry(bench.Signal(), Bench.AxsmTicker, "USD", random.Next(1, 12) / 4m, null),
        2 => new PositionCommand.Exit(Wishes[random.Next(Wishes.Length)], 157m, random.Next(3) == 0 ? bench.State.TradeNumber : null),
        3 => new PositionCommand.Recover(),
        _ => new PositionCommand.CheckDue(),
    };

    // Anything about any order, true or not.
    private static PositionCommand Nonsense(Random random, Bench bench)
    {
        var orders = bench.State.Trade?.Orders ?? [];
        var lost = bench.State.GivenUp ?? [];
        var reference = lost.Count > 0 && random.Next(6) == 0 ? lost[random.Next(lost.Count)].Order.Reference : orders.Count == 0 || random.Next(25) == 0
            ? new OrderReference($"AXSM-{random.Next(4)}-{(random.Next(2) == 0 ? 'B' : 'S')}{random.Next(3)}")
            : orders[random.Next(random.Next(2) * (orders.Count - 1), orders.Count)].Reference;
        var quantity = random.Next(3) == 0 ? random.Next(-2, 14) / 4m : bench.State.Trade?.Find(reference)?.Quantity ?? 1m;
        var price = random.Next(15) == 0 ? 0m : random.Next(90, 110);
        var ids = Enumerable.Range(0, random.Next(3)).Select(_ => (long)random.Next(1, 1_000)).Concat(bench.State.Blocked?.OrderIds ?? []).ToList();
        if (bench.State.Blocked is null && random.Next(40) == 0)
            return new PositionCommand.NeedPerson((BlockCode)random.Next(7), "d", random.Next(3) == 0 ? null : reference, ids);
        if (bench.State.Blocked is not null && random.Next(4) == 0)
            return new PositionCommand.Resolve((Resolution)random.Next(3), ids.Count == 0 || random.Next(3) == 0 ? null : ids[random.Next(ids.Count)]);
        return random.Next(15) switch
        {
            10 => bench.State.Blocked is null ? Wish(random, bench) : new PositionCommand.NeedPerson((BlockCode)random.Next(7), "d", random.Next(3) == 0 ? null : reference, ids),
            11 => new PositionCommand.AdjustHolding((AdjustmentReason)random.Next(3), bench.State.TradeNumber, quantity - 1.5m, price, ids, "d"),
            12 => new PositionCommand.ClearExit(bench.State.TradeNumber, bench.State.Trade?.ExitHold?.Since ?? bench.Now, "d"),
            13 => new PositionCommand.RecordNotPlaced(reference),
            14 => new PositionCommand.RecordOutcome(reference, new OrderOutcome.Rejected(PositionRules.NotOwnedCode, "d")),
            0 => new PositionCommand.RecordOutcome(reference, new OrderOutcome.Accepted(random.Next(1, 1_000))),
            1 => new PositionCommand.RecordOutcome(reference, new OrderOutcome.Accepted(random.Next(1, 1_000))),
            2 => new PositionCommand.RecordOutcome(reference, random.Next(2) == 0 ? new OrderOutcome.Rejected("c", "d") : new OrderOutcome.NotExecuted("d")),
            3 => new PositionCommand.RecordOutcome(reference, new OrderOutcome.Unknown("d")),
            4 => new PositionCommand.RecordFound(reference, random.Next(1, 1_000), "history"),
            5 => new PositionCommand.RecordNotPlaced(reference),
            6 => new PositionCommand.RecordFillEstimate(reference, quantity, price, bench.Now),
            7 => new PositionCommand.RecordSettlement(
                reference,
                random.Next(2) == 0 ? "FILLED" : "CANCELLED",
                random.Next(4) == 0 ? [] : [bench.Fill(quantity, price), .. random.Next(4) == 0 ? [bench.Fill(0.25m, price)] : Array.Empty<Fill>()]),
            _ => Wish(random, bench),
        };
    }
}
