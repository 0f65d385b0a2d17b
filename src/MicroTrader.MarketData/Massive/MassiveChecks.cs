using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>What the options of both Massive feeds are checked for. No problem ever shows a key.</summary>
internal static class MassiveChecks
{
    private const int MostSymbols = 1000;

    public static IEnumerable<string> Common(string apiKey, IReadOnlyList<Symbol> symbols)
    {
        if (string.IsNullOrWhiteSpace(apiKey))
            yield return "ApiKey: is empty; the key of a Massive (Polygon) account is needed (POLYGON_API_KEY)";
        else if (apiKey.Any(c => c is <= ' ' or >= '\u007f'))
            yield return "ApiKey: has white space or signs outside ASCII in it; the key as the account's page shows it is needed (POLYGON_API_KEY)";
        if (symbols.Count is 0 or > MostSymbols)
            yield return $"Symbols: {symbols.Count} are given; 1 to {MostSymbols} are allowed";
        if (symbols.Any(s => s.Value.Length == 0))
            yield return "Symbols: one is empty; names such as AXSM are allowed";
        if (symbols.GroupBy(s => s).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return $"Symbols: {twice.Key} is given twice; each once is allowed";
    }

    public static string? Address(string name, Uri address, bool allowUnencrypted, string secure, string plain)
    {
        // User info would be a secret in a URL, and so might a query.
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0 || (address.Scheme != secure && address.Scheme != plain))
            return $"{name}: is not allowed; an absolute {secure}:// address without user, query and fragment";
        return address.Scheme == plain && !address.IsLoopback && !allowUnencrypted
            ? $"{name}: {address} is not encrypted, and the key would be readable on its way; {secure}://, or {plain}:// on this machine, is allowed"
            : null;
    }

    public static IEnumerable<string> Between(params (string Name, TimeSpan Value, TimeSpan Least, TimeSpan Most)[] times) =>
        times.Where(t => t.Value < t.Least || t.Value > t.Most).Select(t => $"{t.Name}: {t.Value:c} is not allowed; {t.Least:c} to {t.Most:c}");

    public static IEnumerable<string> Between(params (string Name, int Value, int Least, int Most)[] numbers) =>
        numbers.Where(n => n.Value < n.Least || n.Value > n.Most).Select(n => $"{n.Name}: {n.Value} is not allowed; {n.Least} to {n.Most}");
}
