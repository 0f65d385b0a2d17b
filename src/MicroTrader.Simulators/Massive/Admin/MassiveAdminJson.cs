using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Admin;

/// <summary>Reads and writes the admin API's bodies; enums go by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AdminTradeRequest))]
[JsonSerializable(typeof(AdminQuoteRequest))]
[JsonSerializable(typeof(AdminMarketRequest))]
[JsonSerializable(typeof(AdminMassiveFaultRequest))]
[JsonSerializable(typeof(AdminRefusal))]
[JsonSerializable(typeof(FakeMassiveStatistics))]
internal sealed partial class MassiveAdminJson : JsonSerializerContext;
