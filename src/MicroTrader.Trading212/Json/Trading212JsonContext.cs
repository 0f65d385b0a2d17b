using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>The wire's serializer: generated, no reflection. Reads tolerantly (unknown fields, numbers in quotes), writes exactly (no null is ever sent).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(TolerantDateTimeOffsetConverter)])]
[JsonSerializable(typeof(AccountSummary))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(IReadOnlyList<Order>), TypeInfoPropertyName = "Orders")]
[JsonSerializable(typeof(IReadOnlyList<Position>), TypeInfoPropertyName = "Positions")]
[JsonSerializable(typeof(IReadOnlyList<TradableInstrument>), TypeInfoPropertyName = "TradableInstruments")]
[JsonSerializable(typeof(IReadOnlyList<Exchange>), TypeInfoPropertyName = "Exchanges")]
[JsonSerializable(typeof(HistoryPage<HistoricalOrder>), TypeInfoPropertyName = "OrderHistory")]
[JsonSerializable(typeof(HistoryPage<DividendItem>), TypeInfoPropertyName = "DividendHistory")]
[JsonSerializable(typeof(HistoryPage<TransactionItem>), TypeInfoPropertyName = "TransactionHistory")]
[JsonSerializable(typeof(MarketOrderRequest))]
[JsonSerializable(typeof(LimitOrderRequest))]
[JsonSerializable(typeof(StopOrderRequest))]
[JsonSerializable(typeof(StopLimitOrderRequest))]
internal sealed partial class Trading212JsonContext : JsonSerializerContext;
