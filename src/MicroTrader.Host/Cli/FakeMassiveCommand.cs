using System.CommandLine;
using System.Globalization;
using MicroTrader.Domain.Market;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Logging;
using MicroTrader.Host.Running;
using MicroTrader.MarketData;
using MicroTrader.Simulators.Massive;
using Serilog.Extensions.Logging;
using Symbol = MicroTrader.Domain.Market.Symbol;

namespace MicroTrader.Host.Cli;

/// <summary><c>fake-massive</c>: the look-alike of Massive's market data alone, for anybody's client.</summary>
internal static class FakeMassiveCommand
{
    private const string Example = "fake-massive --port 5214 --symbols AXSM,DJT --interval 100ms";

    // The real delayed plans' delay.
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(15);

    /// <summary>The command.</summary>
    public static Command Make(TextWriter output)
    {
        var command = new Command("fake-massive", $"Runs a look-alike of Massive's (Polygon's) market data alone, REST and stream; e.g. {Example}");
        var common = new CommonOptions();
        var port = new Option<int>("--port") { Description = "Its port on loopback, for REST and stream; 0 for any", HelpName = "port", DefaultValueFactory = _ => 5214 };
        var adminPort = new Option<int?>("--admin-port") { Description = "Port on loopback for trades, quotes, faults and statistics; 0 for any, off by default", HelpName = "port" };
        var key = new Option<string>("--key") { Description = "API key", HelpName = "key", DefaultValueFactory = _ => "massive" };
        var symbols = new Option<string?>("--symbols") { Description = "Symbols, separated by commas; of a recording only these", HelpName = "A,B" };
        var seed = new Option<string?>("--seed") { Description = "Made-up prices: their seed", HelpName = "number" };
        var interval = new Option<string?>("--interval") { Description = "Made-up prices: time between two trades of a symbol", HelpName = "duration" };
        var spread = new Option<decimal>("--spread") { Description = "Ask minus bid, percent of the price, where the data has no quotes", HelpName = "percent", DefaultValueFactory = _ => 0.02m };
        var gaps = new Option<string?>("--gaps") { Description = "Made-up prices: about how often a symbol's price leaps by up to 2 %, e.g. 2m; never by default", HelpName = "duration" };
        var data = new Option<string[]>("--data") { Description = "Recording to play in real time, stamped now: LEAN zips, CSV files, or a folder of them", HelpName = "file-or-folder", AllowMultipleArgumentsPerToken = true };
        var script = new Option<string?>("--script") { Description = "Script of prices to play (symbol,price,volume,delay_ms)", HelpName = "file" };
        var delayed = new Option<bool>("--delayed") { Description = "A delayed plan: stamps are 15 minutes old, the stream is at /delayed/stocks" };
        var noQuotes = new Option<bool>("--no-quotes") { Description = "A plan without quotes" };
        var noTrades = new Option<bool>("--no-trades") { Description = "A plan without trades: aggregates alone" };
        var connections = new Option<int?>("--max-connections") { Description = "Streams that may be open at a time, 1 with the real service; any number by default", HelpName = "number" };
        common.AddTo(command);
        foreach (var option in new Option[] { port, adminPort, key, symbols, seed, interval, spread, gaps, data, script, delayed, noQuotes, noTrades, connections })
            command.Options.Add(option);
        command.SetAction(async (parsed, _) =>
        {
            var settings = new Dictionary<string, string?> { ["Trading:Symbols"] = parsed.GetValue(symbols), ["Feed:Seed"] = parsed.GetValue(seed), ["Feed:Interval"] = parsed.GetValue(interval) };
            var options = common.Load(parsed, settings.Where(s => s.Value is not null));
            var massive = new FakeMassiveOptions
            {
                Port = Port("--port", parsed.GetValue(port)),
                AdminPort = parsed.GetValue(adminPort) is { } admin ? Port("--admin-port", admin) : null,
                ApiKey = Key(parsed.GetValue(key)!),
                HasQuotes = !parsed.GetValue(noQuotes),
                HasTrades = !parsed.GetValue(noTrades),
                Delay = parsed.GetValue(delayed) ? Delay : TimeSpan.Zero,
                MaxConnections = parsed.GetValue(connections) is { } most ? Connections(most) : null,
            };
            var percent = Spread(parsed.GetValue(spread));
            var only = parsed.GetValue(symbols) is { } named ? RunPlanner.Symbols("--symbols", named) : [];
            var ticks = (parsed.GetValue(data), parsed.GetValue(script)) switch
            {
                ({ Length: > 0 }, not null) => throw new SettingsException("--script: goes not together with --data; allowed is one of both"),
                ({ Length: > 0 } paths, null) => Replay(paths, only),
                (_, { } file) => Script(file),
                _ => Synthetic(options, percent, Gaps(parsed.GetValue(gaps))),
            };
            using var signals = new StopSignals(output.WriteLine, "Stopping.");
            return await RunAsync(options, massive, ticks, percent, output, signals.Token);
        });
        return command;
    }

