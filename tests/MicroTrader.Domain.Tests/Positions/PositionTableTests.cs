using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>Every state with every kind of fact: what is legal leads where the design says, what is not is a named error.</summary>
public sealed class PositionTableTests
{
    private const PositionStatus Closed = PositionStatus.Closed;
    private const PositionStatus Pending = PositionStatus.Pending;
    private const PositionStatus Open = PositionStatus.Open;
    private const PositionStatus PendingClose = PositionStatus.PendingClose;

    // The design's moves, written down a second time: the test must not ask the table what the table says.
    private static readonly Dictionary<(PositionStatus, Type), PositionStatus[]> Legal = new()
    {
        [(Closed, typeof(EntryIntended))] = [Pending],
        [(Closed, typeof(OrderFound))] = [Pending],
        [(Pending, typeof(OrderAccepted))] = [Pending],
        [(Pending, typeof(OrderRejected))] = [Pending],
        [(Pending, typeof(OrderNotExecuted))] = [Pending],
        [(Pending, typeof(OrderOutcomeUnknown))] = [Pending],
        [(Pending, typeof(OrderFound))] = [Pending],
        [(Pending, typeof(OrderNotPlaced))] = [Pending],
        [(Pending, typeof(ExitRequested))] = [Pending],
        [(Pending, typeof(OrderFillEstimated))] = [Open],
        [(Pending, typeof(OrderSettled))] = [Open, Pending],
        [(Pending, typeof(TradeClosed))] = [Closed],
        [(Open, typeof(OrderSettled))] = [Open, Pending],
        [(Open, typeof(ExitRequested))] = [Open],
        [(Open, typeof(ExitIntended))] = [PendingClose],
        [(Open, typeof(OrderFound))] = [PendingClose],
        [(PendingClose, typeof(OrderAccepted))] = [PendingClose],
        [(PendingClose, typeof(OrderRejected))] = [Open, PendingClose],
        [(PendingClose, typeof(OrderNotExecuted))] = [Open, PendingClose],
        [(PendingClose, typeof(OrderOutcomeUnknown))] = [PendingClose],
        [(PendingClose, typeof(OrderFound))] = [PendingClose],
        [(PendingClose, typeof(OrderNotPlaced))] = [Open, PendingClose],
        [(PendingClose, typeof(OrderFillEstimated))] = [PendingClose],
        [(PendingClose, typeof(OrderSettled))] = [PendingClose, Open],
        [(PendingClose, typeof(TradeClosed))] = [Closed],
        [(Open, typeof(HoldingAdjusted))] = [Open, PendingClose],
        [(PendingClose, typeof(HoldingAdjusted))] = [PendingClose],
        [(Open, typeof(ExitCleared))] = [Open],
        [(Closed, typeof(LateEntryAdopted))] = [Pending],
        [(Closed, typeof(PositionBlocked))] = [Closed],
        [(Pending, typeof(PositionBlocked))] = [Pending],
        [(Open, typeof(PositionBlocked))] = [Open],
        [(PendingClose, typeof(PositionBlocked))] = [PendingClose],
        [(Closed, typeof(PositionResolved))] = [Closed],
        [(Pending, typeof(PositionResolved))] = [Pending],
        [(Open, typeof(PositionResolved))] = [Open],
        [(PendingClose, typeof(PositionResolved))] = [PendingClose],
        [(Closed, typeof(EvidenceNoted))] = [Closed],
        [(Pending, typeof(EvidenceNoted))] = [Pending],
        [(Open, typeof(EvidenceNoted))] = [Open],
        [(PendingClose, typeof(EvidenceNoted))] = [PendingClose],
    };

