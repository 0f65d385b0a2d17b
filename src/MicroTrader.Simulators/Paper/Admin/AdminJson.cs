using System.Text.Json.Serialization;
using MicroTrader.Simulators.Paper.Http;

namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>Reads and writes the admin API's bodies; enums go by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(WireTimeConverter)])]
[JsonSerializable(typeof(AdminPriceRequest))]
[JsonSerializable(typeof(AdminFaultRequest))]
[JsonSerializable(typeof(AdminOrderRequest))]
[JsonSerializable(typeof(AdminResetRequest))]
[JsonSerializable(typeof(AdminStatistics))]
[JsonSerializable(typeof(PaperLedger))]
[JsonSerializable(typeof(PaperOrder))]
internal sealed partial class AdminJson : JsonSerializerContext;
