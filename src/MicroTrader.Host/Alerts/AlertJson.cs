using System.Text.Json.Serialization;

namespace MicroTrader.Host.Alerts;

/// <summary>The JSON of the webhook.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AlertMessage))]
internal sealed partial class AlertJson : JsonSerializerContext;
