using System.CommandLine;
using System.Globalization;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Logging;
using MicroTrader.Host.Running;
using MicroTrader.MarketData;
using MicroTrader.Simulators.Paper;
using Serilog.Extensions.Logging;
using Symbol = MicroTrader.Domain.Market.Symbol;

namespace MicroTrader.Host.Cli;

/// <summary><c>paper-broker</c>: the look-alike of Trading 212 alone, for anybody's client.</summary>
internal static class PaperBrokerCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output)
    {
        var command = new Command("paper-broker", "Runs a look-alike of Trading 212's API alone, with synthetic prices");
        var common = new CommonOptions();
        var port = new Option<int>("--port") { Description = "Its port on loopback; 0 for any", HelpName = "port", DefaultValueFactory = _ => 5212 };
        var key = new Option<string>("--key") { Description = "API key", HelpName = "key", DefaultValueFactory = _ => "paper" };
        var secret = new Option<string>("--secret") { Description = "API secret", HelpName = "secret", DefaultValueFactory = _ => "paper" };
        var accounts = new Option<string[]>("--account") { Description = "An account of its own, instead of --key and --secret (may be repeated): key:secret:number:currency:cash", HelpName = "account" };
        var database = new Option<string?>("--database") { Description = "File of its accounts", HelpName = "file" };
        var instruments = new Option<string?>("--instruments") { Description = "A list of instruments, as GET metadata/instruments answers it (plain or .gz); only the symbols that are set walk then", HelpName = "file" };
        var adminPort = new Option<int?>("--admin-port") { Description = "Port on loopback for prices, faults and the ledger; 0 for any, off by default", HelpName = "port" };
        var reset = new Option<bool>("--reset") { Description = "Empties its accounts first" };
        var timeScale = new Option<double>("--time-scale") { Description = "Shortens its limits and delays, for a robot with the same Broker:TimeScale; 0.01 to 1", HelpName = "scale", DefaultValueFactory = _ => 1 };
        common.AddTo(command);
        foreach (var option in new Option[] { port, key, secret, accounts, database, instruments, adminPort, reset, timeScale })
            command.Options.Add(option);
        command.SetAction(async (parsed, _) =>
        {
            var options = common.Load(parsed);
            var path = Path.GetFullPath(parsed.GetValue(database) ?? Path.Combine(RunFolders.Root(SettingsLoader.ContentRoot(), options), "paper-broker", "paper.db"));
            var paper = new PaperBrokerOptions
            {
                DatabasePath = path,
                Port = Port("--port", parsed.GetValue(port)),
                AdminPort = parsed.GetValue(adminPort) is { } admin ? Port("--admin-port", admin) : null,
                ApiKey = parsed.GetValue(key)!,
                ApiSecret = parsed.GetValue(secret)!,
                Accounts = [.. (parsed.GetValue(accounts) ?? []).Select(Account)],
                Instruments = parsed.GetValue(instruments) is { } file ? PaperInstruments.FromFile(file) : PaperInstruments.Bundled,
                Reset = parsed.GetValue(reset),
                TimeScale = Scale(parsed.GetValue(timeScale)),
                StartingCash = options.Paper.StartingCash,
                Currency = options.Paper.Currency,
                FillDelay = options.Paper.FillDelay,
                SpreadPercent = options.Paper.SpreadPercent,
                SlippagePercent = options.Paper.SlippagePercent,
            };
            using var signals = new StopSignals(output.WriteLine, "Stopping.");
            return await RunAsync(options, paper, parsed.GetValue(instruments) is not null, output, signals.Token);
        });
        return command;
    }

    private static int Port(string name, int number) => number is >= 0 and <= 65_535
        ? number
        : throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"{name}: {number} is not allowed; allowed is 0 to 65535"));

    private static double Scale(double scale) => scale is >= PaperBrokerOptions.LeastTimeScale and <= 1
        ? scale
        : throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"--time-scale: {scale} is not allowed; allowed is {PaperBrokerOptions.LeastTimeScale} to 1"));

    // The text holds a secret: a message never repeats it.
    private static PaperAccountOptions Account(string text)
    {
        var parts = text.Split(':');
        if (parts.Length != 5
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !decimal.TryParse(parts[4], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cash))
            throw new SettingsException("--account: is not allowed as it was given; allowed is key:secret:number:currency:cash, e.g. k1:s1:10000002:EUR:5000");
        return new PaperAccountOptions { ApiKey = parts[0], ApiSecret = parts[1], AccountId = number, Currency = parts[3], StartingCash = cash };
    }

    private static async Task<int> RunAsync(TraderOptions options, PaperBrokerOptions paper, bool isForeignList, TextWriter output, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(paper.DatabasePath)!);
        await using var log = LogSetup.Create(options.Log, Path.GetFullPath(options.Log.Folder, SettingsLoader.ContentRoot()));
        using var logs = new SerilogLoggerFactory(log);
        await using var broker = await PaperBroker.StartAsync(paper, logs, stop);
        await output.WriteLineAsync($"Paper broker at {broker.BaseAddress}, {broker.Accounts.Count} account(s) in {paper.DatabasePath}. Ctrl+C stops it.");
        if (broker.AdminAddress is { } adminAddress)
            await output.WriteLineAsync($"Its admin API is at {adminAddress}.");

        // Prices of its own: a walk for each instrument whose name is a symbol. A foreign list may hold thousands: of it only those that are set.
        var named = isForeignList ? RunPlanner.Symbols("Trading:Symbols", options.Trading.Symbols).ToHashSet() : null;
        var tickers = paper.Instruments
            .Where(i => Symbol.TryParse(i.ShortName, out var symbol) && (named is null || named.Contains(symbol)))
            .GroupBy(i => Symbol.Parse(i.ShortName))
            .ToDictionary(g => g.Key, g => g.Select(i => i.Ticker).ToList());
        var feed = new SyntheticFeed(new SyntheticFeedOptions { Symbols = [.. tickers.Keys], Seed = options.Feed.Seed, Interval = options.Feed.Interval }, TimeProvider.System);
        try
        {
            await foreach (var tick in feed.ReadAsync(stop))
            {
                foreach (var ticker in tickers[tick.Symbol])
                    broker.PutPrice(ticker, tick.Price);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A person wants it to stop: that is how it ends.
        }

        return ExitCodes.Ok;
    }
}
