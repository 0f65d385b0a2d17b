using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>
/// Reads and writes the wire records. They are written anew here from openapi.yaml, so that a mistake in the client's
/// records is not mirrored. A null is left out of an answer.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireTimeConverter)])]
[JsonSerializable(typeof(WireAccountSummary))]
[JsonSerializable(typeof(IReadOnlyList<WirePosition>))]
[JsonSerializable(typeof(IReadOnlyList<WireOrder>))]
[JsonSerializable(typeof(WireHistoryPage))]
[JsonSerializable(typeof(IReadOnlyList<WireTradableInstrument>))]
[JsonSerializable(typeof(IReadOnlyList<WireExchange>))]
[JsonSerializable(typeof(WireProblem))]
[JsonSerializable(typeof(WireDividendPage))]
[JsonSerializable(typeof(WireTransactionPage))]
[JsonSerializable(typeof(WireMarketRequest))]
[JsonSerializable(typeof(WireLimitRequest))]
[JsonSerializable(typeof(WireStopRequest))]
[JsonSerializable(typeof(WireStopLimitRequest))]
internal sealed partial class WireJson : JsonSerializerContext;
