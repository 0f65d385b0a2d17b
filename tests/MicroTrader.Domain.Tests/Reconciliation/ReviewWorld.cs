using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Tests.Positions;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Domain.Tests.Reconciliation;

/// <summary>
/// A broker with one account on which the robot and a person trade the same ticker: orders arrive or not, show late, fill in part; answers are lost; reads
/// fail. In a wild world orders show later than the settle window, the person sells the robot's shares, another program places the same orders, and shares split.
/// </summary>
internal sealed class ReviewWorld(Random random, Bench bench, bool wild)
{
    private readonly List<Order> _orders = [];
    private readonly HashSet<OrderReference> _learned = [];
    private readonly List<(DateTimeOffset At, OrderReference Reference, OrderOutcome Answer)> _answers = [];
    private long _nextId = 1_000;

    /// <summary>Shares on the account that are the person's.</summary>
    public decimal Persons { get; private set; }

    /// <summary>Shares on the account that the robot's orders brought and did not take: negative where they took the person's.</summary>
    public decimal Robots => _orders.Where(o => o.Reference is not null).Sum(o => o.Side == OrderSide.Buy ? o.Filled : -o.Filled);

    public decimal Account => Persons + Robots;

    public bool IsAtRest => _orders.All(o => o.IsOver) && bench.State is { Status: PositionStatus.Closed, Blocked: null };

    private decimal Reserved => _orders.Where(o => o is { Side: OrderSide.Sell, IsOver: false }).Sum(o => o.Quantity);

    /// <summary>Takes in new intents: what becomes of their requests is decided here.</summary>
    public void Learn()
    {
        foreach (var intent in bench.State.Trade?.Orders.Where(o => _learned.Add(o.Reference)).ToList() ?? [])
        {
            var fate = random.Next(10);
            var refused = intent.Side == OrderSide.Sell && Account - Reserved < intent.Quantity;
            OrderOutcome truth = refused
                ? new OrderOutcome.Rejected(PositionRules.NotOwnedCode, "no")
                : fate switch
                {
                    0 => new OrderOutcome.NotExecuted("connection refused"),
                    1 => new OrderOutcome.Rejected("c", "no"),
                    2 => new OrderOutcome.Unknown("never left"),
                    _ => new OrderOutcome.Accepted(Place(intent.Side, intent.Quantity, OrderOrigin.Api, intent.Reference).Id),
                };
            // An answer that is lost may still come, much later.
            var answers = random.Next(3) == 0 ? new OrderOutcome[] { new OrderOutcome.Unknown("time-out") } : [truth];
            if (answers[0] != truth && random.Next(4) == 0)
                answers = [answers[0], truth];
            _answers.AddRange(answers.Select((a, i) => (bench.Now.AddSeconds((i * 20) + (random.Next(100) / 100.0)), intent.Reference, a)));
        }
    }

    /// <summary>The next thing that is told without asking: an answer, or what following an accepted order showed; null for nothing.</summary>
    public PositionCommand? Tell()
    {
        var due = _answers.FirstOrDefault(a => a.At <= bench.Now);
        if (due.Answer is not null)
        {
            _answers.Remove(due);
            return new PositionCommand.RecordOutcome(due.Reference, due.Answer);
        }

        foreach (var order in bench.State.Trade?.Orders ?? [])
        {
            if (order.Status is not (OrderStatus.Accepted or OrderStatus.FilledProvisionally) || _orders.Find(o => o.Id == order.OrderId) is not { IsOver: true } truth)
                continue;
            if (order is { Side: OrderSide.Buy, Status: OrderStatus.Accepted } && truth.Filled == truth.Quantity && random.Next(2) == 0)
                return new PositionCommand.RecordFillEstimate(order.Reference, truth.Filled, 157m, bench.Now);
            if (truth.ShowsAt <= bench.Now)
                return new PositionCommand.RecordSettlement(order.Reference, truth.Filled == truth.Quantity ? "FILLED" : "CANCELLED", truth.Filled == 0 ? [] : [bench.Fill(truth.Filled, 157m)]);
        }

        return null;
    }

