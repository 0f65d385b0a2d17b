namespace MicroTrader.Domain.Orders;

/// <summary>The words for the reasons of exits.</summary>
public static class ExitReasons
{
    /// <summary>The short upper-case word that log, page and command line show.</summary>
    public static string Code(this ExitReason reason) => reason switch
    {
        ExitReason.TakeProfit => "TP",
        ExitReason.StopLoss => "SL",
        ExitReason.Time => "TIME",
        ExitReason.Close => "CLOSE",
        ExitReason.Flatten => "FLATTEN",
        ExitReason.SessionEnd => "SESSION_END",
        ExitReason.Rejected => "REJECTED",
        ExitReason.NotExecuted => "NOT_EXECUTED",
        ExitReason.NotPlaced => "NOT_PLACED",
        ExitReason.Cancelled => "CANCELLED",
        ExitReason.ClosedByYou => "CLOSED_BY_YOU",
        ExitReason.HandedOver => "HANDED_OVER",
        ExitReason.TrailingStop => "TRAIL",
        ExitReason.FlatMomentum => "FLAT",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
