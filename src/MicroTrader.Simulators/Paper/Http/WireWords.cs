using System.Diagnostics.CodeAnalysis;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>The wire's words for the enums, both ways.</summary>
internal static class WireWords
{
    public const string TimeValidities = "DAY and GOOD_TILL_CANCEL";

    public static string Of(PaperOrderType type) => type switch
    {
        PaperOrderType.Market => "MARKET",
        PaperOrderType.Limit => "LIMIT",
        PaperOrderType.Stop => "STOP",
        PaperOrderType.StopLimit => "STOP_LIMIT",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No word for this order type."),
    };

    public static string Of(PaperTimeValidity validity) => validity switch
    {
        PaperTimeValidity.Day => "DAY",
        PaperTimeValidity.GoodTillCancel => "GOOD_TILL_CANCEL",
        _ => throw new ArgumentOutOfRangeException(nameof(validity), validity, "No word for this time validity."),
    };

    public static string Of(PaperOrderStatus status) => status switch
    {
        PaperOrderStatus.New => "NEW",
        PaperOrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        PaperOrderStatus.Filled => "FILLED",
        PaperOrderStatus.Cancelled => "CANCELLED",
        PaperOrderStatus.Rejected => "REJECTED",
        PaperOrderStatus.Cancelling => "CANCELLING",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No word for this order status."),
    };

    public static string Of(PaperFillType type) => type switch
    {
        PaperFillType.Trade => "TRADE",
        PaperFillType.StockSplit => "STOCK_SPLIT",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No word for this fill type."),
    };

    /// <summary>The description requires no validity; its example is DAY.</summary>
    public static bool TryRead(string? word, [NotNullWhen(true)] out PaperTimeValidity? validity)
    {
        validity = word switch
        {
            null or "DAY" => PaperTimeValidity.Day,
            "GOOD_TILL_CANCEL" => PaperTimeValidity.GoodTillCancel,
            _ => null,
        };
        return validity is not null;
    }
}