    // Real states, each reached by the decisions of a real trade.
    private static readonly Dictionary<string, Action<Bench>> Pasts = new()
    {
        ["Closed, never traded"] = _ => { },
        ["Closed, traded"] = b => b.Won(),
        ["Closed, entry not placed"] = b => { b.Enter(); b.Lose(); b.NotPlace(); },
        ["Pending, intended"] = b => b.Enter(),
        ["Pending, unknown"] = b => { b.Enter(); b.Lose(); },
        ["Pending, accepted"] = b => { b.Enter(); b.Accept(); },
        ["Pending, exit wanted"] = b => { b.Enter(); b.Accept(); b.Exit(ExitReason.Close); },
        ["Open, provisional"] = b => { b.Enter(); b.Accept(); b.Estimate(157.5m); },
        ["Open, settled"] = b => b.Held(),
        ["Open, sell refused"] = b => { b.Held(); b.Exit(ExitReason.StopLoss); b.Reject(); },
        ["Open, sell not placed"] = b => { b.Held(); b.Exit(ExitReason.StopLoss); b.Lose(); b.NotPlace(); },
        ["Open, exit wanted while provisional"] = b => { b.Enter(); b.Accept(); b.Estimate(157.5m); b.Exit(ExitReason.Close); },
        ["Open, blocked"] = b => { b.Held(); b.NeedPerson(BlockCode.SharesMissing); },
        ["PendingClose, intended"] = b => { b.Held(2m); b.Exit(ExitReason.TakeProfit); },
        ["PendingClose, unknown"] = b => { b.Held(2m); b.Exit(ExitReason.TakeProfit); b.Lose(); },
        ["PendingClose, accepted"] = b => { b.Held(2m); b.Exit(ExitReason.TakeProfit); b.Accept(); },
        ["PendingClose, provisional"] = b => { b.Held(2m); b.Exit(ExitReason.TakeProfit); b.Accept(); b.Estimate(159m); },
        ["PendingClose, second sell intended, first found late"] = b => { SecondSell(b); b.Find(First); },
        ["PendingClose, second sell unknown, first found late"] = b => { SecondSell(b); b.Lose(); b.Find(First); },
        ["PendingClose, more sold than bought"] = b => { SecondSell(b); b.Accept(); b.Find(First); b.Settle(156m); b.Settle(156m, order: First); },
    };

    private static readonly OrderReference First = new("AXSM-1-S1");

    public static TheoryData<PositionStatus, string> Pairs()
    {
        var pairs = new TheoryData<PositionStatus, string>();
        foreach (var status in Enum.GetValues<PositionStatus>())
        {
            foreach (var type in PositionTransitions.EventTypes)
                pairs.Add(status, type.Name);
        }

        return pairs;
    }

