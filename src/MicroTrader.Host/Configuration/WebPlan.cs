using System.Net;
using System.Net.Sockets;
using MicroTrader.Dashboard;

namespace MicroTrader.Host.Configuration;

/// <summary>Where the page and the control API are, and who may reach them.</summary>
/// <param name="Port">The port; 0 chooses one.</param>
/// <param name="Address">Listened on beside loopback; null for loopback alone.</param>
/// <param name="Gate">Who may reach them.</param>
/// <param name="Notices">What the person should know before the start.</param>
internal sealed record WebPlan(int Port, IPAddress? Address, WebGate Gate, IReadOnlyList<string> Notices)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingsException">They are impossible, or would let strangers in.</exception>
    public static WebPlan Of(WebOptions options)
    {
        if (!IPAddress.TryParse(options.Address.Trim(), out var address) || address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
            throw new SettingsException($"Web:Address: '{options.Address}' is not allowed; allowed is an address in digits: 127.0.0.1, one of this machine's, or 0.0.0.0 for all");
        var isReachable = !IPAddress.IsLoopback(address);
        var token = options.Token.Trim();
        // The token itself is not repeated.
        if (token.Length > 0 && (token.Length < WebGate.ShortestToken || token.Any(c => c is <= ' ' or > '~')))
            throw new SettingsException($"Web:Token: is too short or has characters that no header can carry; allowed are at least {WebGate.ShortestToken} letters, digits and signs without blanks, e.g. what openssl rand -hex 24 writes");
        if (isReachable && token.Length == 0)
            throw new SettingsException($"Web:Token: missing; Web:Address {address} is reached from other machines, and whoever reaches the page can sell everything: set at least {WebGate.ShortestToken} characters");
        var hosts = options.Hosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (hosts.FirstOrDefault(h => Uri.CheckHostName(h) is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)) is { } wrong)
            throw new SettingsException($"Web:Hosts: '{wrong}' is not allowed; allowed are names without a port, separated by commas");
        if (hosts.Length > 0 && token.Length == 0)
            throw new SettingsException("Web:Token: missing; Web:Hosts names a way in from other machines, so it is needed");
        return new WebPlan(
            options.Port,
            isReachable ? address : null,
            new WebGate { IsReachable = isReachable, Hosts = hosts, Token = token.Length > 0 ? token : null },
            isReachable
                ? [$"the page listens on {address} without encryption: whoever is on the way can read the token; reach it through ssh -L or a VPN, or put TLS before it"]
                : []);
    }
}
