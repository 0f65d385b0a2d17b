using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MicroTrader.Simulators.Massive.Streams;

/// <summary>
/// The server's half of the opening handshake (RFC 6455, section 4.2), by hand: the faults want the connection's own bytes, which the framework's sockets hide.
/// </summary>
internal static class Upgrade
{
    // RFC 6455, section 1.3.
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    /// <summary>Whether a request asks for the WebSocket protocol in a way that can be accepted.</summary>
    public static bool IsAsked(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers.SecWebSocketVersion == "13"
        && IsKey(context.Request.Headers.SecWebSocketKey);

    /// <summary>Accepts it and gives the connection's bytes.</summary>
    public static async Task<Stream> AcceptAsync(HttpContext context)
    {
        var key = context.Request.Headers.SecWebSocketKey.ToString();
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.SecWebSocketAccept = Answer(key);
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private static bool IsKey(string? text)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 3];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var written) && written == KeyBytes;
    }

    private static string Answer(string key)
    {
        // SHA-1 is what the protocol asks for; nothing is kept secret by it.
#pragma warning disable CA5350
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
#pragma warning restore CA5350
    }
}
