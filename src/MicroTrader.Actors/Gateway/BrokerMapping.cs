using MicroTrader.Domain.Market;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Trading212;
using Fee = MicroTrader.Domain.Orders.Fee;
using OrderOutcome = MicroTrader.Domain.Orders.OrderOutcome;
using OrderSide = MicroTrader.Domain.Orders.OrderSide;
using Wire = MicroTrader.Trading212;

namespace MicroTrader.Actors.Gateway;

/// <summary>Maps the broker's wire to the domain's outcomes and evidence. Nothing else knows both.</summary>
internal static class BrokerMapping
{
    /// <summary>What became of sending an order.</summary>
    public static OrderOutcome Outcome(PlaceOrderResult result) => result switch
    {
        PlaceOrderResult.Placed p => new OrderOutcome.Accepted(p.OrderId),
        PlaceOrderResult.Rejected r => new OrderOutcome.Rejected(Code(r.Problem), r.Problem.Detail),
        PlaceOrderResult.NotExecuted n => new OrderOutcome.NotExecuted($"{n.Reason}: {n.Detail}"),
        PlaceOrderResult.Unknown u => new OrderOutcome.Unknown(u.Detail),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result.GetType().Name, "no such result"),
    };

    /// <summary>Orders of the list of pending ones, or of one looked up; those without id or ticker say nothing and are left out.</summary>
    public static BrokerOrder? Order(Wire.Order order, IReadOnlyList<Domain.Orders.Fill>? fills = null) => order is { Id: { } id, ResolvedTicker: { Length: > 0 } ticker }
        ? new BrokerOrder(
            id,
            new Ticker(ticker),
            Side(order),
            order.AbsoluteQuantity,
            order.AbsoluteFilledQuantity ?? 0m,
            order.Status?.ToString().ToUpperInvariant() ?? "UNKNOWN",
            order.IsFinal,
            order.CreatedAt,
            order.InitiatedFrom switch
            {
                InitiatedFrom.Api => OrderOrigin.Api,
                null or InitiatedFrom.Unknown => OrderOrigin.NotGiven,
                _ => OrderOrigin.Other,
            },
            fills ?? [])
        : null;

    /// <summary>
    /// Orders of history items. The broker gives one item a fill, so an order that was filled in parts comes as several: they are put together again.
    /// </summary>
    public static IReadOnlyList<BrokerOrder> History(IEnumerable<HistoricalOrder> items) =>
    [
        .. items
            .Where(i => i.Order?.Id is not null)
            .GroupBy(i => i.Order!.Id!.Value)
            .Select(g => Order(g.First().Order!, Fills(g)) is { } order ? order with { CorporateQuantity = Corporate(g) } : null)
            .OfType<BrokerOrder>(),
    ];

    /// <summary>Holdings by ticker; null if one of them makes no sense, because then none is evidence.</summary>
    public static IReadOnlyDictionary<Ticker, BrokerHolding>? Holdings(IEnumerable<Wire.Position> positions)
    {
        var holdings = new Dictionary<Ticker, BrokerHolding>();
        foreach (var position in positions)
        {
            if (position is not { Ticker: { Length: > 0 } name, Quantity: { } quantity })
                return null;
            var ticker = new Ticker(name);
            holdings[ticker] = new BrokerHolding(ticker, quantity, position.AveragePricePaid, position.CurrentPrice, position.CreatedAt);
        }

        return holdings;
    }

    private static OrderSide? Side(Wire.Order order) => order.Side switch
    {
        Wire.OrderSide.Buy => OrderSide.Buy,
        Wire.OrderSide.Sell => OrderSide.Sell,
        // Where no side is given, a negative quantity is a sale (POST orders/market takes it so).
        _ => order.Quantity switch
        {
            < 0 => OrderSide.Sell,
            > 0 => OrderSide.Buy,
            _ => null,
        },
    };

    // Pages may overlap where an order ended between two reads: a fill counts once.
    private static IReadOnlyList<Domain.Orders.Fill> Fills(IEnumerable<HistoricalOrder> items)
    {
        var fills = items.Select(i => Fill(i.Fill)).OfType<Domain.Orders.Fill>().ToList();
        return [.. fills.Where(f => f.FillId is null), .. fills.Where(f => f.FillId is not null).DistinctBy(f => f.FillId)];
    }

    // Splits and their like are fills of another type: they move the holding without being an execution.
    private static decimal? Corporate(IEnumerable<HistoricalOrder> items)
    {
        var moved = items.Where(i => i.Fill?.Type is not (null or FillType.Trade)).DistinctBy(i => i.Fill!.Id).Select(i => i.Fill!.Quantity ?? 0m).ToList();
        return moved.Count > 0 ? moved.Sum() : null;
    }

    private static Domain.Orders.Fill? Fill(Wire.Fill? fill)
    {
        if (fill is not { Quantity: { } quantity, Price: { } price, FilledAt: { } at } || quantity == 0)
            return null;
        // Corporate actions are fills of another type; they are no execution of this order.
        if (fill.Type is not (null or FillType.Trade))
            return null;
        var wallet = fill.WalletImpact;
        return new Domain.Orders.Fill(
            fill.Id,
            Math.Abs(quantity),
            price,
            at,
            wallet?.NetValue is { } net ? Math.Abs(net) : null,
            wallet?.Currency,
            wallet?.FxRate,
            [.. (wallet?.Taxes ?? []).Where(t => t.Quantity is not null).Select(t => new Fee(t.Name?.ToString() ?? "UNKNOWN", Math.Abs(t.Quantity!.Value), t.Currency ?? wallet?.Currency ?? ""))]);
    }

    private static string Code(Problem problem)
    {
        var type = problem.Type.AsSpan().TrimEnd('/');
        var slash = type.LastIndexOf('/');
        var code = type[(slash + 1)..].ToString();
        return code.Length > 0 ? code : problem.Reason.ToString();
    }
}
