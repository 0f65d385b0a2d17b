using System.Text.Json;
using MicroTrader.Actors.Journal;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>explain</c>, on a journal that the real journal wrote.</summary>
public sealed class ExplainCommandTests(ExplainCommandTests.Written written) : IClassFixture<ExplainCommandTests.Written>
{
    [Fact]
    public async Task A_trade_is_told_line_by_line()
    {
        var run = await AskAsync("axsm-1");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n').Select(l => l.TrimEnd()).ToList();
        Assert.Equal("AXSM-1: trade 1 of AXSM (AXSM_US_EQ), CLOSED", lines[0]);
        Assert.Equal("  AXSM-1-B1: BUY 1, Settled, order 54250294524, 1 at 157.50", lines[1]);
        Assert.Equal("  AXSM-1-S1: SELL 1, Settled, order 54250294525, 1 at 159.50", lines[2]);
        Assert.Matches(@"^2026-10-14 14:20:01\.000Z +0 ms  tick +AXSM-1-B1  AXSM at 157\.50 USD, by the feed's clock$", lines[4]);
        Assert.Matches(@"^2026-10-14 14:20:01\.200Z +\+200 ms  outcome +AXSM-1-B1  Accepted: order 54250294524$", lines[8]);
        Assert.Contains(lines, l => l.Contains("SELL 1, TP at 159.50 USD", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("CLOSED, reason TP; bought at 157.50, sold at 159.50; P&L +2.00 USD (+1.27%), net +2.00 USD, fees 0.00 USD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_is_told_as_json_with_the_fields_that_programs_need()
    {
        var run = await AskAsync("BTDR-1-B1", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        Assert.Equal(
            ["reference", "symbol", "ticker", "tradeNumber", "status", "orders", "steps", "trade", "blocked"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("AMBIGUOUS", root.GetProperty("blocked").GetProperty("code").GetString());
        var request = root.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("stage").GetString() == "request");
        Assert.Equal((85L, 1), (request.GetProperty("durationMs").GetInt64(), request.GetProperty("times").GetInt32()));
        Assert.Equal("GET orders, positions, history/orders: 2 pending", request.GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_order_that_needs_the_person_says_what_to_type()
    {
        var run = await AskAsync("BTDR-1-B1");

        Assert.Contains("GET orders, positions, history/orders: 2 pending (85 ms)", run.Output);
        Assert.Contains("resolve BTDR not-mine", run.Output);
    }

    [Theory]
    [InlineData("AXSM-2-B1", "explain: the journal knows no AXSM-2-B1; the nearest: AXSM-1-B1, ")]
    [InlineData("AXSN-1", "explain: the journal knows no AXSN-1; the nearest: AXSM-1, ")]
    [InlineData("AXSM", "explain: 'AXSM' is no reference; one is e.g. AXSM-17 (a trade) or AXSM-17-B1 (an order of it); the nearest: AXSM-1, ")]
    public async Task A_reference_that_is_not_known_fails_in_a_line_with_the_nearest(string reference, string words)
    {
        var run = await AskAsync(reference);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(words, run.ErrorLine);
    }

    [Fact]
    public async Task A_journal_without_a_trade_says_so()
    {
        using var folder = new TempFolder();
        var path = folder.File("empty", "journal.db");
        JournalFile.Prepare(path, new JournalIdentity("paper", "SIM", "10000001"));

        var run = await CommandLine.RunAsync("explain", "AXSM-1", "--journal", path);

        Assert.Equal((1, "explain: the journal knows no AXSM-1; it holds no trade yet"), (run.ExitCode, run.ErrorLine));
    }

    [Fact]
    public async Task A_journal_that_a_host_holds_can_be_explained()
    {
        using var held = HostLock.Take(Path.GetDirectoryName(written.JournalPath)!, new HostHolder("here", 1, JournalWriter.Start, null));

        Assert.Equal(0, (await AskAsync("HUT-1-B1")).ExitCode);
    }

    private Task<CommandLine> AskAsync(params string[] words) => CommandLine.RunAsync(["explain", words[0], "--set", $"Journal:Folder={written.Folder}", .. words[1..]]);

    /// <summary>A journal, written once: reading changes nothing of it.</summary>
    public sealed class Written : IAsyncLifetime, IDisposable
    {
        private readonly TempFolder _folder = new();

        public string Folder => _folder.Path;

        public string JournalPath => _folder.File("sim-10000001", "journal.db");

        public Task InitializeAsync() => JournalWriter.WriteAsync(
            JournalPath,
            new JournalIdentity("paper", "SIM", "10000001"),
            ("AXSM", JournalWriter.Won("AXSM")),
            ("HUT", JournalWriter.Opened("HUT", 41.25m)),
            ("BTDR", JournalWriter.Blocked("BTDR")));

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => _folder.Dispose();
    }
}
