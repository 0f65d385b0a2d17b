using Microsoft.AspNetCore.Http;

namespace MicroTrader.Dashboard.Security;

/// <summary>The headers that every answer carries.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Scripts, fonts and connections of this host alone, and no script within the page or made of text. Styles may stand within the page: MudBlazor writes
    /// its theme, and both it and Plotly their elements' places, into style attributes. No other page may frame this one.
    /// Source: https://www.w3.org/TR/CSP3/.
    /// </summary>
    /// <param name="host">The request's Host header, checked: older browsers do not count a WebSocket to it as 'self'.</param>
    public static string ContentSecurityPolicy(HostString host) =>
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + $"connect-src 'self' ws://{host} wss://{host}; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Sets them. No store, but for files that never change: a page of yesterday's positions that comes out of a cache is worse than none.</summary>
    public static void Apply(HttpContext context, bool hostIsChecked)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = hostIsChecked ? ContentSecurityPolicy(context.Request.Host) : "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not "no-referrer": with it browsers send forms of this very page with the origin "null", which is refused.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (!GateMiddleware.IsFile(context.Request.Path))
            headers.CacheControl = "no-store";
    }
}
