using System.Globalization;
using MicroTrader.Domain.Market;
using MicroTrader.Host.Alerts;
using MicroTrader.Host.Telemetry;
using MicroTrader.Trading212;

namespace MicroTrader.Host.Configuration;

/// <summary>
/// Makes a plan of the settings, and refuses what does not fit together. The guards around real money stand here: synthetic and replayed prices never
/// meet it, and nothing but an explicit LIVE=true with two confirmations leads to it.
/// </summary>
internal static class RunPlanner
{
    /// <summary>What <c>Trading:LiveConfirmation</c> must read on LIVE.</summary>
    public const string LiveWords = "I trade real money";

    /// <summary>Makes the plan.</summary>
    /// <exception cref="SettingsException">The settings do not fit together.</exception>
    public static RunPlan Plan(TraderOptions options)
    {
        var feed = Feed(options);
        var mode = Mode(options, feed);
        Strategy(options);
        // Also where they are not used: a start with the keys filled in must not be the first to say so.
        _ = DemoAddress(options);
        _ = LiveAddress(options);
        Scale(options, mode);
        _ = AlertPlan.Of(options.Alerts);
        _ = TelemetryPlan.Otlp(options.Telemetry);
        var web = WebPlan.Of(options.Web);
        var notices = new List<string>(web.Notices);
        Unused(options, feed, notices);
        if (mode == RunMode.Practice && options.Risk is { Capital: null, MaxDailyLossPercent: not null })
            notices.Add("Risk:Capital is not set: there is no limit to a day's loss");
        if (mode == RunMode.Live && options.Risk.MaxDailyLossPercent is null)
            notices.Add("Risk:MaxDailyLossPercent is empty: there is no limit to a day's loss");
        var symbols = feed == FeedKind.Replay
            ? (options.Feed.OnlySymbols.Length > 0 ? Symbols("Feed:OnlySymbols", options.Feed.OnlySymbols) : [])
            : Symbols("Trading:Symbols", options.Trading.Symbols);
        PricePlanner.Check(options, mode, feed, symbols, notices);
        return new RunPlan
        {
            Options = options,
            Mode = mode,
            Feed = feed,
            Symbols = symbols,
            Data = Data(options, feed),
            Speed = Speed(options.Feed.Speed),
            Broker = Access(options, mode, feed),
            Web = web,
            Notices = notices,
        };
    }

    private static FeedKind Feed(TraderOptions options) =>
        options.Feed.Kind != FeedKind.Auto ? options.Feed.Kind
        : options.Feed.Data.Length > 0 ? FeedKind.Replay
        : options.Massive.ApiKey.Length > 0 ? FeedKind.Massive
        : FeedKind.Synthetic;

    private static RunMode Mode(TraderOptions options, FeedKind feed)
    {
        var mode = options.Trading.Mode;
        var live = options.Trading212.Live;
        if (live && mode is TradingMode.Sim or TradingMode.Practice && live)
            throw new SettingsException($"LIVE: true contradicts Trading:Mode {mode.ToString().ToLowerInvariant()}; set one of them right");
        if (!live && mode == TradingMode.Live)
            throw new SettingsException("Trading:Mode: live needs LIVE=true as well");
        if (feed == FeedKind.Replay)
        {
            return live || mode is TradingMode.Live or TradingMode.Practice
                ? throw new SettingsException("Feed:Kind: replay trades with the paper broker only; recorded prices never meet an account, set LIVE=false and Trading:Mode sim")
                : RunMode.Replay;
        }

        return mode switch
        {
            TradingMode.Sim => RunMode.Sim,
            TradingMode.Practice => RunMode.Practice,
            TradingMode.Live => RunMode.Live,
            _ when live => RunMode.Live,
            _ when options.Trading212.Demo.ApiKey.Length > 0 || options.Trading212.Demo.ApiSecret.Length > 0 => RunMode.Practice,
            _ => RunMode.Sim,
        };
    }

    private static BrokerAccess? Access(TraderOptions options, RunMode mode, FeedKind feed)
    {
        switch (mode)
        {
            case RunMode.Practice:
                var demo = DemoAccess(options);
                if (feed is FeedKind.Synthetic or FeedKind.Script && !options.Feed.AllowSyntheticOnPractice)
                    throw new SettingsException("Feed:AllowSyntheticOnPractice: prices that are made up meet practice money only where this is true; set POLYGON_API_KEY for real ones, or run with --mode sim");
                return demo;
            case RunMode.Live:
                var real = LiveAccess(options);
                if (options.Trading.LiveConfirmation != LiveWords)
                    throw new SettingsException($"Trading:LiveConfirmation: LIVE needs it to read '{LiveWords}'");
                if (options.Risk.Capital is not > 0)
                    throw new SettingsException("Risk:Capital: LIVE needs it: the money that the robot may risk, above 0, in the account's currency");
                return feed == FeedKind.Massive
                    ? real
                    : throw new SettingsException($"Feed:Kind: {feed.ToString().ToLowerInvariant()} prices never meet real money; set POLYGON_API_KEY for real ones ({real.Address.Host} was not contacted)");
            default:
                return null;
        }
    }

