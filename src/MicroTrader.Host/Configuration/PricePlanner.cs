using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Configuration;

/// <summary>Checks what the settings say of prices, and holds the guards around prices that are late or rare: real money stops the start, anything else a notice says so.</summary>
internal static class PricePlanner
{
    /// <summary>Checks.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="mode">Whose money.</param>
    /// <param name="feed">Whose prices.</param>
    /// <param name="symbols">What is traded.</param>
    /// <param name="notices">Where notices go.</param>
    /// <exception cref="SettingsException">The settings do not fit together.</exception>
    public static void Check(TraderOptions options, RunMode mode, FeedKind feed, IReadOnlyList<Symbol> symbols, List<string> notices)
    {
        if (options.Feed.Record.Length > 0 && feed == FeedKind.Replay)
            throw new SettingsException("Feed:Record: a replay is a recording already; leave --record out");
        if (feed != FeedKind.Massive)
            return;
        _ = MassivePlan.Rest(options, symbols);
        if (options.Massive.Transport == MassiveTransport.Stream)
            _ = MassivePlan.Stream(options, symbols);
        Polls(options, mode, notices);
        Delay(options, mode, notices);
        if (options.Trading.Currency != "USD")
            throw new SettingsException($"Trading:Currency: '{options.Trading.Currency}' is not allowed; Massive's prices are in USD");
    }

    private static void Polls(TraderOptions options, RunMode mode, List<string> notices)
    {
        var (interval, hold) = (options.Massive.FetchInterval, options.Exits.MaxHold);
        if (options.Massive.Transport != MassiveTransport.Rest || interval * 2 <= hold)
            return;
        var words = $"Massive:FetchInterval: a snapshot each {Words(interval)} is more than half of Exits:MaxHold ({Words(hold)}): most positions would be left by TIME before TP or SL sees a price";
        if (mode == RunMode.Live && !options.Feed.AcceptSlowPolls)
            throw new SettingsException($"{words}; LIVE starts with at most {Words(hold / 2)}, with Massive:Transport stream, or where Feed:AcceptSlowPolls is true");
        notices.Add(words);
    }

    private static void Delay(TraderOptions options, RunMode mode, List<string> notices)
    {
        if (!MassivePlan.IsDelayed(options))
            return;
        const string Words = "Massive:StreamUrl: the delayed stream gives prices 15 minutes late: nothing is left by TP or SL on them";
        if (mode == RunMode.Live && !options.Feed.AcceptDelayedPrices)
            throw new SettingsException($"{Words}; LIVE starts with {MassiveSocketOptions.DefaultUrl}, or where Feed:AcceptDelayedPrices is true");
        notices.Add(options.Feed.AcceptDelayedPrices ? Words : $"{Words}, and nothing is entered (Feed:AcceptDelayedPrices)");
    }

    private static string Words(TimeSpan time) => Duration.Describe(time.TotalSeconds);
}
