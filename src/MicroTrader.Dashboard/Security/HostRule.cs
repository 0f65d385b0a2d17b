using System.Globalization;
using System.Net;
using Microsoft.Extensions.Primitives;

namespace MicroTrader.Dashboard.Security;

/// <summary>
/// Which Host headers are answered. A web page could have its own name resolve to this machine and read the pages and the API through the person's browser
/// (DNS rebinding); an address in digits is resolved by nobody. Source: https://owasp.org/www-community/attacks/DNS_Rebinding.
/// </summary>
internal sealed class HostRule(WebGate gate)
{
    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>What is allowed, for a refusal.</summary>
    public string Allowed { get; } = string.Join(", ", Loopback.Concat(gate.IsReachable ? ["an address in digits", .. gate.Hosts] : gate.Hosts));

    /// <summary>Whether the header is there once and names this host, with any port or none.</summary>
    public bool Allows(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { } value)
            return false;
        var colon = value.LastIndexOf(':');
        // The colons of an address in brackets are its own.
        var name = colon > value.LastIndexOf(']') ? value[..colon] : value;
        // "127.0.0.1:80@example.com" begins well, too.
        if (name.Length < value.Length && !ushort.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return false;
        return Loopback.Concat(gate.Hosts).Contains(name, StringComparer.OrdinalIgnoreCase) || (gate.IsReachable && IsDigits(name));
    }

    private static bool IsDigits(string name)
    {
        if (name is ['[', .., ']'])
            return IPAddress.TryParse(name.AsSpan(1, name.Length - 2), out _);
        // Four numbers: other ways to write one are for nobody's browser.
        return name.Split('.') is { Length: 4 } parts && parts.All(p => byte.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }
}
