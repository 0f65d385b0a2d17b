using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Actors.Gateway;

/// <summary>
/// The orders that the gateway was asked for in this life, those of each symbol's newest trade and what of earlier ones is still under way: what it holds does not grow
/// with the number of trades. A position counts its trades in its journal and begins one only after the one before, so that a request for an earlier trade than the
/// newest can only be a repetition, and is known for one without its reference being remembered. What was asked of another life is refused by its age.
/// </summary>
internal sealed class OrderMemory
{
    private readonly Dictionary<OrderReference, GatewayOrder> _orders = [];
    private readonly Dictionary<Symbol, long> _newest = [];

    /// <summary>Orders that something is left to do for.</summary>
    public IEnumerable<GatewayOrder> Live => _orders.Values.Where(o => !o.Retired);

    /// <summary>Orders whose end is being found out here, now.</summary>
    public int UnderWay => _orders.Values.Count(o => o is { Retired: false, IsIdle: false });

    /// <summary>How many are remembered.</summary>
    public int Count => _orders.Count;

    /// <summary>An order that something is left to do for; null where there is none by this reference.</summary>
    public GatewayOrder? Find(OrderReference reference) => _orders.TryGetValue(reference, out var order) && !order.Retired ? order : null;

    /// <summary>Whether an order was asked for before.</summary>
    public bool WasAsked(OrderTicket ticket) => _orders.ContainsKey(ticket.Reference) || ticket.TradeNumber < _newest.GetValueOrDefault(ticket.Symbol);

    /// <summary>Remembers an order, in place of what was known by its reference.</summary>
    public void Put(GatewayOrder order) => _orders[order.Ticket.Reference] = order;

    /// <summary>
    /// A symbol asks for an order. With the first of a trade what is over of those before is forgotten. What is followed still, or has no answer yet, stays until it ends.
    /// </summary>
    /// <param name="ticket">What is asked for.</param>
    /// <returns>Orders of earlier trades that nothing will be found out of here any more: their actors are to be stopped.</returns>
    public IReadOnlyList<GatewayOrder> Begin(OrderTicket ticket)
    {
        if (ticket.TradeNumber <= _newest.GetValueOrDefault(ticket.Symbol))
            return [];
        _newest[ticket.Symbol] = ticket.TradeNumber;
        var over = _orders.Values.Where(o => o.Ticket.Symbol == ticket.Symbol && o.Ticket.TradeNumber < ticket.TradeNumber && (o.Retired || o.IsIdle)).ToList();
        foreach (var order in over)
            _orders.Remove(order.Ticket.Reference);
        return [.. over.Where(o => !o.Retired)];
    }
}
