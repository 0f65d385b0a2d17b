using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>
/// The truth behind a random walk: an account that holds nothing but the robot's shares and sells only what is free. What it tells may be lost,
/// late or told twice, but it is never untrue.
/// </summary>
internal sealed class WalkBroker(Random random)
{
    private readonly Dictionary<OrderReference, Truth> _orders = [];
    private long _nextId = 1_000;

    private enum Arrival
    {
        NeverLeft,
        Refused,
        Placed,
    }

    /// <summary>Shares on the account.</summary>
    public decimal Held { get; private set; }

    private decimal Reserved => _orders.Values.Where(o => o.Side == OrderSide.Sell && !o.IsOver).Sum(o => o.Quantity);

    /// <summary>Whether nothing more can happen at the broker.</summary>
    public bool IsAtRest => _orders.Values.All(o => o.IsOver);

    /// <summary>Whether an order that the journal gave up exists after all.</summary>
    public bool MayStillArrive(TradeState trade) =>
        trade.Orders.Any(o => o.Status == OrderStatus.NotPlaced && _orders[o.Reference].Arrival == Arrival.Placed);

    /// <summary>Takes in new intents: the request leaves at once, and what becomes of it is decided here.</summary>
    public void Learn(Bench bench)
    {
        foreach (var order in bench.State.Trade?.Orders ?? [])
        {
            if (_orders.ContainsKey(order.Reference))
                continue;
            // Whether a sell is covered counts when it arrives; what earlier sells reserve is not free.
            var arrival = order.Side == OrderSide.Sell && Held - Reserved < order.Quantity
                ? Arrival.Refused
                : random.Next(8) switch { 0 => Arrival.NeverLeft, 1 => Arrival.Refused, _ => Arrival.Placed };
            _orders[order.Reference] = new Truth(order.Side, order.Quantity, arrival, _nextId++);
        }
    }

    /// <summary>
    /// A buy that was given up, exists and whose watch ends now: it is found in time, for what turns up after the watch needs the person
    /// and is no promise of the position's. Null where there is none.
    /// </summary>
    public PositionCommand? FindInTime(Bench bench) =>
        bench.State is { Status: PositionStatus.Closed, Trade.Entry: { Status: OrderStatus.NotPlaced } buy }
        && _orders[buy.Reference] is { Arrival: Arrival.Placed } truth
        && bench.State.NoEntryBefore <= bench.Now
            ? new PositionCommand.RecordFound(buy.Reference, truth.OrderId, "history")
            : null;

    /// <summary>
    /// The evidence that a held-back sell waits for, where it is there: no sell of ours reserves shares, and the account holds what the journal says.
    /// Null while it is not.
    /// </summary>
    public PositionCommand? FreeExit(Bench bench) =>
        bench.State is { Status: PositionStatus.Open, Trade: { ExitHold: { } hold } trade } && Reserved == 0 && Held >= trade.Held
            ? new PositionCommand.ClearExit(trade.Number, hold.Since, "the shares are there and free")
            : null;

    /// <summary>
    /// What the person answers, truly, to the only question that a truthful broker raises: an order that had been given up and exists. Null while the
    /// person has not looked yet, or is not asked.
    /// </summary>
    public static PositionCommand? PersonsAnswer(Bench bench) =>
        bench.State.Blocked is { } block ? new PositionCommand.Resolve(Resolution.Mine, Assert.Single(block.OrderIds)) : null;

    /// <summary>Whether the person is asked for a good reason.</summary>
    public bool IsRightToAsk(Block block, TradeState trade) =>
        block is { Code: BlockCode.LateOrder, Reference: { } reference, OrderIds: [var id] }
        && trade.Find(reference) is { Status: OrderStatus.NotPlaced }
        && _orders[reference] is { Arrival: Arrival.Placed } truth && truth.OrderId == id;

    /// <summary>Something true about an order of the present trade, at random; null for nothing.</summary>
    public PositionCommand? Tell(Bench bench)
    {
        if (bench.State.Trade is not { } trade || random.Next(4) == 0)
            return null;
        var order = trade.Orders[random.Next(trade.Orders.Count)];
        var truth = _orders[order.Reference];
        if (truth.Arrival == Arrival.Placed && !truth.IsOver && random.Next(2) == 0)
            End(truth, random.Next(5) switch { 0 => 0m, 1 => truth.Quantity / 2m, _ => truth.Quantity });
        return random.Next(9) switch
        {
            7 => FreeExit(bench),
            8 => PersonsAnswer(bench),
            0 => new PositionCommand.RecordOutcome(order.Reference, new OrderOutcome.Unknown("time-out")),
            1 => AnswerOf(order.Reference, truth),
            2 when truth.Arrival == Arrival.Placed => new PositionCommand.RecordFound(order.Reference, truth.OrderId, "history"),
            // Even an order that exists may not show within the settle window.
            3 => new PositionCommand.RecordNotPlaced(order.Reference),
            4 when truth.IsOver && truth.Filled == truth.Quantity => new PositionCommand.RecordFillEstimate(order.Reference, truth.Quantity, 157m, bench.Now),
            5 or 6 when truth is { Arrival: Arrival.Placed, IsOver: true } => Settlement(order.Reference, truth, bench),
            _ => null,
        };
    }

    /// <summary>The next true thing that the position still waits for; null when it waits for nothing.</summary>
    public PositionCommand? Settle(Bench bench)
    {
        if (PersonsAnswer(bench) is { } answer)
            return answer;
        foreach (var order in bench.State.Trade?.Orders ?? [])
        {
            var truth = _orders[order.Reference];
            if (truth.Arrival == Arrival.Placed && !truth.IsOver)
                End(truth, truth.Quantity);
            if (order.IsUncertain)
                return AnswerOf(order.Reference, truth);
            if (order.Status == OrderStatus.NotPlaced && truth.Arrival == Arrival.Placed && bench.State.Status is PositionStatus.Closed or PositionStatus.Open
                && order.Side == (bench.State.Status == PositionStatus.Closed ? OrderSide.Buy : OrderSide.Sell))
                return new PositionCommand.RecordFound(order.Reference, truth.OrderId, "history");
            if (order.Status is OrderStatus.Accepted or OrderStatus.FilledProvisionally)
                return Settlement(order.Reference, truth, bench);
        }

        return FreeExit(bench);
    }

    private static PositionCommand.RecordOutcome AnswerOf(OrderReference reference, Truth truth) => new(reference, truth.Arrival switch
    {
        Arrival.NeverLeft => new OrderOutcome.NotExecuted("connection refused"),
        Arrival.Refused => new OrderOutcome.Rejected("selling-equity-not-owned", "no"),
        _ => new OrderOutcome.Accepted(truth.OrderId),
    });

    private static PositionCommand.RecordSettlement Settlement(OrderReference reference, Truth truth, Bench bench) => new(
        reference,
        truth.Filled == truth.Quantity ? "FILLED" : "CANCELLED",
        truth.Filled == 0 ? [] : [bench.Fill(truth.Filled, 157m)]);

    private void End(Truth truth, decimal filled)
    {
        truth.Filled = filled;
        truth.HasEnded = true;
        Held += truth.Side == OrderSide.Buy ? filled : -filled;
    }

    private sealed class Truth(OrderSide side, decimal quantity, Arrival arrival, long orderId)
    {
        public OrderSide Side => side;

        public decimal Quantity => quantity;

        public Arrival Arrival => arrival;

        public long OrderId => orderId;

        public decimal Filled { get; set; }

        public bool HasEnded { get; set; }

        public bool IsOver => HasEnded || arrival != Arrival.Placed;
    }
}
