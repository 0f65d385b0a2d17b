namespace MicroTrader.Simulators.Paper;

/// <summary>The endpoints that the paper broker answers; rate limits and faults are per endpoint.</summary>
public enum PaperEndpoint
{
    /// <summary>GET equity/account/summary.</summary>
    AccountSummary,

    /// <summary>GET equity/positions.</summary>
    Positions,

    /// <summary>GET equity/orders.</summary>
    PendingOrders,

    /// <summary>GET equity/orders/{id}.</summary>
    OrderById,

    /// <summary>POST equity/orders/market.</summary>
    PlaceMarketOrder,

    /// <summary>DELETE equity/orders/{id}.</summary>
    CancelOrder,

    /// <summary>GET equity/history/orders.</summary>
    HistoryOrders,

    /// <summary>GET equity/metadata/instruments.</summary>
    Instruments,

    /// <summary>GET equity/metadata/exchanges.</summary>
    Exchanges,

    /// <summary>POST equity/orders/limit.</summary>
    PlaceLimitOrder,

    /// <summary>POST equity/orders/stop.</summary>
    PlaceStopOrder,

    /// <summary>POST equity/orders/stop_limit.</summary>
    PlaceStopLimitOrder,

    /// <summary>GET equity/history/dividends.</summary>
    HistoryDividends,

    /// <summary>GET equity/history/transactions.</summary>
    HistoryTransactions,
}
