using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>What the stream says of itself.</summary>
internal sealed record WireStatus : StreamEvent
{
    public WireStatus(string status, string message)
    {
        Ev = "status";
        Status = status;
        Message = message;
    }

    public static WireStatus Connected { get; } = new("connected", "Connected Successfully");

    public static WireStatus Authenticated { get; } = new("auth_success", "authenticated");

    public static WireStatus AuthFailed { get; } = new("auth_failed", "authentication failed");

    public static WireStatus AuthTimeout { get; } = new("auth_timeout", "No authentication request received.");

    public static WireStatus MaxConnections { get; } = new(
        "max_connections",
        "Maximum number of websocket connections exceeded. You have reached the connection limit for your account.");

    public static WireStatus NotAuthorized { get; } = new("error", "not authorized");

    [JsonPropertyName("status")]
    public string Status { get; }

    [JsonPropertyName("message")]
    public string Message { get; }

    public override void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, MassiveJson.Default.WireStatus);
}
