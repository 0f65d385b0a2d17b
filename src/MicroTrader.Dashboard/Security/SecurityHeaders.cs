using Microsoft.AspNetCore.Http;
using MicroTrader.Dashboard.Styles;

namespace MicroTrader.Dashboard.Security;

/// <summary>The headers that every answer of the dashboard carries.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Nothing is loaded and no script runs; the one style sheet is the one whose hash is named; the tab's icon is part of the page; no
    /// other page may frame this one. Source: https://www.w3.org/TR/CSP3/.
    /// </summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src '{StyleSheet.Hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets them. No store: a page of yesterday's positions that comes out of a cache is worse than none.</summary>
    public static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
