namespace MicroTrader.Contract.Tests;

/// <summary>
/// What the paper broker always says. The description names no required field, so that an empty object would pass: these are the fields of captured answers that apply to
/// every item of the kind.
/// </summary>
internal static class PaperPromises
{
    public static SchemaRules Rules { get; } = SchemaRules.Answer with
    {
        Required = new Dictionary<string, string[]>
        {
            ["AccountSummary"] = ["id", "currency", "totalValue", "cash", "investments"],
            ["Cash"] = ["availableToTrade", "reservedForOrders", "inPies"],
            ["Investments"] = ["currentValue", "totalCost", "realizedProfitLoss", "unrealizedProfitLoss"],
            ["Order"] = ["id", "ticker", "instrument", "type", "side", "status", "strategy", "quantity", "filledQuantity", "currency", "createdAt", "extendedHours", "initiatedFrom"],
            ["Instrument"] = ["ticker", "name", "currency"],
            ["Position"] = ["instrument", "quantity", "quantityAvailableForTrading", "quantityInPies", "averagePricePaid", "currentPrice", "createdAt", "walletImpact"],
            ["PositionWalletImpact"] = ["currency", "totalCost", "currentValue", "unrealizedProfitLoss"],
            ["HistoricalOrder"] = ["order"],
            ["Fill"] = ["id", "type", "quantity", "price", "filledAt", "tradingMethod", "walletImpact"],
            ["FillWalletImpact"] = ["currency", "fxRate", "netValue", "taxes"],
            ["Tax"] = ["name", "quantity", "currency", "chargedAt"],
            ["TradableInstrument"] = ["ticker", "type", "shortName", "name", "currencyCode", "workingScheduleId", "maxOpenQuantity", "extendedHours", "addedOn"],
            ["Exchange"] = ["id", "name", "workingSchedules"],
            ["WorkingSchedule"] = ["id", "timeEvents"],
            ["TimeEvent"] = ["date", "type"],
            ["PaginatedResponseHistoricalOrder"] = ["items", "nextPagePath"],
            ["PaginatedResponseHistoryDividendItem"] = ["items", "nextPagePath"],
            ["PaginatedResponseHistoryTransactionItem"] = ["items", "nextPagePath"],
            ["HistoryDividendItem"] = ["ticker", "reference", "quantity", "amount", "currency", "paidOn", "type"],
            ["HistoryTransactionItem"] = ["type", "amount", "currency", "dateTime", "reference"],
        },
    };
}
