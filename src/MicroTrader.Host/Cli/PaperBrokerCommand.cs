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
        var database = new Option<string?>("--database") { Description = "File of its account", HelpName = "file" };
        common.AddTo(command);
        foreach (var option in new Option[] { port, key, secret, database })
            command.Options.Add(option);
        command.SetAction(async (parsed, _) =>
        {
            var options = common.Load(parsed);
            var number = parsed.GetValue(port);
            if (number is < 0 or > 65_535)
                throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"--port: {number} is not allowed; allowed is 0 to 65535"));
            var path = Path.GetFullPath(parsed.GetValue(database) ?? Path.Combine(RunFolders.Root(SettingsLoader.ContentRoot(), options), "paper-broker", "paper.db"));
            using var signals = new StopSignals(output.WriteLine);
            return await RunAsync(options, number, parsed.GetValue(key)!, parsed.GetValue(secret)!, path, output, signals.Token);
        });
        return command;
    }

    private static async Task<int> RunAsync(TraderOptions options, int port, string key, string secret, string path, TextWriter output, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var log = LogSetup.Create(options.Log, Path.GetFullPath(options.Log.Folder, SettingsLoader.ContentRoot()));
        using var logs = new SerilogLoggerFactory(log);
        var paper = new PaperBrokerOptions
        {
            DatabasePath = path,
            Port = port,
            ApiKey = key,
            ApiSecret = secret,
            StartingCash = options.Paper.StartingCash,
            Currency = options.Paper.Currency,
            FillDelay = options.Paper.FillDelay,
            SpreadPercent = options.Paper.SpreadPercent,
            SlippagePercent = options.Paper.SlippagePercent,
        };
        await using var broker = await PaperBroker.StartAsync(paper, logs, stop);
        await output.WriteLineAsync($"Paper broker at {broker.BaseAddress}, account in {path}. Ctrl+C stops it.");

        // Prices of its own: a walk for each instrument whose name is a symbol, once.
        var tickers = paper.Instruments
            .Where(i => Symbol.TryParse(i.ShortName, out _))
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
