using System.Globalization;
using MicroTrader.Host.Configuration;
using MicroTrader.Trading212;
using Instrument = MicroTrader.Domain.Market.Instrument;

namespace MicroTrader.Host.Running;

/// <summary>
/// <c>check --online</c>: asks the broker what a start would need, one line each, with what to do where something is missing. It places nothing.
/// </summary>
internal sealed class OnlineCheck(RunPlan plan, Trading212Client client, CheckLines lines, TimeProvider time)
{
    /// <summary>What the broker lists, once it was asked; null where it did not answer.</summary>
    public IReadOnlyList<Instrument>? Instruments { get; private set; }

    /// <summary>Runs the checks.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var summary = await client.GetAccountSummaryAsync(cancellation);
        if (summary is ReadResult<AccountSummary>.Success { Value: { Id: { } id, Currency: var currency, Cash: var cash } } account)
        {
            Good("keys", $"accepted by {plan.Broker!.Address.Host}");
            Good("account", string.Create(CultureInfo.InvariantCulture, $"{id}, {currency ?? "currency not given"}, {cash?.AvailableToTrade?.ToString("0.00", CultureInfo.InvariantCulture) ?? "?"} free to trade"));
            Clock(account.Info);
        }
        else
        {
            Bad("account", summary, "account");
        }

        Scope("portfolio", await client.GetPositionsAsync(null, cancellation), p => $"{p.Count} holding(s)");
        Scope("orders", await client.GetPendingOrdersAsync(cancellation), o => $"{o.Count} pending");
        Scope("history", await client.GetOrderHistoryAsync(new HistoryQuery { Limit = 1 }, cancellation), _ => "can be read");
        var (catalog, answer) = await InstrumentCatalog.DownloadAsync(client, plan, time.GetUtcNow(), cancellation);
        Scope("metadata", answer, i => $"{i.Count} instruments");
        if (catalog is not null)
        {
            Instruments = catalog.Instruments;
            Tickers(Instruments);
        }
    }

    private void Tickers(IReadOnlyList<Instrument> instruments)
    {
        foreach (var symbol in plan.Symbols)
        {
            var resolution = plan.Resolve(symbol, instruments);
            if (resolution.Instrument is { } instrument)
                Good($"ticker {symbol}", $"{instrument.Ticker}, {instrument.Name}, {instrument.Currency}");
            else
                Bad($"ticker {symbol}", $"{resolution.Problem}; pin it with Instruments:Pins:{symbol} = TICKER, or leave it out");
        }
    }

    private void Clock(ResponseInfo info)
    {
        if (info.ServerDate is not { } date)
        {
            Bad("clock", "the broker's answer has no date; the offset to its clock is not known");
            return;
        }

        var offset = date + TimeSpan.FromMilliseconds(500) - time.GetUtcNow();
        var words = string.Create(CultureInfo.InvariantCulture, $"the broker's clock minus this one's: {offset.TotalSeconds:+0.0;-0.0;0.0} s");
        if (offset.Duration() < TimeSpan.FromSeconds(5))
            Good("clock", words);
        else
            Bad("clock", $"{words}; set this machine's clock (NTP)");
    }

    private void Scope<T>(string scope, ReadResult<T> result, Func<T, string> say)
    {
        if (result is ReadResult<T>.Success { Value: var value })
            Good(scope, say(value));
        else
            Bad(scope, result, scope);
    }

    private void Bad<T>(string what, ReadResult<T> result, string scope) => Bad(what, result switch
    {
        ReadResult<T>.Failed { Kind: ReadFailureKind.Unauthorized } => "the keys are refused: a key works in the environment that it was made in only (practice or real), and both key and secret are needed",
        ReadResult<T>.Failed { Kind: ReadFailureKind.Forbidden } => $"the key lacks the permission '{scope}': make one that has it",
        ReadResult<T>.Failed { Kind: ReadFailureKind.RateLimited } => "asked too often: wait a minute and try again",
        ReadResult<T>.Failed f => f.Detail,
        ReadResult<T>.NotFound n => n.Problem.Detail,
        _ => "the answer lacks what is needed",
    });

    private void Good(string what, string words) => lines.Good(what, words);

    private void Bad(string what, string words) => lines.Bad(what, words);
}
