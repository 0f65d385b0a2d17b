using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>
/// Reads and writes the wire records. They are written anew here from Massive's own descriptions (rest.json, websocket.json), so that a mistake in the client's records is
/// not mirrored.
/// </summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(WireSnapshot))]
[JsonSerializable(typeof(WireTickerSnapshot))]
[JsonSerializable(typeof(WireMarketStatus))]
[JsonSerializable(typeof(IReadOnlyList<WireHoliday>))]
[JsonSerializable(typeof(WireError))]
[JsonSerializable(typeof(WireAction))]
[JsonSerializable(typeof(WireStatus))]
[JsonSerializable(typeof(WireTrade))]
[JsonSerializable(typeof(WireQuote))]
[JsonSerializable(typeof(WireAggregate))]
internal sealed partial class MassiveJson : JsonSerializerContext;
