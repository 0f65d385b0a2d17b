using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MicroTrader.Backtest;
using MicroTrader.Host.Cli;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>backtest</c> as a person types it.</summary>
public sealed class BacktestCommandTests
{
    private static readonly string[] Easy = ["--set", "Strategy:WindowTicks=4", "--set", "Strategy:MinVolumeRatio=0", "--set", "Exits:TakeProfitPercent=0.9"];

    [Fact]
    public async Task A_recording_is_summed_up_and_written()
    {
        using var folder = new TempFolder();
        var run = await RunAsync(folder, "--out", folder.File("out"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"(?m)^recording +1 file\(s\), 60 rows in .* s \(.* k rows/s\); left out: 0 marked suspicious, 0 malformed\r?$", run.Output);
        Assert.Matches(@"(?m)^trades +1 of 1 signals\r?$", run.Output);
        Assert.Matches(@"(?m)^net +\+1\.00 USD \(0\.00 % of 100,000\.00\), gross \+1\.00, fees 0\.00\r?$", run.Output);
        Assert.Matches(@"(?m)^exits +TP 1 \(\+1\.00\)\r?$", run.Output);
        Assert.Equal(["equity.csv", "report.html", "trades.csv"], Directory.GetFiles(folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(3, File.ReadAllLines(folder.File(Path.Combine("out", "trades.csv"))).Length);
        Assert.Contains("</html>", File.ReadAllText(folder.File(Path.Combine("out", "report.html"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_reads_JSON()
    {
        using var folder = new TempFolder();
        var run = await RunAsync(folder, "--json", "--set", "Backtest:FeePercent=0.1");
        var summary = JsonDocument.Parse(run.Output).RootElement;

        Assert.Equal((1, 1, true), (summary.GetProperty("trades").GetInt32(), summary.GetProperty("wins").GetInt32(), summary.GetProperty("completed").GetBoolean()));
        Assert.Equal((0.80m, 1.00m, 0.20m), (summary.GetProperty("net").GetDecimal(), summary.GetProperty("gross").GetDecimal(), summary.GetProperty("fees").GetDecimal()));
        Assert.Equal("2026-06-15", summary.GetProperty("byDay")[0].GetProperty("name").GetString());
        // What is needed to make it again.
        var origin = summary.GetProperty("origin");
        Assert.Matches(@"^\d+\.\d+\.\d+", origin.GetProperty("version").GetString());
        Assert.EndsWith("day.csv", origin.GetProperty("data")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(60, origin.GetProperty("recording").GetProperty("rows").GetInt32());
        Assert.Equal(
            ["Backtest:FeePercent=0.1", "Exits:TakeProfitPercent=0.9", "Strategy:MinVolumeRatio=0", "Strategy:WindowTicks=4"],
            origin.GetProperty("settings").EnumerateObject().Select(p => $"{p.Name}={p.Value.GetString()}"));
    }

    [Fact]
    public async Task A_symbol_that_never_came_is_named()
    {
        using var folder = new TempFolder();
        var run = await RunAsync(folder, "--symbols", "AXSM,AXMS");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Without a tick in what was asked for: AXMS.", run.ErrorLine);
    }

    [Theory]
    [InlineData("file", "it is a file")]
    [InlineData("file/below", "")]
    [InlineData("taken", "report.html")]
    public async Task A_folder_that_cannot_be_written_is_refused_before_anything_is_read(string path, string words)
    {
        using var folder = new TempFolder();
        folder.Write("file", "mine");
        Directory.CreateDirectory(folder.File(Path.Combine("taken", "report.html")));
        var run = await RunAsync(folder, "--out", folder.File(path));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"--out: '{folder.File(path)}' is not allowed: ", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(words, run.ErrorLine, StringComparison.Ordinal);
        Assert.EndsWith("; allowed is a folder that can be written to", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backtest_that_fails_leaves_what_an_earlier_one_wrote()
    {
        using var folder = new TempFolder();
        await RunAsync(folder, "--out", folder.File("out"));
        var before = Contents(folder.File("out"));
        var failed = await RunAsync(folder, "--out", folder.File("out"), "--from", "2027-01-01");

        Assert.Equal(1, failed.ExitCode);
        Assert.Equal(3, before.Count);
        Assert.Equal(before, Contents(folder.File("out")));
        // And one that does not, writes over it.
        await RunAsync(folder, "--out", folder.File("out"), "--set", "Backtest:FeePercent=0.1");
        var after = Contents(folder.File("out"));
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before, f => Assert.NotEqual(f.Value, after[f.Key]));
    }

    [Fact]
    public async Task A_damaged_recording_gives_the_part_before_it_names_it_and_fails()
    {
        using var folder = new TempFolder();
        var start = new DateTimeOffset(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);
        var rows = Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{start.AddSeconds(i):yyyy-MM-ddTHH:mm:ssZ},AXSM,{100 + (i * 7919 % 997 / 1_000m)},100"));
        var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', ["time,symbol,price,volume", .. rows])));
        var broken = folder.File("broken.csv.gz");
        await File.WriteAllBytesAsync(broken, packed.ToArray()[..(int)(packed.Length / 2)]);
        var run = await CommandLine.RunAsync(["backtest", "--data", broken, "--out", folder.File("out"), .. Easy]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{broken}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Stopped before the end of the recording, at 2026-06-15 1", run.Error, StringComparison.Ordinal);
        Assert.Contains("decisions", run.Output, StringComparison.Ordinal);
        Assert.Contains($"what follows is a part of it. {broken}", await File.ReadAllTextAsync(folder.File("out/report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("run")]
    public async Task A_path_with_a_comma_is_one_line_and_not_two_paths(string command)
    {
        using var folder = new TempFolder();
        var odd = folder.Write("a,b.csv", "time,symbol,price,volume");
        var run = await CommandLine.RunAsync([command, "--data", odd]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--data: '{odd}' is not allowed: commas separate paths", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_not_all_files_can_be_made_none_stays()
    {
        using var folder = new TempFolder();
        // Where the third would be while it is unfinished there is a folder.
        Directory.CreateDirectory(folder.File("out/report.html.part"));
        var run = await RunAsync(folder, "--out", folder.File("out"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--out: ", run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.File("out")));
    }

    [Theory]
    // The burst is at 14:00:03 UTC, which is ten o'clock in New York.
    [InlineData("2026-06-15", "2026-06-15", 60)]
    [InlineData("2026-06-15T14:00:30Z", null, 30)]
    [InlineData(null, "2026-06-15T14:00:10Z", 10)]
    public async Task A_part_of_it_may_be_asked_for(string? from, string? to, int ticks)
    {
        using var folder = new TempFolder();
        string[] part = [.. from is null ? Array.Empty<string>() : ["--from", from], .. to is null ? Array.Empty<string>() : ["--to", to]];
        var summary = JsonDocument.Parse((await RunAsync(folder, [.. part, "--json"])).Output).RootElement;
        Assert.Equal(ticks, summary.GetProperty("ticks").GetInt32());
    }

    [Fact]
    public async Task Outside_of_the_regular_session_nothing_is_bought_unless_that_is_said()
    {
        using var folder = new TempFolder();
        var night = await RunAsync(folder, 12, "--json");
        Assert.Equal(2, JsonDocument.Parse(night.Output).RootElement.GetProperty("denials").GetProperty("NotRegularSession").GetInt32());
        var any = await RunAsync(folder, 12, "--json", "--set", "Session:Gate=off");
        Assert.Equal(1, JsonDocument.Parse(any.Output).RootElement.GetProperty("trades").GetInt32());
    }

    [Theory]
    [InlineData(2, "Feed:Data: missing")]
    [InlineData(2, "--from: 'yesterday' is not allowed", "--data", "day.csv", "--from", "yesterday")]
    [InlineData(2, "--to: is not after --from", "--data", "day.csv", "--from", "2026-06-16", "--to", "2026-06-15")]
    [InlineData(2, "Symbols:AXSM:Exits:MaxHolt: unknown setting", "--data", "day.csv", "--set", "Symbols:AXSM:Exits:MaxHolt=3s")]
    [InlineData(1, "there is no such file or folder", "--data", "none.csv")]
    [InlineData(1, "holds no usable tick", "--data", "day.csv", "--from", "2027-01-01")]
    [InlineData(2, "LIVE: true contradicts", "--data", "day.csv", "--set", "Trading212:Live=true", "--mode", "sim")]
    public async Task What_cannot_be_is_one_line(int code, string words, params string[] arguments)
    {
        using var folder = new TempFolder();
        var file = Write(folder, 14);
        var run = await CommandLine.RunAsync(["backtest", .. arguments.Select(a => a == "day.csv" ? file : a)]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(words, run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 0, "[..............................]   0 %  0 k ticks/s  2013-10-07 13:30  0 trades")]
    [InlineData(0.5, 10_000_000, 5, "[###############...............]  50 %  2.0 M ticks/s  2013-10-07 13:30  7 trades  5 s left")]
    [InlineData(0.1, 20_580_000, 600, "[###...........................]  10 %  34.3 k ticks/s  2013-10-07 13:30  7 trades  1 h 30 min left")]
    [InlineData(1, 9, 3, "[##############################] 100 %  0 k ticks/s  2013-10-07 13:30  7 trades  0 s left")]
    public void The_line_on_a_terminal_says_how_far_how_fast_and_how_long(double fraction, long ticks, int seconds, string expected) =>
        Assert.Equal(expected, ProgressLine.Text(Progress(fraction, ticks), TimeSpan.FromSeconds(seconds), 120));

    [Theory]
    [InlineData(92, "[###############...............]  50 %  2.0 M ticks/s  2013-10-07 13:30  7 trades  5 s left")]
    [InlineData(91, "[#####.....]  50 %  2.0 M ticks/s  2013-10-07 13:30  7 trades  5 s left")]
    [InlineData(60, "[#####.....]  50 %  2.0 M ticks/s  5 s left")]
    [InlineData(40, " 50 %  2.0 M ticks/s  5 s left")]
    [InlineData(20, " 50 %")]
    [InlineData(3, "")]
    public void The_line_on_a_terminal_is_never_broken_in_two(int columns, string expected) =>
        Assert.Equal(expected, ProgressLine.Text(Progress(0.5, 10_000_000), TimeSpan.FromSeconds(5), columns));

    private static BacktestProgress Progress(double fraction, long ticks) => new(ticks, fraction, new DateTimeOffset(2013, 10, 7, 13, 30, 0, TimeSpan.Zero), ticks == 0 ? 0 : 7);

    private static SortedDictionary<string, string> Contents(string folder) =>
        new(Directory.GetFiles(folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllText), StringComparer.Ordinal);

    private static Task<CommandLine> RunAsync(TempFolder folder, params string[] arguments) => RunAsync(folder, 14, arguments);

    private static Task<CommandLine> RunAsync(TempFolder folder, int hour, params string[] arguments) =>
        CommandLine.RunAsync(["backtest", "--data", Write(folder, hour), .. Easy, .. arguments]);

    // A burst of four ticks, and then 104 for the rest of a minute.
    private static string Write(TempFolder folder, int hour)
    {
        var start = new DateTimeOffset(2026, 6, 15, hour, 0, 0, TimeSpan.Zero);
        var rows = Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{start.AddSeconds(i):yyyy-MM-ddTHH:mm:ssZ},AXSM,{(i < 4 ? 100 + i : 104)},100"));
        return folder.Write("day.csv", string.Join('\n', ["time,symbol,price,volume", .. rows]));
    }
}