    private static int Port(string name, int number) => number is >= 0 and <= 65_535
        ? number
        : throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"{name}: {number} is not allowed; allowed is 0 to 65535"));

    private static int Connections(int number) => number >= 1
        ? number
        : throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"--max-connections: {number} is not allowed; allowed is 1 or more"));

    private static decimal Spread(decimal percent) => percent is >= 0 and <= 5
        ? percent
        : throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"--spread: {percent} is not allowed; allowed is 0 to 5 percent"));

    // The text is a secret, perhaps a real one: a message never repeats it.
    private static string Key(string key) => key.Length > 0 && key.All(static c => c is > ' ' and < '\x7f')
        ? key
        : throw new SettingsException("--key: is empty or holds more than visible ASCII characters; allowed is a word such as massive");

    private static TimeSpan? Gaps(string? text)
    {
        if (text is null)
            return null;
        return Duration.TryParse(text, out var every) && every >= TimeSpan.FromSeconds(1) && every <= TimeSpan.FromDays(1)
            ? every
            : throw new SettingsException($"--gaps: '{text}' is not allowed; allowed is {Duration.Forms}, 1s to a day");
    }

    private static Ticks Replay(string[] paths, List<Symbol> only)
    {
        var recording = Recording.Open(paths, new RecordingOptions { Symbols = only });
        return new Ticks($"{recording.Files.Count} file(s) in real time", stop => MassivePump.PaceAsync(recording.ReadTicks(), TimeProvider.System, stop), recording);
    }

    private static Ticks Script(string file)
    {
        var feed = ScriptedFeed.Open(file, TimeProvider.System);
        return new Ticks(feed.Description, feed.ReadAsync, null);
    }

    private static Ticks Synthetic(TraderOptions options, decimal spread, TimeSpan? gaps)
    {
        var feed = new SyntheticFeed(
            new SyntheticFeedOptions
            {
                Symbols = RunPlanner.Symbols("Trading:Symbols", options.Trading.Symbols),
                Seed = options.Feed.Seed,
                Interval = options.Feed.Interval,
                SpreadPercent = spread,
                GapEvery = gaps,
            },
            TimeProvider.System);
        return new Ticks(feed.Description, feed.ReadAsync, null);
    }

    private static async Task<int> RunAsync(TraderOptions options, FakeMassiveOptions settings, Ticks ticks, decimal spread, TextWriter output, CancellationToken stop)
    {
        using var held = ticks.Held;
        await using var log = LogSetup.Create(options.Log, Path.GetFullPath(options.Log.Folder, SettingsLoader.ContentRoot()));
        using var logs = new SerilogLoggerFactory(log);
        await using var massive = await FakeMassive.StartAsync(settings, logs, stop);
        await output.WriteLineAsync($"Massive look-alike at {massive.RestAddress} and {massive.SocketAddress}. Ctrl+C stops it.");
        await output.WriteLineAsync($"It plays {ticks.Description}.");
        await output.WriteLineAsync($"Point the robot at it: POLYGON_API_KEY=<the key> POLYGON_BASE_URL={massive.RestAddress.GetLeftPart(UriPartial.Authority)}, and for the stream Massive__Transport=stream Massive__StreamUrl={massive.SocketAddress}");
        if (massive.AdminAddress is { } adminAddress)
            await output.WriteLineAsync($"Its admin API is at {adminAddress}.");
        var pump = new MassivePump(massive, spread);
        try
        {
            await pump.RunAsync(ticks.Read(stop), stop);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"All {pump.Trades} trades are played; the last prices stay. Ctrl+C stops it."));
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A person wants it to stop: that is how it ends.
        }

        return ExitCodes.Ok;
    }

    /// <summary>What is played.</summary>
    private sealed record Ticks(string Description, Func<CancellationToken, IAsyncEnumerable<Tick>> Read, IDisposable? Held);
}
