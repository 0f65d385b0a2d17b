using System.Text.Json;
using System.Text.Json.Serialization;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Actors.Journal;

/// <summary>The journal's JSON: camel case, enums by name, names of ours as plain strings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(SymbolConverter), typeof(TickerConverter), typeof(OrderReferenceConverter)])]
[JsonSerializable(typeof(EntryIntended))]
[JsonSerializable(typeof(ExitIntended))]
[JsonSerializable(typeof(ExitRequested))]
[JsonSerializable(typeof(OrderAccepted))]
[JsonSerializable(typeof(OrderRejected))]
[JsonSerializable(typeof(OrderNotExecuted))]
[JsonSerializable(typeof(OrderOutcomeUnknown))]
[JsonSerializable(typeof(OrderFound))]
[JsonSerializable(typeof(OrderNotPlaced))]
[JsonSerializable(typeof(OrderFillEstimated))]
[JsonSerializable(typeof(OrderSettled))]
[JsonSerializable(typeof(TradeClosed))]
[JsonSerializable(typeof(PositionBlocked))]
[JsonSerializable(typeof(PositionResolved))]
[JsonSerializable(typeof(HoldingAdjusted))]
[JsonSerializable(typeof(ExitCleared))]
[JsonSerializable(typeof(LateEntryAdopted))]
[JsonSerializable(typeof(EvidenceNoted))]
[JsonSerializable(typeof(PositionState))]
[JsonSerializable(typeof(ForeignOrdersSeen))]
[JsonSerializable(typeof(TradingStateChanged))]
[JsonSerializable(typeof(TradingDayBegan))]
[JsonSerializable(typeof(TradeTaken))]
[JsonSerializable(typeof(CoolDownBegan))]
[JsonSerializable(typeof(DailyLossReached))]
[JsonSerializable(typeof(RiskSnapshot))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;

internal sealed class SymbolConverter : JsonConverter<Symbol>
{
    public override Symbol Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Symbol.TryParse(reader.GetString(), out var symbol) ? symbol : throw new JsonException("not a symbol");

    public override void Write(Utf8JsonWriter writer, Symbol value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class TickerConverter : JsonConverter<Ticker>
{
    public override Ticker Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text ? new Ticker(text) : throw new JsonException("not a ticker");

    public override void Write(Utf8JsonWriter writer, Ticker value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class OrderReferenceConverter : JsonConverter<OrderReference>
{
    public override OrderReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text ? new OrderReference(text) : throw new JsonException("not a reference");

    public override void Write(Utf8JsonWriter writer, OrderReference value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
