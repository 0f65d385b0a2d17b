namespace MicroTrader.Simulators.Paper;

/// <summary>Kind of an order, as the venue's <c>type</c> names it.</summary>
public enum PaperOrderType
{
    /// <summary>MARKET: executes at the next price.</summary>
    Market,

    /// <summary>LIMIT: executes at the limit price or better.</summary>
    Limit,

    /// <summary>STOP: becomes a market order once the last price reaches the stop price.</summary>
    Stop,

    /// <summary>STOP_LIMIT: becomes a limit order once the last price reaches the stop price.</summary>
    StopLimit,
}
