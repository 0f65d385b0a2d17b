using Microsoft.AspNetCore.Http;

namespace MicroTrader.Dashboard.Security;

/// <summary>
/// Refuses what another site's page has a browser do here: calls that change something, and the connection by which a page is steered. Browsers say where a
/// request comes from; programs that are no browsers say nothing, and are asked for a header that no page of another site can send (the control API).
/// Sources: https://www.w3.org/TR/fetch-metadata/, https://fetch.spec.whatwg.org/#origin-header.
/// </summary>
internal static class OriginRule
{
    /// <summary>Whether a request may go on.</summary>
    public static bool Allows(HttpRequest request)
    {
        var isPageLink = request.Path.StartsWithSegments("/_blazor");
        if (!isPageLink && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return true;
        // Another port of this machine is "same-site", and another program.
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0 && site is not ["same-origin"] and not ["none"])
            return false;
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
        {
            // A browser names the origin of every WebSocket and of every POST.
            return !isPageLink || (!IsUpgrade(request) && HttpMethods.IsGet(request.Method));
        }

        return origin.Count == 1
            && Uri.TryCreate(origin[0], UriKind.Absolute, out var from)
            && from.Scheme is "http" or "https"
            && new HostString(from.Authority) is var authority
            && IsSame(authority, request.Host, from.Scheme == "https");
    }

    private static bool IsSame(HostString from, HostString here, bool tls)
    {
        var usual = tls ? 443 : 80;
        return from.Host.Equals(here.Host, StringComparison.OrdinalIgnoreCase) && (from.Port ?? usual) == (here.Port ?? usual);
    }

    private static bool IsUpgrade(HttpRequest request) => request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);
}
