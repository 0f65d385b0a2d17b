using System.Text.Json.Serialization;

namespace MicroTrader.MarketData;

/// <summary>Readers of the answers that are asked for rarely; prices have one of their own.</summary>
[JsonSerializable(typeof(MassiveMarketStatus))]
[JsonSerializable(typeof(IReadOnlyList<MassiveHoliday>))]
internal sealed partial class MassiveJson : JsonSerializerContext;
