namespace MicroTrader.Simulators.Paper;

/// <summary>Kind of an order with the prices and the validity that belong to it. Prices are per share in the instrument's currency.</summary>
public sealed record PaperOrderTerms
{
    private PaperOrderTerms(PaperOrderType type, decimal? limitPrice, decimal? stopPrice, PaperTimeValidity? timeValidity)
    {
        Type = type;
        LimitPrice = limitPrice;
        StopPrice = stopPrice;
        TimeValidity = timeValidity;
    }

    /// <summary>A market order.</summary>
    public static PaperOrderTerms Market { get; } = new(PaperOrderType.Market, null, null, null);

    /// <summary>Kind of the order.</summary>
    public PaperOrderType Type { get; }

    /// <summary>Worst price at which a limit or stop-limit order executes; null for the others.</summary>
    public decimal? LimitPrice { get; }

    /// <summary>Last price that sets a stop or stop-limit order off; null for the others.</summary>
    public decimal? StopPrice { get; }

    /// <summary>How long the order stays; null for a market order.</summary>
    public PaperTimeValidity? TimeValidity { get; }

    /// <summary>An order that executes at the limit price or better.</summary>
    /// <param name="limitPrice">Worst price per share.</param>
    /// <param name="validity">How long it stays.</param>
    /// <returns>The terms.</returns>
    public static PaperOrderTerms Limit(decimal limitPrice, PaperTimeValidity validity = PaperTimeValidity.Day) =>
        new(PaperOrderType.Limit, limitPrice, null, validity);

    /// <summary>An order that becomes a market order at the stop price.</summary>
    /// <param name="stopPrice">Last price per share that sets it off: at or above for a buy, at or below for a sale.</param>
    /// <param name="validity">How long it stays.</param>
    /// <returns>The terms.</returns>
    public static PaperOrderTerms Stop(decimal stopPrice, PaperTimeValidity validity = PaperTimeValidity.Day) =>
        new(PaperOrderType.Stop, null, stopPrice, validity);

    /// <summary>An order that becomes a limit order at the stop price.</summary>
    /// <param name="stopPrice">Last price per share that sets it off: at or above for a buy, at or below for a sale.</param>
    /// <param name="limitPrice">Worst price per share.</param>
    /// <param name="validity">How long it stays.</param>
    /// <returns>The terms.</returns>
    public static PaperOrderTerms StopLimit(decimal stopPrice, decimal limitPrice, PaperTimeValidity validity = PaperTimeValidity.Day) =>
        new(PaperOrderType.StopLimit, limitPrice, stopPrice, validity);
}
