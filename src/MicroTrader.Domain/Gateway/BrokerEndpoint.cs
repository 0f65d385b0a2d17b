namespace MicroTrader.Domain.Gateway;

/// <summary>An endpoint of the broker that has a limit of its own.</summary>
public enum BrokerEndpoint
{
    /// <summary>POST orders/market.</summary>
    PlaceOrder,

    /// <summary>GET orders: all that are pending.</summary>
    PendingOrders,

    /// <summary>GET orders/{id}.</summary>
    OrderById,

    /// <summary>GET positions.</summary>
    Positions,

    /// <summary>GET account/summary.</summary>
    AccountSummary,

    /// <summary>GET history/orders.</summary>
    OrderHistory,

    /// <summary>DELETE orders/{id}.</summary>
    CancelOrder,
}

/// <summary>What a request is for. A lower value goes first.</summary>
public enum RequestPriority
{
    /// <summary>Leaves a position, or finds out what a buy has brought: until that is known its shares cannot be sold.</summary>
    Exit,

    /// <summary>Finds out what became of an order whose answer was lost, or of a sell that came to nothing.</summary>
    Doubt,

    /// <summary>Finds out what is, and the figures of trades that are over.</summary>
    Reconciliation,

    /// <summary>Begins a trade.</summary>
    Entry,

    /// <summary>Looks at the broker's own price of a holding: worth a request that nobody else wants.</summary>
    Price,
}