    /// <summary>Where the demo settings lead, with their keys.</summary>
    /// <exception cref="SettingsException">One is missing or impossible.</exception>
    public static BrokerAccess DemoAccess(TraderOptions options) => Access(options.Trading212.Demo, "TRADING212_DEMO", "TRADING212_DEMO_ENVIRONMENT", DemoAddress(options));

    /// <summary>Where the live settings lead, with their keys.</summary>
    /// <exception cref="SettingsException">One is missing or impossible.</exception>
    public static BrokerAccess LiveAccess(TraderOptions options) => Access(options.Trading212.Real, "TRADING212", "TRADING212_LIVE_ENVIRONMENT", LiveAddress(options));

    private static Uri DemoAddress(TraderOptions options) =>
        Address(options.Trading212.Demo.Environment, "TRADING212_DEMO_ENVIRONMENT", Trading212Environments.Demo, Trading212Environments.Live);

    private static Uri LiveAddress(TraderOptions options) =>
        Address(options.Trading212.Real.Environment, "TRADING212_LIVE_ENVIRONMENT", Trading212Environments.Live, Trading212Environments.Demo);

    private static BrokerAccess Access(KeyPairOptions keys, string prefix, string environmentName, Uri address)
    {
        if (keys.ApiKey.Length == 0)
            throw new SettingsException($"{prefix}_API_KEY: missing; set it in .env or in the environment");
        if (keys.ApiSecret.Length == 0)
            throw new SettingsException($"{prefix}_API_SECRET: missing; set it in .env or in the environment");
        var access = new BrokerAccess(address, keys.ApiKey, keys.ApiSecret);
        // The client's own check, which repeats no secret: it would refuse them later, with an exception.
        var flaws = new Trading212Options { BaseAddress = access.Address, ApiKey = access.ApiKey, ApiSecret = access.ApiSecret }.Flaws();
        if (flaws.Count == 0)
            return access;
        var setting = flaws[0].Split(' ')[0] switch { "ApiKey" => $"{prefix}_API_KEY", "ApiSecret" => $"{prefix}_API_SECRET", _ => environmentName };
        throw new SettingsException($"{setting}: {flaws[0]}");
    }

    // The words that users have: "demo" and "live", or an address. The other side's is refused whatever way it is written.
    private static Uri Address(string environment, string name, Uri usual, Uri other)
    {
        var word = (Uri uri) => uri.Host.Split('.')[0];
        if (environment.Length == 0 || environment.Equals(word(usual), StringComparison.OrdinalIgnoreCase))
            return usual;
        if (environment.Equals(word(other), StringComparison.OrdinalIgnoreCase))
            throw Contradiction(name, environment, usual);
        if (!Uri.TryCreate(environment, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new SettingsException($"{name}: '{environment}' is not allowed; allowed is {word(usual)}, or the API's address");
        // Not repeated: what stands there may be a key.
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new SettingsException($"{name}: the address carries a user name, query or fragment; allowed is {word(usual)}, or the API's address alone");
        // A dot at a name's end leads to the same place.
        if (address.IdnHost.TrimEnd('.').Equals(other.Host, StringComparison.OrdinalIgnoreCase))
            throw Contradiction(name, environment, usual);
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new SettingsException($"{name}: '{environment}' is not allowed; keys go over https only, except to this machine");
        return address.AbsolutePath == "/" ? new Uri(address, "/api/v0") : address;
    }

    // A broker that is not shortened alike would be asked far more often than it allows, and given up on far too early.
    private static void Scale(TraderOptions options, RunMode mode)
    {
        if (options.Broker.TimeScale == 1)
            return;
        if (mode == RunMode.Live || (mode == RunMode.Practice && !DemoAddress(options).IsLoopback))
            throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"Broker:TimeScale: {options.Broker.TimeScale} is not allowed; 1, except against a paper broker on this machine"));
    }

