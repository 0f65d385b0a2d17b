namespace MicroTrader.Simulators.Paper;

/// <summary>What a key may do, by the scope names in the 403 answers of Trading 212's OpenAPI description.</summary>
[Flags]
public enum PaperScopes
{
    /// <summary>Nothing: every endpoint answers 403.</summary>
    None = 0,

    /// <summary><c>account</c>: account/summary.</summary>
    Account = 1,

    /// <summary><c>portfolio</c>: positions.</summary>
    Portfolio = 2,

    /// <summary><c>orders:read</c>: pending orders.</summary>
    OrdersRead = 4,

    /// <summary><c>orders:execute</c>: place and cancel.</summary>
    OrdersExecute = 8,

    /// <summary><c>history:orders</c>.</summary>
    HistoryOrders = 16,

    /// <summary><c>history:dividends</c>.</summary>
    HistoryDividends = 32,

    /// <summary><c>history:transactions</c>.</summary>
    HistoryTransactions = 64,

    /// <summary><c>metadata</c>: instruments and exchanges.</summary>
    Metadata = 128,

    /// <summary>Everything.</summary>
    All = Account | Portfolio | OrdersRead | OrdersExecute | HistoryOrders | HistoryDividends | HistoryTransactions | Metadata,
}
