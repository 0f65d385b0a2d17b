using MicroTrader.Actors.Journal;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>backup</c> and <c>trades --csv</c>, on a journal that the real journal wrote.</summary>
public sealed class BackupAndCsvTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("sim-10000001", "journal.db");

    public Task InitializeAsync() => JournalWriter.WriteAsync(
        JournalPath, new JournalIdentity("paper", "SIM", "10000001"), ("AXSM", JournalWriter.Won("AXSM")), ("DJT", JournalWriter.Rejected("DJT")));

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_is_checked_and_shows_the_same_trades()
    {
        var run = await AskAsync("backup");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var copy = Assert.Single(Directory.GetFiles(_folder.File("sim-10000001", "backups")));
        Assert.StartsWith(copy + ": 10 facts", run.Output);
        Assert.Equal((await AskAsync("trades")).Output, (await CommandLine.RunAsync("trades", "--journal", copy)).Output);
    }

    [Fact]
    public async Task A_backup_goes_where_it_is_told_once()
    {
        var target = _folder.File("safe", "monday.db");
        Assert.Equal(0, (await AskAsync("backup", "--to", target)).ExitCode);

        var again = await AskAsync("backup", "--to", target);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("is there already", again.ErrorLine);
    }

    [Fact]
    public async Task Trades_as_csv_hold_every_field()
    {
        var run = await AskAsync("trades", "--csv");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("AXSM,AXSM-1,LONG,1,157.5,157.5,2026-10-14T14:20:02.000Z,159.5,2026-10-14T14:20:10.800Z,TP,,8.8,2,1.26984127,USD,2,0,USD,AXSM-1-B1,54250294524,54250294525", lines[1]);
        Assert.StartsWith("DJT,DJT-1,LONG,0,18.33,", lines[2]);
    }

    [Theory]
    [InlineData("2026-10-14", "2026-10-14", 2)]
    [InlineData("2026-10-15", null, 0)]
    [InlineData(null, "2026-10-13", 0)]
    [InlineData("2026-10-14T14:20:11", null, 1)]
    [InlineData(null, "2026-10-14T14:20:11Z", 1)]
    public async Task Trades_are_chosen_by_when_they_closed(string? from, string? to, int count)
    {
        string[] words = ["trades", "--csv", .. from is null ? Array.Empty<string>() : ["--from", from], .. to is null ? Array.Empty<string>() : ["--to", to]];

        Assert.Equal(count + 1, (await AskAsync(words)).Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_day_that_is_none_is_refused()
    {
        var run = await AskAsync("trades", "--from", "yesterday");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("--from: 'yesterday' is not allowed", run.ErrorLine);
    }

    [Fact]
    public async Task At_a_terminal_positions_and_trades_are_tables()
    {
        using var drawn = new StringWriter();

        foreach (var command in new[] { "trades", "positions" })
            Assert.Equal(0, (await CommandLine.RunAsync(WatchCommandTests.Screen(drawn), command, "--set", $"Journal:Folder={_folder.Path}")).ExitCode);

        foreach (var words in new[] { "AXSM-1", "+2.00 USD", "REJECTED", "No positions." })
            Assert.Contains(words, drawn.ToString());
    }

    private Task<CommandLine> AskAsync(params string[] words) => CommandLine.RunAsync([.. words, "--set", $"Journal:Folder={_folder.Path}"]);
}