    private static SettingsException Contradiction(string name, string value, Uri usual) =>
        new($"{name}: '{value}' contradicts LIVE={(usual == Trading212Environments.Live ? "true" : "false")}; allowed is {usual}");

    private static void Strategy(TraderOptions options)
    {
        if (options.Strategy.RisingMoves >= options.Strategy.WindowTicks)
            throw new SettingsException($"Strategy:RisingMoves: {options.Strategy.RisingMoves} is not allowed; less than Strategy:WindowTicks ({options.Strategy.WindowTicks})");
        if (options.Trading.Quantity > options.Risk.MaxQuantity)
            throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"Trading:Quantity: {options.Trading.Quantity} is not allowed; at most Risk:MaxQuantity ({options.Risk.MaxQuantity})"));
        // An order that leaves after its grant has ended is one that no limit counts. Risk may be held up by its journal for as long as the signal lives: hence twice.
        if (options.Risk.Lease < options.Trading.EntryDeadline * 2)
            throw new SettingsException($"Risk:Lease: {options.Risk.Lease} is not allowed; at least twice Trading:EntryDeadline ({options.Trading.EntryDeadline * 2})");
        if (options.Session.FlatBeforeClose > options.Session.NoEntryBeforeClose)
            throw new SettingsException($"Session:FlatBeforeClose: {options.Session.FlatBeforeClose} is not allowed; at most Session:NoEntryBeforeClose ({options.Session.NoEntryBeforeClose})");
        if (options.Trading.Currency is not { Length: 3 } currency || !currency.All(char.IsAsciiLetterUpper))
            throw new SettingsException($"Trading:Currency: '{options.Trading.Currency}' is not allowed; allowed is a currency of three capitals, e.g. USD");
        if (options.Paper.Currency is not { Length: 3 } paper || !paper.All(char.IsAsciiLetterUpper))
            throw new SettingsException($"Paper:Currency: '{options.Paper.Currency}' is not allowed; allowed is a currency of three capitals, e.g. USD");
    }

    // A slip in a symbol's name would leave it with the general settings, without a word.
    private static void Unused(TraderOptions options, FeedKind feed, List<string> notices)
    {
        if (feed == FeedKind.Replay)
            return;
        var traded = Symbols("Trading:Symbols", options.Trading.Symbols).Select(s => s.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in options.Symbols.Keys.Select(k => k.Split(':')[0]).Where(n => !traded.Contains(n)).Distinct(StringComparer.OrdinalIgnoreCase))
            notices.Add($"Symbols:{name} has settings of its own, but {name} is not traded (Trading:Symbols)");
    }

    /// <summary>Reads a list of symbols.</summary>
    /// <exception cref="SettingsException">One is none, or stands there twice, or there is none.</exception>
    public static List<Symbol> Symbols(string setting, string text)
    {
        var symbols = new List<Symbol>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Symbol.TryParse(part, out var symbol))
                throw new SettingsException($"{setting}: '{part}' is not a symbol; allowed are 1 to {Symbol.MaxLength} letters, digits, dots or hyphens, the first a letter");
            if (symbols.Contains(symbol))
                throw new SettingsException($"{setting}: {symbol} stands there twice");
            symbols.Add(symbol);
        }

        return symbols.Count > 0 ? symbols : throw new SettingsException($"{setting}: is empty; at least one symbol is needed");
    }

    private static List<string> Data(TraderOptions options, FeedKind feed)
    {
        var paths = options.Feed.Data.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        if (feed is FeedKind.Replay or FeedKind.Script && paths.Count == 0)
            throw new SettingsException($"Feed:Data: missing; --feed {feed.ToString().ToLowerInvariant()} needs --data FILE-OR-FOLDER");
        if (feed == FeedKind.Script && paths.Count > 1)
            throw new SettingsException($"Feed:Data: a script is one file, here are {paths.Count}");
        if (feed is FeedKind.Synthetic or FeedKind.Massive && paths.Count > 0)
            throw new SettingsException($"Feed:Data: {feed.ToString().ToLowerInvariant()} prices read no data; leave --data out, or say --feed replay");
        return paths;
    }

    private static double? Speed(string text)
    {
        if (text.Trim().Equals("max", StringComparison.OrdinalIgnoreCase))
            return null;
        var number = text.Trim();
        if (number.EndsWith('x') || number.EndsWith('X'))
            number = number[..^1];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is >= 0.01 and <= 1_000_000
            ? speed
            : throw new SettingsException($"Feed:Speed: '{text}' is not allowed; allowed is max, or how many times real time, from 0.01x to 1000000x");
    }
}
