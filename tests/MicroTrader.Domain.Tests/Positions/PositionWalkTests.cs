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
        Assert.Empty(legal.Except(made));
    }

    private static List<IPositionEvent> WalkOfNonsense(int seed)
    {
        var random = new Random(seed);
        var bench = new Bench();
        for (var step = 0; step < 150; step++)
        {
            Drift(random, bench);
            Step(bench, Nonsense(random, bench), seed, step);
        }

        CheckReplay(bench, seed);
        return bench.Journal;
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
            if (bench.State is { Status: PositionStatus.Closed, Trade: { } trade } && !broker.MayStillArrive(trade))
                Assert.True(broker.Held == 0, $"CLOSED with {broker.Held} forgotten; {where}");
        }

        // Then the truth is told until nothing is left to tell: no walk may end stuck.
        bench.MaySell(true);
        for (var i = 0; i < 400 && !(bench.State.Status == PositionStatus.Closed && broker.Held == 0 && broker.IsAtRest); i++)
        {
            bench.Wait(61);
            Step(bench, broker.Settle(bench) ?? new PositionCommand.CheckDue(), seed, 1000 + i);
            broker.Learn(bench);
        }

        Assert.True(
            bench.State.Status == PositionStatus.Closed && broker.Held == 0 && broker.IsAtRest,
            $"seed {seed}: ends {bench.State.Status} with {broker.Held} held");
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
            decision = bench.Do(command);
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
            Assert.True(intent.Quantity > 0, where);
        }

        if (decision.Events.OfType<ExitIntended>().SingleOrDefault() is { } exit)
        {
            Assert.True(bench.Context.MaySell, where);
            Assert.True(exit.Quantity == bench.Trade.Held && exit.Quantity > 0, $"{where}: {exit.Quantity} of {bench.Trade.Held} held");
            Assert.True(before.Trade!.Orders.Where(o => o.Side == OrderSide.Sell).All(o => !o.IsUncertain || decision.Events.Count > 1), where);
        }

        var live = bench.State.Trade?.Orders.Count(o => !o.IsTerminal) ?? 0;
        Assert.True(live <= 1, $"{where}: {live} orders on their way");
        Assert.True(bench.State.Status != PositionStatus.Open || bench.Trade.Held > 0, $"{where}: OPEN with nothing held");
        Assert.True(bench.State.Status != PositionStatus.Closed || bench.State.Trade is null || bench.Trade.Held == 0, $"{where}: CLOSED with {bench.State.Trade?.Held} held");
        Assert.True(decision.Ignored is null || decision.Events.All(e => e is ExitIntended), $"{where}: refused ({decision.Ignored}), yet more than what was due");
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
        var reference = orders.Count == 0 || random.Next(25) == 0
            ? new OrderReference($"AXSM-{random.Next(4)}-{(random.Next(2) == 0 ? 'B' : 'S')}{random.Next(3)}")
            : orders[random.Next(random.Next(2) * (orders.Count - 1), orders.Count)].Reference;
        var quantity = random.Next(3) == 0 ? random.Next(-2, 14) / 4m : bench.State.Trade?.Find(reference)?.Quantity ?? 1m;
        var price = random.Next(15) == 0 ? 0m : random.Next(90, 110);
        return random.Next(10) switch
        {
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
