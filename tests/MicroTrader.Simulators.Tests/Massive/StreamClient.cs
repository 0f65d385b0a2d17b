using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MicroTrader.Simulators.Tests.Massive;

/// <summary>A bare client of the stream: sends actions, reads messages and their events one by one.</summary>
internal sealed class StreamClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Queue<JsonNode> _events = [];

    private StreamClient()
    {
    }

    public ClientWebSocket Socket { get; } = new();

    /// <summary>Frames of the last message that was read.</summary>
    public int Frames { get; private set; }

    public static async Task<StreamClient> Connect(Uri address)
    {
        var client = new StreamClient();
        client.Socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var patience = new CancellationTokenSource(Patience);
        await client.Socket.ConnectAsync(address, patience.Token);
        return client;
    }

    public async Task Act(string action, string parameters)
    {
        using var patience = new CancellationTokenSource(Patience);
        var text = new JsonObject { ["action"] = action, ["params"] = parameters }.ToJsonString();
        await Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, patience.Token);
    }

    public async Task Authenticate()
    {
        Assert.Equal("connected", await Status());
        await Act("auth", MassiveBed.Key);
        Assert.Equal("auth_success", await Status());
    }

    /// <summary>The next event's status.</summary>
    public async Task<string> Status()
    {
        var next = await Next();
        Assert.Equal("status", next["ev"]!.GetValue<string>());
        return next["status"]!.GetValue<string>();
    }

    /// <summary>The next event, of whatever message.</summary>
    public async Task<JsonNode> Next()
    {
        while (_events.Count == 0)
        {
            var (type, bytes) = await Message();
            Assert.Equal(WebSocketMessageType.Text, type);
            foreach (var happened in JsonNode.Parse(bytes)!.AsArray())
            {
                _events.Enqueue(happened!);
            }
        }

        return _events.Dequeue();
    }

    /// <summary>The next message, whatever it is.</summary>
    public async Task<(WebSocketMessageType Type, byte[] Bytes)> Message()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        Frames = 0;
        while (true)
        {
            var part = await Socket.ReceiveAsync(buffer, patience.Token);
            Frames++;
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return (part.MessageType, whole.ToArray());
            }
        }
    }

    /// <summary>Reads the server's close and answers it.</summary>
    public async Task<WebSocketCloseStatus?> Closed()
    {
        Assert.Equal(WebSocketMessageType.Close, (await Message()).Type);
        using var patience = new CancellationTokenSource(Patience);
        await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        return Socket.CloseStatus;
    }

    public void Dispose() => Socket.Dispose();
}
