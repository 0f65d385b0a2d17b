using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MicroTrader.MarketData.Tests.Massive;

/// <summary>A real HTTP and WebSocket server on loopback that does what a test says.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    public Uri Http => new(_app.Urls.First());

    public Uri Socket => new(_app.Urls.First().Replace("http://", "ws://", StringComparison.Ordinal) + "/stocks");

    public static async Task<LoopbackServer> StartAsync(RequestDelegate handle)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(handle);
        await app.StartAsync();
        return new LoopbackServer(app);
    }

    public static Task<LoopbackServer> StreamAsync(Func<StreamPeer, Task> handle) => StartAsync(async context =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var peer = new StreamPeer(socket, context);
        try
        {
            await handle(peer);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client went away.
        }
    });

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Connections that are still open are cut.
        }

        await _app.DisposeAsync();
    }
}

/// <summary>The server's end of one WebSocket.</summary>
internal sealed class StreamPeer(WebSocket socket, HttpContext context)
{
    public const string Connected = """[{"ev":"status","status":"connected","message":"Connected Successfully"}]""";
    public const string Authenticated = """[{"ev":"status","status":"auth_success","message":"authenticated"}]""";

    private readonly byte[] _buffer = new byte[64 * 1024];

    public Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task SendAsync(ReadOnlyMemory<byte> bytes, bool end) => socket.SendAsync(bytes, WebSocketMessageType.Text, end, CancellationToken.None).AsTask();

    public async Task<string> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new OperationCanceledException("closed");
            length += part.Count;
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(_buffer, 0, length);
        }
    }

    /// <summary>Greets, takes the key and so many subscriptions; returns what was subscribed to.</summary>
    public async Task<List<string>> WelcomeAsync(int subscriptions)
    {
        await SendAsync(Connected);
        await ReceiveAsync();
        await SendAsync(Authenticated);
        var all = new List<string>();
        for (var i = 0; i < subscriptions; i++)
        {
            using var document = System.Text.Json.JsonDocument.Parse(await ReceiveAsync());
            Assert.Equal("subscribe", document.RootElement.GetProperty("action").GetString());
            all.AddRange(document.RootElement.GetProperty("params").GetString()!.Split(','));
        }

        return all;
    }

    /// <summary>Stays until the client goes.</summary>
    public async Task StayAsync()
    {
        while (true)
            await ReceiveAsync();
    }

    public Task CloseAsync(string why) => socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, why, CancellationToken.None);

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => context.Abort();
}