    [Fact]
    public void Every_state_and_every_kind_of_fact_is_in_the_list()
    {
        var kinds = typeof(IPositionEvent).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IPositionEvent)));

        Assert.Equal(kinds.OrderBy(t => t.Name), PositionTransitions.EventTypes.OrderBy(t => t.Name));
        Assert.Equal(Enum.GetValues<PositionStatus>(), PositionTransitions.Statuses);
        Assert.Equal(72, Pairs().Count);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_fact_leads_where_the_design_says_or_is_an_error(PositionStatus status, string kind)
    {
        var type = PositionTransitions.EventTypes.Single(t => t.Name == kind);
        var expected = Legal.GetValueOrDefault((status, type)) ?? [];
        Assert.Equal(expected, PositionTransitions.From(status, type));

        var reached = new HashSet<PositionStatus>();
        foreach (var (name, past) in Pasts.Where(p => p.Key.StartsWith($"{status},", StringComparison.Ordinal)))
        {
            var bench = new Bench();
            past(bench);
            Assert.True(bench.State.Status == status, name);
            foreach (var fact in Facts(type, bench))
            {
                var before = Bench.Text(bench.State);
                try
                {
                    reached.Add(bench.State.Apply(fact).Status);
                }
                catch (IllegalTransitionException e)
                {
                    Assert.StartsWith($"position AXSM: {kind} cannot follow on {status}: ", e.Message);
                }

                Assert.Equal(before, Bench.Text(bench.State));
            }
        }

        // Every legal end is reached from some real state, no other from any.
        Assert.Equal(expected.Order(), reached.Order());
    }

    [Fact]
    public void A_fact_of_another_make_is_an_error() =>
        Assert.Throws<IllegalTransitionException>(() => new Bench().State.Apply(new Stranger(Bench.Start)));

    // One of each kind for each order of the trade, so that a fact is refused for what it is and not for a name that fits nothing.
    private static IEnumerable<IPositionEvent> Facts(Type type, Bench bench)
    {
        var at = bench.Now;
        var number = bench.State.TradeNumber;
        if (type == typeof(EntryIntended))
        {
            var buy = OrderReference.For(Bench.Axsm, number + 1, OrderSide.Buy, 1);
            return [new EntryIntended(number + 1, buy, Bench.AxsmTicker, "USD", 1m, bench.Signal(), 0, 0m, at)];
        }

        if (type == typeof(ExitIntended))
            return [new ExitIntended(OrderReference.For(Bench.Axsm, number, OrderSide.Sell, 9), 1m, ExitReason.TakeProfit, 159m, 0, at)];
        if (type == typeof(ExitRequested))
            return [new ExitRequested(ExitReason.Close, null, at)];
        if (type == typeof(TradeClosed))
            return [new TradeClosed(number, ExitReason.Cancelled, null, null, at)];
        if (type == typeof(PositionBlocked))
            return [new PositionBlocked(BlockCode.Ambiguous, "detail", null, [902, 903], at)];
        if (type == typeof(PositionResolved))
            return [new PositionResolved(Resolution.NotMine, null, [902, 903], "detail", at)];
        if (type == typeof(HoldingAdjusted))
            return [.. new[] { -2m, -1m, 1m }.Select(q => new HoldingAdjusted(AdjustmentReason.ClosedByYou, q, 157m, [904], "detail", at))];
        if (type == typeof(ExitCleared))
            return [new ExitCleared("detail", at)];
        if (type == typeof(LateEntryAdopted))
            return [new LateEntryAdopted(number + 1, new OrderReference("AXSM-1-B1"), Bench.AxsmTicker, "USD", 1m, bench.Signal(), 0, at, 905, at)];
        if (type == typeof(EvidenceNoted))
            return [new EvidenceNoted(new OrderReference("AXSM-1-B1"), [new EvidenceNote(at, "POST orders/market", "200")], at)];

        var references = bench.State.Trade?.Orders.Select(o => o.Reference) ?? [new OrderReference("AXSM-1-B1")];
        return references.SelectMany(r => OrderFacts(type, r, at));
    }

    private static IPositionEvent[] OrderFacts(Type type, OrderReference reference, DateTimeOffset at) => type.Name switch
    {
        nameof(OrderAccepted) => [new OrderAccepted(reference, 900, at)],
        nameof(OrderRejected) => [new OrderRejected(reference, "code", "detail", at)],
        nameof(OrderNotExecuted) => [new OrderNotExecuted(reference, "detail", at)],
        nameof(OrderOutcomeUnknown) => [new OrderOutcomeUnknown(reference, "detail", at)],
        nameof(OrderFound) => [new OrderFound(reference, 901, "history", at)],
        nameof(OrderNotPlaced) => [new OrderNotPlaced(reference, at.AddMinutes(15), at)],
        nameof(OrderFillEstimated) => [new OrderFillEstimated(reference, 1m, 157.5m, at, at)],
        nameof(OrderSettled) =>
        [
            new OrderSettled(reference, "FILLED", [new Fill(null, 1m, 157.5m, at, null, null, null, [])], at),
            new OrderSettled(reference, "FILLED", [new Fill(null, 2m, 157.5m, at, null, null, null, [])], at),
            new OrderSettled(reference, "CANCELLED", [], at),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Name, null),
    };

    private static void SecondSell(Bench bench)
    {
        bench.Held();
        bench.Exit(ExitReason.StopLoss);
        bench.Lose();
        bench.NotPlace();
        bench.ClearExit();
    }

    private sealed record Stranger(DateTimeOffset At) : IPositionEvent;
}
