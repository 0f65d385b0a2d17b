using MicroTrader.Host.Cli;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Logging;
using MicroTrader.Host.Tests.Support;
using Serilog;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>logs</c>, on files that the host's own logger wrote.</summary>
public sealed class LogsCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_last_lines_are_shown_with_their_values_filled_in()
    {
        Write(log =>
        {
            for (var i = 1; i <= 30; i++)
                log.Information("Creating BUY order: {Symbol} x {Quantity}", "AXSM", $"{i}.0");
            log.Debug("hidden");
            log.Warning("Order {OrderId} of {{braces}}", 501);
        });

        var run = await LogsAsync("--lines", "3");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd()).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z INF Creating BUY order: AXSM x 29\.0$", lines[0]);
        Assert.EndsWith("INF Creating BUY order: AXSM x 30.0", lines[1]);
        Assert.EndsWith("WRN Order 501 of {braces}", lines[2]);
    }

    [Fact]
    public async Task Level_and_symbol_choose_and_what_was_thrown_is_shown()
    {
        Write(log =>
        {
            log.Debug("tick of {Symbol}", "AXSM");
            log.Information("bought {Symbol}", "DJT");
            log.Error(new InvalidOperationException("the disk is full"), "journal failed for {Symbol}", "AXSM");
        });

        Assert.Contains("tick of AXSM", (await LogsAsync("--level", "debug", "--symbol", "axsm")).Output);
        var errors = (await LogsAsync("--level", "warning")).Output;
        Assert.Contains("journal failed for AXSM", errors);
        Assert.Contains("the disk is full", errors);
        Assert.DoesNotContain("DJT", errors);
        var json = (await LogsAsync("--json", "--symbol", "DJT")).Output.Trim();
        Assert.StartsWith("{\"@t\":", json);
        Assert.DoesNotContain("\n", json);
    }

    [Fact]
    public async Task Without_a_log_it_says_where_it_looked()
    {
        var run = await LogsAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(_folder.Path, run.ErrorLine);
        Assert.Equal(2, (await LogsAsync("--level", "loud")).ExitCode);
        Assert.Equal(2, (await LogsAsync("--lines", "-1")).ExitCode);
    }

    [Fact]
    public void What_is_followed_goes_on_across_days_and_sizes_and_takes_whole_lines_only()
    {
        File("20261014.json", "one", "two");
        var files = new LogFiles(_folder.Path);
        Assert.Equal(["two"], Texts(files.Last(1, _ => true)));
        Assert.Empty(files.Next());

        System.IO.File.AppendAllText(_folder.File("microtrader-20261014.json"), Line("three") + "\n" + Line("fo")[..10]);
        Assert.Equal(["three"], Texts(files.Next()));
        System.IO.File.AppendAllText(_folder.File("microtrader-20261014.json"), Line("fo")[10..] + "\n");
        File("20261014_001.json", "five");
        File("20261015.json", "six", "ümläut");
        Assert.Equal(["fo", "five", "six", "ümläut"], Texts(files.Next()));
        Assert.Empty(files.Next());
    }

    [Fact]
    public void The_last_lines_reach_back_over_files_in_order()
    {
        File("20261013.json", "a", "b");
        File("20261014.json", "c");
        File("20261014_001.json", "d", "e");

        var files = new LogFiles(_folder.Path);

        Assert.Equal(["b", "c", "d", "e"], Texts(files.Last(4, _ => true)));
        Assert.Empty(files.Next());
        Assert.Equal(["a", "b", "c", "d", "e"], Texts(new LogFiles(_folder.Path).Last(100, _ => true)));
        Assert.Empty(new LogFiles(_folder.Path).Last(0, _ => true));
    }

    [Fact]
    public async Task Following_shows_what_is_written_meanwhile()
    {
        await using var log = LogSetup.Create(new LogOptions { Console = LogLevelOption.Error }, _folder.Path);
        log.Information("first");
        var files = new LogFiles(_folder.Path);
        Assert.Equal(["first"], Texts(files.Last(10, _ => true)));

        log.Information("second {Symbol}", "HUT");
        var seen = new List<string>();
        await Eventually.TrueAsync(
            () =>
            {
                seen.AddRange(Texts(files.Next()));
                return seen.Count > 0;
            },
            "the second line");

        Assert.Equal(["second HUT"], seen);
    }

    [Fact]
    public void A_line_that_is_none_of_ours_stands_for_itself()
    {
        Assert.All(["no json {", "[1]", "{\"a\":1}", "{\"@t\":\"never\"}"], l => Assert.Equal((l, LogLevelOption.Error), (LogEntry.Read(l).ToString(), LogEntry.Read(l).Level)));
    }

    private static IEnumerable<string> Texts(IEnumerable<LogEntry> entries) => [.. entries.Select(e => e.Text)];

    private static string Line(string text) => $"{{\"@t\":\"2026-10-14T14:20:05.1234567Z\",\"@mt\":\"{text}\"}}";

    private void File(string name, params string[] lines) => _folder.Write("microtrader-" + name, string.Concat(lines.Select(l => Line(l) + "\n")));

    private void Write(Action<ILogger> write)
    {
        using var log = LogSetup.Create(new LogOptions { Console = LogLevelOption.Error }, _folder.Path);
        write(log);
    }

    private Task<CommandLine> LogsAsync(params string[] words) => CommandLine.RunAsync(["logs", .. words, "--set", $"Log:Folder={_folder.Path}"]);
}
