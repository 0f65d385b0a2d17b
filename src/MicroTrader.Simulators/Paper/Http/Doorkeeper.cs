using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>Finds the account that an <c>Authorization</c> header opens, and what its key may not do. Keeps hashes only.</summary>
internal sealed class Doorkeeper
{
    private readonly List<(byte[] Basic, byte[] Bare, AccountFront Front)> _doors;
    private readonly bool _acceptsBareKeys;

    public Doorkeeper(IEnumerable<(PaperAccountOptions Account, AccountFront Front)> accounts, bool acceptsBareKeys)
    {
        _doors = [.. accounts.Select(a => (Hash($"{a.Account.ApiKey}:{a.Account.ApiSecret}"), Hash(a.Account.ApiKey), a.Front))];
        _acceptsBareKeys = acceptsBareKeys;
    }

    /// <summary>The account of the header, or how to refuse it.</summary>
    public (AccountFront? Front, Refusal? Refusal) Find(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return (null, Refusal.Unauthorized("Bad API key"));
        }

        if (AuthenticationHeaderValue.TryParse(header, out var value) && "Basic".Equals(value.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            var buffer = new byte[(value.Parameter ?? string.Empty).Length];
            var front = Convert.TryFromBase64String(value.Parameter ?? string.Empty, buffer, out var length)
                ? Match(SHA256.HashData(buffer.AsSpan(0, length)), static door => door.Basic)
                : null;
            return front is null ? (null, Refusal.Unauthorized("Bad API key")) : (front, null);
        }

        if (!_acceptsBareKeys)
        {
            return (null, Refusal.Unauthorized("Bad API key: a bare key is the legacy scheme, send HTTP Basic with the key and its secret"));
        }

        return Match(Hash(header), static door => door.Bare) is { } legacy ? (legacy, null) : (null, Refusal.Unauthorized("Bad API key"));
    }

    /// <summary>The scope that an endpoint wants, in the venue's words, where the key lacks it; else null.</summary>
    public static string? MissingScope(PaperScopes granted, PaperEndpoint endpoint)
    {
        var (needed, name) = endpoint switch
        {
            PaperEndpoint.AccountSummary => (PaperScopes.Account, "account"),
            PaperEndpoint.Positions => (PaperScopes.Portfolio, "portfolio"),
            PaperEndpoint.PendingOrders or PaperEndpoint.OrderById => (PaperScopes.OrdersRead, "orders:read"),
            PaperEndpoint.PlaceMarketOrder or PaperEndpoint.PlaceLimitOrder or PaperEndpoint.PlaceStopOrder or PaperEndpoint.PlaceStopLimitOrder
                or PaperEndpoint.CancelOrder => (PaperScopes.OrdersExecute, "orders:execute"),
            PaperEndpoint.HistoryOrders => (PaperScopes.HistoryOrders, "history:orders"),
            PaperEndpoint.HistoryDividends => (PaperScopes.HistoryDividends, "history:dividends"),
            PaperEndpoint.HistoryTransactions => (PaperScopes.HistoryTransactions, "history:transactions"),
            PaperEndpoint.Instruments or PaperEndpoint.Exchanges => (PaperScopes.Metadata, "metadata"),
            _ => throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint, "No scope is known for this endpoint."),
        };
        return granted.HasFlag(needed) ? null : name;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private AccountFront? Match(byte[] hash, Func<(byte[] Basic, byte[] Bare, AccountFront Front), byte[]> pick)
    {
        AccountFront? found = null;
        foreach (var door in _doors)
        {
            // Every door is tried: the time must not tell which one it was.
            found = CryptographicOperations.FixedTimeEquals(hash, pick(door)) ? door.Front : found;
        }

        return found;
    }
}
