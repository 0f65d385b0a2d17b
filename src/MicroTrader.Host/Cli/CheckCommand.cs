using System.CommandLine;
using System.Globalization;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;
using MicroTrader.Trading212;
using Instrument = MicroTrader.Domain.Market.Instrument;
using Symbol = MicroTrader.Domain.Market.Symbol;

namespace MicroTrader.Host.Cli;

/// <summary><c>check</c>: validates the settings and says what would run. It contacts nobody and starts nothing.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output)
    {
        var command = new Command("check", "Checks the settings and says what would run, secrets masked; starts nothing");
        var common = new CommonOptions();
        var all = new Option<bool>("--all") { Description = "Every setting" };
        var reference = new Option<bool>("--reference") { Description = "The table of settings, as docs/configuration.md has it" };
        var online = new Option<bool>("--online") { Description = "Asks the broker too: keys, permissions, account, clock, tickers. Places nothing" };
        var roundTrip = new Option<string?>("--round-trip") { Description = "PRACTICE only: buys and sells the smallest amount of a symbol, and compares the P&L with the broker's", HelpName = "symbol" };
        common.AddTo(command);
        command.Options.Add(all);
        command.Options.Add(reference);
        command.Options.Add(online);
        command.Options.Add(roundTrip);
        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(reference))
            {
                output.WriteLine(string.Join(Environment.NewLine, SettingsReference.Rows()));
                return ExitCodes.Ok;
            }

            var options = common.Load(parsed);
            // Asking the broker needs no prices: that they are made up does not matter here.
            if (parsed.GetValue(online) || parsed.GetValue(roundTrip) is not null)
                options.Feed.AllowSyntheticOnPractice = true;
            var plan = RunPlanner.Plan(options);
            output.WriteLine(Tables.Pairs(Plan(plan)));
            if (parsed.GetValue(all))
            {
                output.WriteLine();
                output.WriteLine(Tables.Pairs(SettingsBinder.Describe(options).Select(s => (s.Key, SettingText.Of(s)))));
            }

            output.WriteLine();
            output.WriteLine("The settings are fine.");
            if (!parsed.GetValue(online) && parsed.GetValue(roundTrip) is null)
                return ExitCodes.Ok;
            output.WriteLine();
            return await AskAsync(plan, parsed.GetValue(roundTrip), output, stop) ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<bool> AskAsync(RunPlan plan, string? roundTrip, TextWriter output, CancellationToken stop)
    {
        if (roundTrip is not null && plan.Mode != RunMode.Practice)
            throw new SettingsException($"--round-trip: places orders, and does so with practice money only; this is {plan.ModeName}");
        var lines = new CheckLines(output);
        if (plan.Broker is not { } access)
        {
            output.WriteLine($"{plan.ModeName} contacts no broker outside: there is nothing to ask{(plan.Feed == FeedKind.Massive ? " of one" : "")}.");
            if (plan.Feed == FeedKind.Massive)
                await new FeedCheck(plan, lines, TimeProvider.System).RunAsync(stop);
            return lines.AllWell;
        }

        using var client = new Trading212Client(plan.Client(access));
        var check = new OnlineCheck(plan, client, lines, TimeProvider.System);
        await check.RunAsync(stop);
        await new FeedCheck(plan, lines, TimeProvider.System).RunAsync(stop);
        // A round trip begins only where all is well: what is read for that is not read twice, for the broker allows it once in 50 s.
        return lines.AllWell && (roundTrip is null || await RoundTripAsync(plan, roundTrip, check.Instruments!, client, output, stop));
    }

    private static async Task<bool> RoundTripAsync(
        RunPlan plan, string name, IReadOnlyList<Instrument> instruments, Trading212Client client, TextWriter output, CancellationToken stop)
    {
        if (!Symbol.TryParse(name, out var symbol))
            throw new SettingsException($"--round-trip: '{name}' is not a symbol");
        var resolution = plan.Resolve(symbol, instruments);
        return resolution.Instrument is { } instrument
            ? await new RoundTripCheck(client, output, TimeProvider.System).RunAsync(instrument.Ticker.Value, stop)
            : throw new SettingsException($"--round-trip: {resolution.Problem}");
    }

    private static IEnumerable<(string, string)> Plan(RunPlan plan)
    {
        var o = plan.Options;
        yield return ("mode", Banner.Money(plan.Mode));
        yield return ("feed", Feed(plan));
        yield return ("prices", Prices(plan));
        yield return ("venue", plan.Broker is { } broker ? $"{broker.Address}, key {SettingText.Mask(broker.ApiKey)}, secret {SettingText.Mask(broker.ApiSecret)}" : "paper broker of its own");
        yield return ("symbols", plan.Symbols.Count > 0 ? string.Join(", ", plan.Symbols) : "all of the recording");
        yield return ("size", $"{(o.Trading.CashPerTrade is { } cash ? $"{Text(cash)} {o.Trading.Currency}" : $"{Text(o.Trading.Quantity)} share(s)")} a trade, at most {o.Risk.MaxOpenPositions} positions at the same time");
        yield return ("enters", $"after {o.Strategy.RisingMoves} moves up, +{Text(o.Strategy.MinChangePercent)} % over {o.Strategy.WindowTicks} ticks, volume {Text(o.Strategy.MinVolumeRatio)} x");
        yield return ("leaves", Leaves(o.Exits));
        yield return ("hours", plan.Session is null ? "any time" : plan.Session.RegularOnly ? "the regular session, flat before the close" : "extended hours, flat before the close");
        yield return ("page", o.Web.Port == 0 ? "http://127.0.0.1, any port" : $"http://127.0.0.1:{o.Web.Port}");
        foreach (var (account, words) in AfterCosts(plan, plan.Exits))
            yield return ("after costs", $"{words} ({account})");
        foreach (var group in o.Symbols.GroupBy(p => p.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase))
        {
            var name = group.Key.ToUpperInvariant();
            yield return ($"{name} has", string.Join(", ", group.Select(p => $"{p.Key[(group.Key.Length + 1)..]} {p.Value}")));
            if (plan.Of(Symbol.Parse(name)).Exits is not { } exits || exits == plan.Exits)
                continue;
            yield return ($"{name} leaves", Leaves(SymbolOverrides.Of(o, Symbol.Parse(name)).Exits));
            foreach (var (account, words) in AfterCosts(plan, exits))
                yield return ($"{name} after costs", $"{words} ({account})");
        }

        foreach (var notice in plan.Notices)
            yield return ("note", notice);
    }

    // Which currency the account has is known only of the paper venue: for another, both are told.
    private static IEnumerable<(string Account, string Words)> AfterCosts(RunPlan plan, ExitParameters exits)
    {
        var currency = plan.Options.Trading.Currency;
        if (plan.Broker is null)
        {
            yield return ($"an account in {plan.Options.Paper.Currency}", AfterCosts(plan, exits, plan.Options.Paper.Currency, plan.Options.Paper.SpreadPercent + (2m * plan.Options.Paper.SlippagePercent)));
            yield break;
        }

        yield return ($"an account in {currency}, before the spread", AfterCosts(plan, exits, currency, 0m));
        yield return ("an account in another currency, before the spread", AfterCosts(plan, exits, currency == "EUR" ? "USD" : "EUR", 0m));
    }

    private static string AfterCosts(RunPlan plan, ExitParameters exits, string account, decimal spread)
    {
        var left = BreakEven.Of(exits, plan.Risk(account).RoundTripFeesPercent(plan.Options.Trading.Currency) + spread);
        var needed = left.WinRatePercent is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.0} % of the trades must win to break even") : "no share of winning trades breaks even";
        return string.Create(CultureInfo.InvariantCulture, $"TP {left.TakeProfitPercent:+0.00;-0.00;0.00} %, SL {left.StopLossPercent:+0.00;-0.00;0.00} % of a trade: {needed}");
    }

    private static string Leaves(ExitOptions o)
    {
        var words = $"at +{Text(o.TakeProfitPercent)} %, -{Text(o.StopLossPercent)} %, or after {Text(o.MaxHold)}";
        if (o.TrailingDistancePercent is { } distance)
            words += $"; {Text(distance)} % below the highest price, from +{Text(o.TrailingActivatePercent)} % on";
        return o.FlatTicks is { } ticks ? words + $"; when the price rose by less than {Text(o.FlatChangePercent)} % over {ticks} ticks" : words;
    }

    private static string Feed(RunPlan plan)
    {
        var name = plan.Feed.ToString().ToLowerInvariant();
        if (plan.Data.Count > 0)
            return $"{name} of {string.Join(", ", plan.Data)}";
        if (plan.Feed != FeedKind.Massive)
            return name;
        var rest = MassivePlan.Rest(plan.Options, plan.Symbols);
        var polls = $"a snapshot of {rest.BaseUrl.Host} each {Text(rest.Interval)}";
        if (plan.Options.Massive.Transport == MassiveTransport.Rest)
            return $"{name}, {polls}";
        var stream = MassivePlan.Stream(plan.Options, plan.Symbols);
        return $"{name}, the stream of {stream.Url.Host} ({stream.Channels.ToString().ToLowerInvariant()}){(plan.Options.Massive.RestWhileDown ? $"; while it is down {polls}" : "")}";
    }

    private static string Prices(RunPlan plan)
    {
        var rules = plan.Prices;
        var stale = rules.StaleAfter is { } age ? $"stale after {Text(age)}" : "never stale";
        return $"{stale}, a move above {Text(rules.MaxJumpPercent)} % waits for a second tick{(plan.BrokerPrices ? ", the broker's own serve for TP and SL meanwhile" : "")}";
    }

    private static string Text(object value) => SettingText.Of(value);
}
