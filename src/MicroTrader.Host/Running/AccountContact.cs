using System.Text.Json;
using System.Text.Json.Serialization;
using MicroTrader.Actors;
using MicroTrader.Domain.Market;
using MicroTrader.Host.Configuration;
using MicroTrader.Trading212;

namespace MicroTrader.Host.Running;

/// <summary>What the broker said at an earlier start: enough to start again while it cannot be reached.</summary>
/// <param name="AccountId">The account's number.</param>
/// <param name="Currency">The account's currency, ISO 4217.</param>
/// <param name="Instruments">The instruments that were traded, by symbol.</param>
internal sealed record KnownAccount(string AccountId, string Currency, IReadOnlyDictionary<string, ListedInstrument> Instruments);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(KnownAccount))]
internal sealed partial class KnownAccountJson : JsonSerializerContext;

/// <summary>The account that a run trades on, and its symbols' instruments.</summary>
/// <param name="AccountId">The account's number.</param>
/// <param name="Currency">The account's currency, ISO 4217.</param>
/// <param name="Symbols">What is traded.</param>
/// <param name="Notice">What the person should know; null where nothing.</param>
/// <param name="FreeCash">What may be traded with, in the account's currency; null where the broker did not say.</param>
internal sealed record Account(string AccountId, string Currency, IReadOnlyList<TradedSymbol> Symbols, string? Notice, decimal? FreeCash = null);

/// <summary>Asks the broker, before anything starts, whose account the keys lead to and what the symbols are called there.</summary>
internal static class AccountContact
{
    /// <summary>
    /// Asks. A broker that cannot be reached is no reason not to manage what is held: then what it said last time serves, and entries wait until it
    /// can be read.
    /// </summary>
    /// <param name="client">The broker.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="symbols">What is to be traded.</param>
    /// <param name="rememberedPath">Where the answer is kept.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StartException">The keys are refused, a symbol is unknown or ambiguous, or nothing is known of the account yet.</exception>
    public static async Task<Account> AskAsync(
        Trading212Client client, RunPlan plan, IReadOnlyList<Symbol> symbols, string rememberedPath, CancellationToken cancellation)
    {
        var summary = await client.GetAccountSummaryAsync(cancellation);
        if (summary is not ReadResult<AccountSummary>.Success { Value: { Id: { } id, Currency: { Length: > 0 } currency } value })
            return Remembered(plan, symbols, rememberedPath, Why(summary));
        var (found, why) = await FindAsync(client, plan, symbols, Path.ChangeExtension(rememberedPath, ".instruments.json"), cancellation);
        if (found is null)
            return Remembered(plan, symbols, rememberedPath, why!);
        var account = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Remember(rememberedPath, new KnownAccount(account, currency, found.ToDictionary(f => f.Traded.Symbol.Value, f => f.Listed)));
        return new Account(account, currency, [.. found.Select(f => f.Traded)], null, value.Cash?.AvailableToTrade);
    }

    // What the broker lists is asked for once a day, and before that where a symbol is not in what was kept: it may be new. The paper broker of the
    // host's own is asked each time, for it costs nothing.
    private static async Task<(List<(TradedSymbol Traded, ListedInstrument Listed)>? Found, string? Why)> FindAsync(
        Trading212Client client, RunPlan plan, IReadOnlyList<Symbol> symbols, string catalogPath, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        var kept = plan.Broker is null ? null : InstrumentCatalog.Read(catalogPath);
        if (kept?.IsFresh(now) == true && symbols.All(s => plan.Resolve(s, kept.Instruments).Problem is null))
            return (Resolve(plan, symbols, kept), null);
        var (catalog, answer) = await InstrumentCatalog.DownloadAsync(client, plan, now, cancellation);
        if (catalog is null)
            return (null, Why(answer));
        if (plan.Broker is not null)
            catalog.Write(catalogPath);
        return (Resolve(plan, symbols, catalog), null);
    }

    private static List<(TradedSymbol Traded, ListedInstrument Listed)> Resolve(RunPlan plan, IReadOnlyList<Symbol> symbols, InstrumentCatalog catalog)
    {
        var resolutions = symbols.Select(s => plan.Resolve(s, catalog.Instruments)).ToList();
        if (resolutions.Where(r => r.Problem is not null).Select(r => r.Problem).ToList() is { Count: > 0 } problems)
            throw new SettingsException($"Trading:Symbols: {string.Join("; ", problems)}; pin a symbol with Instruments:Pins:SYMBOL = TICKER");
        // Two symbols of one ticker would share its orders and its holding.
        if (resolutions.GroupBy(r => r.Instrument!.Ticker).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new SettingsException($"Trading:Symbols: {string.Join(" and ", twice.Select(r => r.Symbol))} are one instrument, {twice.Key}; name it once");
        return [.. resolutions.Select(r =>
        {
            var listed = catalog.Listed.First(i => i.Ticker == r.Instrument!.Ticker.Value);
            // A recording's hours are those of New York: the schedule of the paper venue, which is open around the clock, is none of its days'.
            var hours = plan.Session is null || plan.Mode == RunMode.Replay ? null : catalog.HoursOf(listed);
            return (plan.Traded(r.Symbol, r.Instrument!, listed.Limits(), hours), listed);
        })];
    }

    private static Account Remembered(RunPlan plan, IReadOnlyList<Symbol> symbols, string path, string why)
    {
        if (!File.Exists(path))
            throw new StartException($"the broker at {plan.Broker?.Address.Host ?? "loopback"} did not tell the account ({why}); the first start needs it");
        var known = Read(path);
        if (symbols.Where(s => !known.Instruments.ContainsKey(s.Value)).ToList() is { Count: > 0 } unknown)
            throw new StartException($"the broker could not be asked ({why}), and {string.Join(", ", unknown)} was not traded here before; leave it out until the broker can be reached");
        var traded = symbols.Select(s => plan.Traded(s, known.Instruments[s.Value].Instrument(), known.Instruments[s.Value].Limits(), null));
        return new Account(known.AccountId, known.Currency, [.. traded], $"the broker could not be asked ({why}): no entries until it can be read");
    }

    private static KnownAccount Read(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(path), KnownAccountJson.Default.KnownAccount) is { AccountId: not null, Currency: not null, Instruments: not null } known)
                return known;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // Said below: whatever is wrong with it, the way out is the same.
        }

        throw new StartException($"{path}: cannot be read; delete it and start again while the broker can be reached");
    }

    private static void Remember(string path, KnownAccount account)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var draft = path + ".new";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(account, KnownAccountJson.Default.KnownAccount));
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{path}: cannot be written: {e.Message}");
        }
    }

    private static string Why<T>(ReadResult<T> result) => result switch
    {
        // Keys that are refused are no broker that is away: nothing may start on them.
        ReadResult<T>.Failed { Kind: ReadFailureKind.Unauthorized } f => throw new StartException($"the broker refuses the keys: {f.Detail}; a key made for practice money does not work with real money, and the reverse"),
        ReadResult<T>.Failed { Kind: ReadFailureKind.Forbidden } f => throw new StartException($"the keys lack a permission: {f.Detail}; account, orders, history, portfolio and metadata are needed"),
        ReadResult<T>.Failed f => $"{f.Kind}: {f.Detail}",
        ReadResult<T>.NotFound n => n.Problem.Detail,
        _ => "its answer lacks the account's number or currency",
    };
}
