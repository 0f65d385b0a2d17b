using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace MicroTrader.Dashboard.Security;

/// <summary>Reads a Host header.</summary>
internal static class LoopbackHostHeader
{
    private static readonly string[] Names = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>Whether the header is there once and is one of the loopback names, with any port or none.</summary>
    public static bool IsLoopback(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { } value)
            return false;
        foreach (var name in Names)
        {
            if (!value.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = value.AsSpan(name.Length);
            // "localhost.example.com" and "127.0.0.1:80@example.com" begin well, too.
            if (rest.IsEmpty || (rest[0] == ':' && ushort.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                return true;
        }

        return false;
    }
}
