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
    /// <summary>Leaves a position, or finds out what became of an order that does.</summary>
    Exit,

    /// <summary>Finds out what is.</summary>
    Reconciliation,

    /// <summary>Begins a trade.</summary>
    Entry,

    /// <summary>Looks at the broker's own price of a holding: worth a request that nobody else wants.</summary>
    Price,
}
