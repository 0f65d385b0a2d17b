using System.Net;
using Microsoft.AspNetCore.Http;

namespace MicroTrader.Simulators.Http;

/// <summary>
/// Guards an admin API, which asks for no key, against web pages in the person's browser: a foreign <c>Host</c> is refused (a name that was rebound to
/// 127.0.0.1), and every change wants the header <c>X-MicroTrader</c>, which a page of another origin cannot send without asking first.
/// </summary>
internal static class LocalGuard
{
    private const string Header = "X-MicroTrader";

    /// <summary>Why a request is refused by its Host, as a type and a sentence; null where it is not.</summary>
    public static (string Type, string Detail)? OfHost(HttpContext context) => IsLoopback(context.Request.Host.Host)
        ? null
        : ("foreign-host", "The Host header must be 127.0.0.1, localhost or [::1]");

    /// <summary>Why a request that changes something is refused, as a type and a sentence; null where it is not.</summary>
    public static (string Type, string Detail)? OfChange(HttpContext context) => context.Request.Headers.ContainsKey(Header)
        ? null
        : ("missing-header", $"A change needs the header {Header}, with any value");

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
