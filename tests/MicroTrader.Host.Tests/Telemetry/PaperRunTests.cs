using System.Net;
using System.Text.Json;
using MicroTrader.Host.Cli;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Telemetry;

/// <summary>The host whole, with the paper broker: what it measures, read over HTTP; what it tells; and that no secret leaves it that way.</summary>
public sealed class PaperRunTests : IDisposable
{
    private static readonly string[] Promised =
    [
        "microtrader_ticks_total", "microtrader_signals_total", "microtrader_tick_to_decision_milliseconds_bucket", "microtrader_signal_to_post_milliseconds_bucket",
        "microtrader_order_outcomes_total", "microtrader_intents_total", "microtrader_time_to_confirm_milliseconds_bucket", "microtrader_rate_budget_left", "microtrader_price_age_seconds", "microtrader_price_stale",
        "microtrader_day_pnl", "microtrader_open_positions", "microtrader_mailbox_depth", "microtrader_journal_write_milliseconds_bucket", "microtrader_trading_state",
        "microtrader_blocked_symbols", "microtrader_reconciliation_age_seconds", "dotnet_gc_collections_total",
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_that_is_promised_is_measured_and_told_and_a_planted_secret_is_nowhere()
    {
        await using var hook = await FakeHook.StartAsync();
        string[] words =
        [
            "run", "--for", "25s", "--port", "0",
            "--set", $"Journal:Folder={_folder.File("data")}", "--set", $"Log:Folder={_folder.File("logs")}", "--set", "Log:Console=error", "--set", "Log:File=verbose",
            "--set", "Feed:Interval=40ms", "--set", "Exits:MaxHold=2s", "--set", "Shutdown:DrainTimeout=20s",
            "--set", $"Alerts:Webhook:Url={hook.Secret}", "--set", $"Alerts:Heartbeat:Url={hook.Secret}",
            "--set", $"Alerts:Telegram:BotToken={FakeTelegram.Token}", "--set", "Alerts:Telegram:ChatId=4242", "--set", "Alerts:Telegram:Address=http://127.0.0.1:9",
        ];
        using var output = new StringWriter();
        using var error = new StringWriter();
        var shared = TextWriter.Synchronized(output);
        var run = Entrance.RunAsync(words, shared, TextWriter.Synchronized(error), new Terminal(false, () => null));

        await Eventually.TrueAsync(() => run.IsCompleted || output.ToString().Contains("Ctrl+C stops it.", StringComparison.Ordinal), "the banner");
        Assert.False(run.IsCompleted, error.ToString());
        var page = new Uri(output.ToString().Split('\n').Single(l => l.Trim().StartsWith("page ", StringComparison.Ordinal)).Trim()[5..].Trim());
        using var client = new HttpClient { BaseAddress = page };
        var metrics = "";
        await Eventually.TrueAsync(() => run.IsCompleted || hook.Bodies.Any(b => b.Contains("trade-closed", StringComparison.Ordinal)), "a trade is over");
        using (var answer = await client.GetAsync(new Uri("/metrics", UriKind.Relative)))
        {
            metrics = await answer.Content.ReadAsStringAsync();
            Assert.Equal((HttpStatusCode.OK, "text/plain"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }

        var code = await run;
        Assert.True(code == 0 || output.ToString().Contains("Still open", StringComparison.Ordinal), error.ToString());

        var samples = metrics.Split('\n').Where(l => l.Length > 0 && l[0] != '#').ToList();
        Assert.All(Promised, p => Assert.Contains(samples, s => s.StartsWith(p, StringComparison.Ordinal)));
        Assert.True(Value(samples, "microtrader_ticks_total") > 0);
        Assert.Equal(1, Value(samples, "microtrader_trading_state", "state=\"Active\""));
        Assert.Equal(["AXSM", "DJT", "HUT", "WULF"], Labels(samples, "microtrader_price_age_seconds", "symbol"));
        // As many label values as there are symbols, endpoints, kinds and words: none that grows with the trades.
        Assert.DoesNotContain(samples, s => s.Contains("-B1", StringComparison.Ordinal) || s.Contains("5425029", StringComparison.Ordinal));
        Assert.All(samples.Where(s => s.StartsWith("microtrader_", StringComparison.Ordinal)).GroupBy(s => s.Split('{', ' ')[0]), m => Assert.InRange(m.Count(), 1, 60));

        var kinds = hook.Bodies.Where(b => b.Length > 0).Select(b => JsonDocument.Parse(b).RootElement).ToList();
        Assert.Equal("host-started", kinds[0].GetProperty("kind").GetString());
        Assert.Equal("host-stopped", kinds[^1].GetProperty("kind").GetString());
        Assert.Contains(kinds, k => k.GetProperty("kind").GetString() == "trade-opened");
        Assert.All(kinds, k => Assert.Equal("SIM", k.GetProperty("mode").GetString()));
        Assert.Contains(hook.Methods, m => m == "GET");

        var files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith(".json", StringComparison.Ordinal));
        foreach (var text in files.Select(File.ReadAllText).Append(metrics).Append(output.ToString()).Append(error.ToString()))
            Assert.DoesNotContain("planted", text, StringComparison.OrdinalIgnoreCase);
    }

    private static double Value(List<string> samples, string name, string label = "") =>
        double.Parse(samples.Single(s => s.StartsWith(name, StringComparison.Ordinal) && s.Contains(label, StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Labels(List<string> samples, string name, string label) => samples
        .Where(s => s.StartsWith(name, StringComparison.Ordinal))
        .Select(s => s.Split($"{label}=\"")[1].Split('"')[0])
        .Order(StringComparer.Ordinal);
}
