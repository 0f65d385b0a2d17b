using System.Buffers.Binary;
using System.Net.WebSockets;

namespace MicroTrader.Simulators.Massive.Streams;

/// <summary>Sends the messages of a connection, whole or as a fault will have them. One send at a time.</summary>
internal sealed class FaultySender
{
    private const int HugeBytes = 32 * 1024 * 1024;
    private const int MostTinyBytes = 7;
    private const int MostGarbageBytes = 512;

    private readonly WebSocket _socket;
    private readonly MutableStream _stream;
    private readonly Random _random;

    public FaultySender(WebSocket socket, MutableStream stream, int seed)
    {
        _socket = socket;
        _stream = stream;

        // Not for secrets: the same seed must give the same garbage.
#pragma warning disable CA5394
        _random = new Random(seed);
#pragma warning restore CA5394
    }

    /// <summary>A text message whole.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>A message as the fault will have it.</summary>
    /// <returns>Whether it went out, whole or spoilt, and others may follow.</returns>
    public async Task<bool> SendAsync(byte[] message, FakeMassiveFaultKind fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case FakeMassiveFaultKind.Silence:
                _stream.Mute();
                return false;
            case FakeMassiveFaultKind.DropCleanly:
                await _socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "going away", cancellationToken);
                return false;
            case FakeMassiveFaultKind.DropInMessage:
                await SendHalfAsync(message, cancellationToken);
                return false;
            case FakeMassiveFaultKind.Malformed:
                await SendAsync(message.AsMemory(0, message.Length / 2), cancellationToken);
                return true;
            case FakeMassiveFaultKind.GarbageBinary:
                await _socket.SendAsync(Garbage(), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
                break;
            case FakeMassiveFaultKind.HugeMessage:
                await SendHugeAsync(message, cancellationToken);
                return true;
            case FakeMassiveFaultKind.TinyFrames:
                await SendTinyAsync(message, cancellationToken);
                return true;
        }

        await SendAsync(message, cancellationToken);
        return true;
    }

    // A frame that announces the whole message and holds half of it.
    private async Task SendHalfAsync(byte[] message, CancellationToken cancellationToken)
    {
        const byte finalText = 0x81;
        const byte length64 = 127;
        var frame = new byte[10 + (message.Length / 2)];
        frame[0] = finalText;
        frame[1] = length64;
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)message.Length);
        message.AsSpan(0, message.Length / 2).CopyTo(frame.AsSpan(10));
        await _stream.WriteAsync(frame, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    // The message with spaces before its last bracket: valid JSON, and too much of it.
    private async Task SendHugeAsync(byte[] message, CancellationToken cancellationToken)
    {
        var spaces = new byte[64 * 1024];
        Array.Fill(spaces, (byte)' ');
        await _socket.SendAsync(message.AsMemory(0, message.Length - 1), WebSocketMessageType.Text, endOfMessage: false, cancellationToken);
        for (var sent = 0; sent < HugeBytes; sent += spaces.Length)
        {
            await _socket.SendAsync(spaces.AsMemory(), WebSocketMessageType.Text, endOfMessage: false, cancellationToken);
        }

        await _socket.SendAsync(message.AsMemory(message.Length - 1), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }

    private async Task SendTinyAsync(byte[] message, CancellationToken cancellationToken)
    {
        for (var from = 0; from < message.Length;)
        {
            var count = Math.Min(Next(1, MostTinyBytes), message.Length - from);
            await _socket.SendAsync(message.AsMemory(from, count), WebSocketMessageType.Text, endOfMessage: from + count == message.Length, cancellationToken);
            from += count;
        }
    }

    private byte[] Garbage()
    {
        var bytes = new byte[Next(1, MostGarbageBytes)];
#pragma warning disable CA5394
        _random.NextBytes(bytes);
#pragma warning restore CA5394
        return bytes;
    }

#pragma warning disable CA5394
    private int Next(int least, int most) => _random.Next(least, most + 1);
#pragma warning restore CA5394
}
