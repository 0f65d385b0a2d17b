using System.Text.Json;
using MicroTrader.Actors.Journal;
using MicroTrader.Host.Cli;
using MicroTrader.Host.Running;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>positions</c> and <c>trades</c>, on a journal that the real journal wrote.</summary>
public sealed class JournalCommandsTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("sim-10000001", "journal.db");

    public Task InitializeAsync() => JournalWriter.WriteAsync(
        JournalPath,
        new JournalIdentity("paper", "SIM", "10000001"),
        ("WULF", JournalWriter.InDoubt("WULF")),
        ("AXSM", JournalWriter.Won("AXSM")),
        ("HUT", JournalWriter.Opened("HUT", 41.25m)),
        ("DJT", JournalWriter.Rejected("DJT")),
        ("BTDR", JournalWriter.Blocked("BTDR")));

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Positions_shows_what_is_held_and_what_is_on_its_way()
    {
        var run = await AskAsync("positions");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("SYMBOL", lines[0]);
        Assert.Matches(@"^BTDR +LONG +1 +PENDING .*BTDR-1-B1 +needs you: AMBIGUOUS$", lines[1].TrimEnd());
        lines = lines[1..];
        Assert.Matches(@"^HUT +LONG +1 +OPEN +41\.25 +41\.25 +2026-10-14 14:20:02 +54250294524 +- .*HUT-1-B1$", lines[1].TrimEnd());
        Assert.Matches(@"^WULF +LONG +1 +PENDING +5\.00 +- +- .*WULF-1-B1 +needs evidence$", lines[2].TrimEnd());
    }

    [Theory]
    [InlineData("positions")]
    [InlineData("trades")]
    public async Task What_needs_the_person_is_shown_without_a_host_with_what_to_type(string command)
    {
        var run = await AskAsync(command);

        Assert.Contains("NEEDS YOU  BTDR  AMBIGUOUS, since 2026-10-14 14:20:06Z: orders 501, 502 could all be BTDR-1-B1", run.Output);
        foreach (var choice in new[] { "resolve BTDR mine --order 501", "resolve BTDR mine --order 502", "resolve BTDR not-mine" })
            Assert.Contains(choice, run.Output);
    }

    [Fact]
    public async Task Trades_shows_what_is_over()
    {
        var run = await AskAsync("trades");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^AXSM +LONG +1 +157\.50 +157\.50 +2026-10-14 14:20:02 +159\.50 +2026-10-14 14:20:10 +8\.8 +TP +\+2\.00 USD +\+1\.27 +\+2\.00 USD +0\.00 +54250294524 +54250294525 +AXSM-1-B1$", lines[1].TrimEnd());
        Assert.Matches(@"^DJT +LONG +0 +18\.33 .*REJECTED.*DJT-1-B1$", lines[2].TrimEnd());
    }

    [Fact]
    public async Task Positions_as_json_has_the_fields_of_the_design()
    {
        var run = await AskAsync("positions", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var hut = json.RootElement.EnumerateArray().Single(p => p.GetProperty("symbol").GetString() == "HUT");
        Assert.Equal(
            ["symbol", "ticker", "direction", "status", "reference", "quantity", "signalPrice", "entryPrice", "entryTime", "entryOrderId", "exitOrderId", "exitReason", "pnl", "pnlPercent", "currency", "needsEvidence", "detail", "blocked", "exits", "watchesPrices", "sold", "sale", "takeProfitPrice", "stopLossPrice", "timeAt"],
            hut.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("OPEN", 41.25m, 54250294524), (hut.GetProperty("status").GetString(), hut.GetProperty("entryPrice").GetDecimal(), hut.GetProperty("entryOrderId").GetInt64()));
        Assert.Equal(JsonValueKind.Null, hut.GetProperty("pnl").ValueKind);
    }

    [Fact]
    public async Task Trades_as_json_has_the_fields_of_the_design()
    {
        var run = await AskAsync("trades", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var axsm = json.RootElement.EnumerateArray().First();
        Assert.Equal(
            [
                "symbol", "tradeNumber", "direction", "quantity", "signalPrice", "entryPrice", "entryTime", "closePrice", "closeTime", "closeReason", "closeDetail", "durationSeconds",
                "pnl", "pnlPercent", "currency", "net", "netCurrency", "fees", "entryReference", "entryOrderId", "exitOrderId",
            ],
            axsm.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("TP", 2.00m, 1.27m), (axsm.GetProperty("closeReason").GetString(), axsm.GetProperty("pnl").GetDecimal(), Math.Round(axsm.GetProperty("pnlPercent").GetDecimal(), 2)));
    }

    [Fact]
    public async Task A_journal_can_be_named_by_its_file_or_its_folder()
    {
        foreach (var path in new[] { JournalPath, Path.GetDirectoryName(JournalPath)! })
        {
            var run = await CommandLine.RunAsync("trades", "--journal", path);

            Assert.Equal(0, run.ExitCode);
            Assert.Contains("AXSM-1-B1", run.Output);
        }
    }

    [Fact]
    public async Task A_journal_that_a_host_holds_can_be_read()
    {
        using var held = HostLock.Take(Path.GetDirectoryName(JournalPath)!, new HostHolder("here", 1, JournalWriter.Start, null));

        Assert.Equal(0, (await AskAsync("positions")).ExitCode);
    }

    [Fact]
    public async Task A_journal_without_a_trade_says_so()
    {
        var path = _folder.File("empty", "journal.db");
        JournalFile.Prepare(path, new JournalIdentity("paper", "SIM", "10000001"));

        Assert.Equal((0, "No positions."), (await CommandLine.RunAsync("positions", "--journal", path)) is var p ? (p.ExitCode, p.Output.Trim()) : default);
        Assert.Equal((0, "No trades."), (await CommandLine.RunAsync("trades", "--journal", path)) is var t ? (t.ExitCode, t.Output.Trim()) : default);
        Assert.Equal("[]", (await CommandLine.RunAsync("trades", "--json", "--journal", path)).Output.Trim());
    }

    [Theory]
    [InlineData("positions")]
    [InlineData("trades")]
    public async Task A_mode_that_has_not_run_fails_in_a_line(string command)
    {
        var run = await AskAsync(command, "--mode", "practice");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"there is no journal of PRACTICE in {_folder.Path} yet", run.ErrorLine);
    }

    [Fact]
    public async Task A_path_that_is_no_journal_fails_in_a_line()
    {
        foreach (var path in new[] { _folder.File("nowhere"), _folder.Path })
        {
            var run = await CommandLine.RunAsync("trades", "--journal", path);

            Assert.Equal((1, ""), (run.ExitCode, run.Output));
            Assert.StartsWith($"--journal: {path} is neither a journal nor a folder", run.ErrorLine);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_journal_fails_in_a_line()
    {
        var path = _folder.Write("notes.db", "these are notes, and no database of any kind");

        var run = await CommandLine.RunAsync("positions", "--journal", path);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"journal {path}: cannot be read", run.ErrorLine);
    }

    [Fact]
    public async Task Journals_of_several_accounts_have_to_be_told_apart()
    {
        JournalFile.Prepare(_folder.File("sim-10000002", "journal.db"), new JournalIdentity("paper", "SIM", "10000002"));

        var run = await AskAsync("positions");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("there are journals of several accounts: ", run.ErrorLine);
        Assert.Contains("--journal names one", run.ErrorLine);
    }

    [Theory]
    [InlineData("sim", "Trading:Mode", "sim")]
    [InlineData("practice", "Trading:Mode", "practice")]
    [InlineData("live", "Trading:Mode", "live")]
    [InlineData("live", "Trading212:Live", "true")]
    [InlineData("practice", "Trading212:Demo:ApiKey", "key")]
    [InlineData("sim", "Web:Port", "0")]
    public void A_mode_finds_its_own_journal(string folder, string key, string value)
    {
        foreach (var mode in new[] { "practice", "live" })
            JournalFile.Prepare(_folder.File($"{mode}-1", "journal.db"), new JournalIdentity("trading212", mode.ToUpperInvariant(), "1"));

        var path = JournalLocator.Find(Settings.Of(("Journal:Folder", _folder.Path), (key, value)));

        Assert.StartsWith(folder + "-", Path.GetFileName(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_folder_of_the_mode_without_a_journal_does_not_count()
    {
        Directory.CreateDirectory(_folder.File("live-1"));

        Assert.Throws<StartException>(() => JournalLocator.Find(Settings.Of(("Journal:Folder", _folder.Path), ("Trading:Mode", "live"))));
    }

    private Task<CommandLine> AskAsync(string command, params string[] more) => CommandLine.RunAsync([command, "--set", $"Journal:Folder={_folder.Path}", .. more]);
}
