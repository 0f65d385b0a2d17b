using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Positions;

namespace MicroTrader.KillRunner;

/// <summary>
/// One sitting: a paper broker with faults in one process, the host in another, killed with SIGKILL and started again, as often as is wanted; then the faults
/// end, the host trades to its end, and everything is compared.
/// </summary>
internal sealed class KillSitting : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A moment that does not come is not waited for: the kill falls where it falls.
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(6);

    private readonly KillOptions _options;
    private readonly Action<string> _say;
    private readonly Random _random;
    private readonly VenueProcess _venue;
    private readonly string _journal;
    private readonly List<string> _differences = [];
    private readonly Dictionary<KillPhase, int> _kills = [];
    private readonly Dictionary<string, int> _met = [];
    private readonly CancellationTokenSource _stop = new();
    private JournalCopy? _last;
    private int _starts;

    private KillSitting(KillOptions options, Action<string> say, VenueProcess venue)
    {
        _options = options;
        _say = say;
        _venue = venue;
        _random = new Random(options.Seed);
        _journal = Path.Combine(options.Folder, "data", $"practice-{VenueProcess.Account}", "journal.db");
    }

    /// <summary>Runs a sitting.</summary>
    /// <param name="options">What it is to be.</param>
    /// <param name="say">Where progress goes.</param>
    public static async Task<KillResult> RunAsync(KillOptions options, Action<string> say)
    {
        Directory.CreateDirectory(Path.Combine(options.Folder, "lives"));
        // The settings of the build, so that the host takes the folder for its own.
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hocon")).Append(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Append(Path.Combine(AppContext.BaseDirectory, "akka.hocon")))
        {
            var target = Path.Combine(options.Folder, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        say(string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}, {options.Kills} kills, scale {options.Scale}, everything in {options.Folder}"));
        using var venue = await VenueProcess.StartAsync(options, options.Folder);
        using var sitting = new KillSitting(options, say, venue);
        return await sitting.RunAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task<KillResult> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        var prices = QuoteAsync();
        try
        {
            // What the account is must be known before the first fault: a first start cannot do without.
            await FirstAsync();
            for (var n = 1; n <= _options.Kills; n++)
            {
                var killed = await LiveAsync(n);
                if (n % 10 == 0 || n == _options.Kills)
                    _say(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed:mm\\:ss}  {n} kills, {_last?.Facts.Count} facts, last {killed}, {_differences.Count} differences"));
            }

            return await EndAsync(clock);
        }
        finally
        {
            await _stop.CancelAsync();
            await prices;
        }
    }

    private async Task FirstAsync()
    {
        using var host = Start("first", Prices.Script(_random, TimeSpan.FromMinutes(2), _options.Scaled(13)));
        // So that every sitting has something to compare.
        if (await host.WaitForAsync("Position CLOSED: .* P&L: ", Patience * 2) is null || await host.TerminateAsync(Patience) != 0)
            throw new InvalidOperationException($"the first start failed:\n{string.Join('\n', host.Lines)}");
        _last = JournalCopy.Take(_journal, CopyFolder);
    }

    // One life: it starts, and dies at a moment that was chosen before.
    private async Task<KillPhase> LiveAsync(int n)
    {
        await _venue.FaultsAsync(Weather.Of(_random, _options));
        var (pattern, nth, wait) = Moment();
        var script = Prices.Script(_random, TimeSpan.FromSeconds(30), _options.Scaled(13));
        using var host = Start(n.ToString("0000", CultureInfo.InvariantCulture), script);
        if (pattern is not null)
        {
            // A busy machine starts slowly; that is no part of the life.
            await host.WaitForAsync("^  page ", Patience);
            await host.WaitForAsync(pattern, LongestLife, nth);
        }

        await Task.Delay(wait);
        if (!host.IsRunning)
            _differences.Add(string.Create(CultureInfo.InvariantCulture, $"life {n} ended by itself with exit code {host.ExitCode}: {host.LastLine}"));
        else
            await host.KillAsync();
        return Examine(n, host);
    }

    // A pattern of the log to wait for, how often it must come, and how long after it.
    private (string? Pattern, int Nth, TimeSpan Wait) Moment()
    {
        var some = TimeSpan.FromMilliseconds(_random.Next(0, 120));
        var more = TimeSpan.FromMilliseconds(_random.Next(0, 600));
        var nth = _random.Next(1, 4);
        return _random.Next(12) switch
        {
            0 => (null, 0, TimeSpan.FromMilliseconds(_random.Next(50, 1_500))),
            1 => ("^  page ", 1, some),
            2 => ("Recovered ", 1, some),
            3 => ("has no certain outcome", 1, more),
            4 or 5 => ("Creating BUY order", nth, some),
            6 => ("BUY order created", nth, some),
            7 or 8 => ("-> OPEN/", nth, more),
            9 or 10 => ("Closing position", nth, some),
            _ => ("-> PENDING_CLOSE/Accepted", nth, more),
        };
    }

    private KillPhase Examine(int n, HostProcess host)
    {
        var lines = host.Lines;
        var copy = JournalCopy.Take(_journal, CopyFolder);
        // Whatever was in the journal is still there: a fact that was acknowledged never goes.
        var before = _last?.Facts ?? [];
        for (var i = 0; i < before.Count; i++)
        {
            if (i >= copy.Facts.Count || copy.Facts[i] != before[i])
            {
                _differences.Add($"life {n}: the journal lost {before[i]}");
                break;
            }
        }

        _last = copy;
        var facts = JournalReader.Positions(copy.Path).ToList();
        // What was let go to the venue had its intent in the journal by then.
        var intents = facts.Select(f => f.Fact).OfType<IOrderEvent>().Where(f => f is EntryIntended or ExitIntended).Select(f => f.Reference.Value).ToHashSet();
        foreach (var reference in lines.Select(l => Regex.Match(l, @"Order (\S+) of \S+: handed to the transport")).Where(m => m.Success).Select(m => m.Groups[1].Value))
        {
            if (!intents.Contains(reference))
                _differences.Add($"life {n}: {reference} was handed to the transport, and the journal has no intent of it");
        }

        var states = JournalReader.Fold(copy.Path).Positions.Values.Select(p => p.Status).Where(s => s != PositionStatus.Closed).ToList();
        foreach (var state in states)
            _met[state.ToString()] = _met.GetValueOrDefault(state.ToString()) + 1;
        var phase = !lines.Any(l => l.StartsWith("  page ", StringComparison.Ordinal)) ? KillPhase.Starting
            : !lines.Any(l => l.Contains("Ready to trade", StringComparison.Ordinal)) ? KillPhase.Recovering
            : Busiest(lines, states);
        _kills[phase] = _kills.GetValueOrDefault(phase) + 1;
        return phase;
    }

    // Several positions are held at the same time: the one that moved last says where the kill fell.
    private static KillPhase Busiest(IReadOnlyList<string> lines, List<PositionStatus> states)
    {
        if (states.Count == 0)
            return KillPhase.Flat;
        var last = lines.Select(l => Regex.Match(l, @"position-\S+: \S+ \S+ -> (PENDING_CLOSE|PENDING|OPEN)/")).LastOrDefault(m => m.Success);
        var word = last?.Groups[1].Value;
        return word switch
        {
            "PENDING" when states.Contains(PositionStatus.Pending) => KillPhase.Pending,
            "OPEN" when states.Contains(PositionStatus.Open) => KillPhase.Open,
            "PENDING_CLOSE" when states.Contains(PositionStatus.PendingClose) => KillPhase.PendingClose,
            _ => Enum.Parse<KillPhase>(states[0].ToString()),
        };
    }

    // The faults end, and what is held is left: by TIME, like everything.
    private async Task<KillResult> EndAsync(Stopwatch clock)
    {
        await _venue.FaultsAsync([]);
        using (var host = Start("last", Prices.Quiet(TimeSpan.FromMinutes(10))))
        {
            var page = await host.WaitForAsync(@"^  page      (?<address>http://127\.0\.0\.1:\d+)", Patience);
            if (page is null)
                throw new InvalidOperationException($"the last start failed:\n{string.Join('\n', host.Lines)}");
            await FlatAsync(new Uri(page.Groups["address"].Value));
            if (await host.TerminateAsync(Patience) is not 0 and var code)
                _differences.Add($"the last run ended with exit code {code}: {host.LastLine}");
        }

        var evidence = await KillEvidence.CollectAsync(Path.Combine(_options.Folder, "end"), _journal, CommandAsync, _venue);
        _differences.AddRange(Comparison.Compare(evidence));
        return new KillResult
        {
            Options = _options,
            Starts = _starts,
            Kills = _kills,
            Positions = _met,
            Trades = evidence.Trades.Count,
            Filled = evidence.Trades.Count(t => t.Pnl is not null),
            Orders = evidence.Ledger.Orders.Count,
            Posts = evidence.Posts,
            Facts = JournalCopy.Take(_journal, CopyFolder).Facts.Count,
            Faults = evidence.Statistics.Faults,
            Took = clock.Elapsed,
            Differences = _differences,
        };
    }

    // Flat, and for as long as an order may still turn up late.
    private async Task FlatAsync(Uri page)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        var waited = Stopwatch.StartNew();
        var flat = Stopwatch.StartNew();
        while (flat.Elapsed < _options.Scaled(60) && waited.Elapsed < TimeSpan.FromMinutes(2))
        {
            var positions = JsonSerializer.Deserialize(await http.GetStringAsync(new Uri(page, "/api/v1/positions")), VenueJson.Default.ListToldPosition)!;
            var ledger = VenueLedger.Read(await _venue.LedgerAsync());
            if (positions.Count > 0 || ledger.Holdings.Count > 0 || ledger.Orders.Any(o => o.IsPending))
                flat.Restart();
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private async Task<string> CommandAsync(string[] arguments)
    {
        using var host = Run(arguments[0], arguments);
        var code = await host.EndAsync(Patience);
        var text = string.Join('\n', host.Lines);
        return code == 0 ? text : throw new InvalidOperationException($"{arguments[0]} ended with exit code {code}: {text}");
    }

    private HostProcess Start(string life, string script)
    {
        _starts++;
        File.WriteAllText(Path.Combine(_options.Folder, "prices.csv"), script);
        string[] settings =
        [
            "Feed:AllowSyntheticOnPractice=true", "Session:Gate=off", "Trading:Quantity=3", "Risk:MaxOpenPositions=4",
            Set("Broker:TimeScale", _options.Scale), Set("Exits:MaxHold", $"{Math.Max(100, _options.Scaled(10).TotalMilliseconds):0}ms"),
            // The account is in euros, and a sitting trades far more than a person's robot: risk's limits are not what is tried here.
            "Risk:MaxCostPercentOfTakeProfit=100", "Risk:MaxTradesPerHour=100000", "Risk:MaxOrdersPerMinute=100000", "Risk:CoolDown=0s",
            // An order that was not found is watched for 15 min: a sitting has not the time, and its latest ones come after 50 s.
            "Reconciliation:LateWatch=2m",
            // What a kill met is read off the log.
            "Log:Console=debug", "Log:File=warning", "Journal:SnapshotEvery=40", "Reporting:StateInterval=0s",
        ];
        return Run(life, ["run", "--port", "0", "--symbols", string.Join(',', KillOptions.Symbols), "--feed", "script", "--data", "prices.csv", .. settings.SelectMany(s => new[] { "--set", s })]);
    }

    private HostProcess Run(string name, IEnumerable<string> arguments) => HostProcess.Start(
        _options.Folder,
        Path.Combine(_options.Folder, "lives", $"{name}.txt"),
        arguments,
        new Dictionary<string, string>
        {
            ["TRADING212_DEMO_API_KEY"] = VenueProcess.Key,
            ["TRADING212_DEMO_API_SECRET"] = VenueProcess.Secret,
            ["TRADING212_DEMO_ENVIRONMENT"] = _venue.Address,
        });

    private string CopyFolder => Path.Combine(_options.Folder, "copy");

    // The venue's prices move for as long as the sitting lasts.
    private async Task QuoteAsync()
    {
        var random = new Random(_options.Seed + 1);
        while (!_stop.IsCancellationRequested)
        {
            foreach (var symbol in KillOptions.Symbols)
                await _venue.PriceAsync(symbol, Prices.AtVenue(symbol, random));
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(300), _stop.Token));
        }
    }

    private static string Set(string name, double value) => $"{name}={value.ToString(CultureInfo.InvariantCulture)}";

    private static string Set(string name, FormattableString value) => $"{name}={FormattableString.Invariant(value)}";
}
