using System.Net.WebSockets;
using System.Text.Json;
using MicroTrader.Simulators.Massive.Wire;

namespace MicroTrader.Simulators.Massive.Streams;

/// <summary>Stands in a connection's queue where the connection shall be closed.</summary>
internal sealed record CloseStream(WebSocketCloseStatus Status, string Reason) : StreamEvent
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer) => throw new NotSupportedException("A close is no element of a message.");
}
