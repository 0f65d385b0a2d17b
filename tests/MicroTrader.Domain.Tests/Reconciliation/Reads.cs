using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Reconciliation;

/// <summary>What reads of the broker show, and what the comparison of one position with them says.</summary>
internal sealed class Reads(Bench bench)
{
    private long _nextId = 900;

    public static ReconciliationRules Rules { get; } = new();

    public List<BrokerOrder> Pending { get; } = [];

    public List<BrokerOrder> History { get; } = [];

    public decimal Account { get; set; }

    public DateTimeOffset ForeignSince { get; set; } = Bench.Start.AddHours(-1);

    public HashSet<long> KnownForeign { get; } = [];

    public JournalView View => new([bench.State], ForeignSince, KnownForeign);

    /// <summary>Every read, complete, in order, taken at the bench's time.</summary>
    public Evidence Evidence => new(
        [.. Pending],
        bench.Now,
        [.. History],
        bench.Now,
        Bench.Start.AddHours(-2),
        Account == 0 ? new Dictionary<Ticker, BrokerHolding>() : new() { [Bench.AxsmTicker] = new BrokerHolding(Bench.AxsmTicker, Account, 150m, 157m) },
        bench.Now);

    public IReadOnlyList<Finding> Review(Func<Evidence, Evidence>? change = null) =>
        Reconciler.Review(View, change is null ? Evidence : change(Evidence), Rules, bench.Now);

    public Finding Single(Func<Evidence, Evidence>? change = null) => Assert.Single(Review(change));

    public T Single<T>()
        where T : Finding => Assert.IsType<T>(Single());

    /// <summary>Tells the position what the comparison shows; the facts that follow.</summary>
    public string Tell(Finding finding) => Bench.Names(bench.Do(((Finding.OfSymbol)finding).ToCommand()!));

    /// <summary>An order by API that is pending, created now.</summary>
    public BrokerOrder ShowPending(OrderSide side = OrderSide.Buy, decimal quantity = 1m, OrderOrigin origin = OrderOrigin.Api)
    {
        var order = Order(side, quantity, origin) with { Status = "NEW", IsFinal = false, FilledQuantity = 0m, Fills = [] };
        Pending.Add(order);
        return order;
    }

    /// <summary>An order that was filled, created now.</summary>
    public BrokerOrder ShowFilled(OrderSide side = OrderSide.Buy, decimal quantity = 1m, OrderOrigin origin = OrderOrigin.Api, decimal price = 157m)
    {
        var order = Order(side, quantity, origin) with { Fills = [bench.Fill(quantity, price)] };
        History.Add(order);
        return order;
    }

    /// <summary>A sale by the person.</summary>
    public BrokerOrder PersonSells(decimal quantity, decimal price = 159m) => ShowFilled(OrderSide.Sell, quantity, OrderOrigin.Other, price);

    /// <summary>A split or the like.</summary>
    public BrokerOrder Split(decimal moved)
    {
        var order = Order(moved > 0 ? OrderSide.Buy : OrderSide.Sell, Math.Abs(moved), OrderOrigin.Other) with { CorporateQuantity = moved, Fills = [] };
        History.Add(order);
        return order;
    }

    private BrokerOrder Order(OrderSide side, decimal quantity, OrderOrigin origin) =>
        new(_nextId++, Bench.AxsmTicker, side, quantity, quantity, "FILLED", true, bench.Now, origin, []);
}