    /// <summary>Lets time do its work: orders fill or end, the person trades, another program does.</summary>
    public void Happen(bool calm = false)
    {
        foreach (var order in _orders.Where(o => !o.IsOver && (calm || random.Next(3) == 0)))
        {
            order.IsOver = true;
            order.Filled = calm ? order.Quantity : random.Next(6) switch { 0 => 0m, 1 => order.Quantity / 2m, _ => order.Quantity };
        }

        if (calm)
            return;
        var free = Account - Reserved;
        var persons = wild ? free : Math.Min(free, Persons);
        switch (random.Next(30))
        {
            case 0:
                ByPerson(OrderSide.Buy, random.Next(1, 9) / 4m);
                break;
            case 1 when persons > 0:
                ByPerson(OrderSide.Sell, random.Next(2) == 0 ? persons : persons / 2m);
                break;
            case 2 when wild && random.Next(3) == 0:
                Place(random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell, random.Next(1, 5) / 4m, OrderOrigin.Api, null);
                break;
            case 3 when wild && Account > 0 && _orders.Count(o => o.Corporate is not null) < 3:
                _orders.Add(new Order(_nextId++, null, OrderSide.Buy, Account, bench.Now, bench.Now, OrderOrigin.Other) { IsOver = true, Corporate = Account });
                Persons += Account;
                break;
        }
    }

    /// <summary>Reads the broker: now, and each read may fail.</summary>
    public Evidence Read(bool mayFail)
    {
        bool Fails() => mayFail && random.Next(6) == 0;
        var shown = _orders.Where(o => o.ShowsAt <= bench.Now).ToList();
        var noHistory = Fails();
        return new Evidence(
            Fails() ? null : [.. shown.Where(o => !o.IsOver).Select(Show)],
            bench.Now,
            noHistory ? null : [.. shown.Where(o => o.IsOver).Select(Show).Reverse()],
            bench.Now,
            noHistory ? null : Bench.Start.AddDays(-1),
            Fails() ? null : new Dictionary<Ticker, BrokerHolding> { [Bench.AxsmTicker] = new(Bench.AxsmTicker, Account, 157m, 157m) },
            bench.Now);
    }

    /// <summary>What the person answers: the truth as far as it can be said, or in a wild world anything.</summary>
    public PositionCommand.Resolve Answer(Block block)
    {
        var ours = block.OrderIds.Where(id => _orders.Any(o => o.Id == id && o.Reference == block.Reference)).ToList();
        if (wild && random.Next(3) > 0)
            return new PositionCommand.Resolve((Resolution)random.Next(3), block.OrderIds.Count == 0 || random.Next(3) == 0 ? null : block.OrderIds[random.Next(block.OrderIds.Count)]);
        if (block.OrderIds.Count == 0 || block.Reference is null)
            return new PositionCommand.Resolve(Account >= (bench.State.Trade?.Held ?? 0m) ? Resolution.Mine : Resolution.NotMine, null);
        return ours.Count > 0 ? new PositionCommand.Resolve(Resolution.Mine, ours[0]) : new PositionCommand.Resolve(Resolution.NotMine, null);
    }

    private void ByPerson(OrderSide side, decimal quantity)
    {
        _orders.Add(new Order(_nextId++, null, side, quantity, bench.Now, bench.Now, OrderOrigin.Other) { IsOver = true, Filled = quantity });
        Persons += side == OrderSide.Buy ? quantity : -quantity;
    }

    private Order Place(OrderSide side, decimal quantity, OrderOrigin origin, OrderReference? reference)
    {
        var order = new Order(_nextId++, reference, side, quantity, bench.Now, bench.Now.AddSeconds(random.Next(wild && random.Next(4) == 0 ? 2_000 : 20)), origin);
        _orders.Add(order);
        return order;
    }

    private BrokerOrder Show(Order o) => new(
        o.Id,
        Bench.AxsmTicker,
        o.Side,
        o.Quantity,
        o.Filled,
        o.IsOver ? o.Filled == o.Quantity ? "FILLED" : "CANCELLED" : "NEW",
        o.IsOver,
        o.CreatedAt,
        o.Origin,
        o.Filled > 0 ? [bench.Fill(o.Filled, 157m)] : [])
    {
        CorporateQuantity = o.Corporate,
    };

    private sealed record Order(long Id, OrderReference? Reference, OrderSide Side, decimal Quantity, DateTimeOffset CreatedAt, DateTimeOffset ShowsAt, OrderOrigin Origin)
    {
        public bool IsOver { get; set; }

        public decimal Filled { get; set; }

        public decimal? Corporate { get; init; }
    }
}
