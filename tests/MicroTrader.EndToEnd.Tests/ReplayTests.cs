using System.Globalization;
using System.Text.RegularExpressions;
using MicroTrader.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>Recordings, through the same actors and over the same HTTP as real trading.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private static readonly RecordedTrades Known = new RecordedTrades()
        .Trip(0, "AXSM", 159.50m).Trip(1, "AXSM", 156.50m).Trip(2, "AXSM", 157.80m)
        .Trip(0, "ZZTOP", 157.80m).Trip(2, "ZZTOP", 160.00m);

    private static readonly (string Symbol, decimal Pnl, string Reason)[] KnownTrades =
    [
        ("AXSM", 2.00m, "TP"), ("AXSM", -1.00m, "SL"), ("AXSM", 0.30m, "TIME"), ("ZZTOP", 0.30m, "TIME"), ("ZZTOP", 2.50m, "TP"),
    ];

    [Fact]
    public async Task Two_replays_of_a_CSV_give_the_same_known_trades()
    {
        await using var folder = new HostFolder();
        folder.Write("day.csv", Known.Csv());
        var first = await ReplayAsync(folder, "day.csv");
        var second = await ReplayAsync(folder, "day.csv");
        Assert.NotEqual(first.Journal, second.Journal);
        Assert.Equal(first.Trades, second.Trades);
        Assert.Equal(KnownTrades, Shape(first.Trades));
        Assert.Contains("Recording: 200 rows read, 200 ticks replayed; left out: 0 suspicious, 0 malformed,", first.Run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Ticks: 200; entry signals: 5\r?$", first.Run.Output);
        Assert.Matches(@"(?m)^Trades: 5 \(SL 1, TIME 2, TP 2\); entries that came to nothing: 0\r?$", first.Run.Output);
        Assert.Matches(@"(?m)^P&L gross: \+4\.10 USD\r?$", first.Run.Output);
        Assert.Matches(@"(?m)^Time: 2024-10-07 13:30:00Z to 2024-10-07 13:31:59Z\r?$", first.Run.Output);
        // Every time is the recording's.
        Assert.All(Json.Array(first.Trades), t => Assert.StartsWith("2024-10-07T13:3", t.Text("closeTime"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task LEAN_second_bars_of_a_folder_give_the_same_known_trades()
    {
        await using var folder = new HostFolder();
        Known.WriteLean(folder.In("lean"));
        var both = await ReplayAsync(folder, "lean");
        Assert.Equal(KnownTrades, Shape(both.Trades));
        var one = await ReplayAsync(folder, "lean", "--symbols", "ZZTOP");
        Assert.Equal(KnownTrades.Where(t => t.Symbol == "ZZTOP"), Shape(one.Trades));
    }

    [Fact]
    public async Task Malformed_rows_are_counted_named_and_left_out()
    {
        await using var folder = new HostFolder();
        var rows = Known.Csv().Split('\n');
        var file = string.Join('\n', [rows[0], "yesterday,AXSM,157,100", .. rows[1..^1], "2024-10-07T13:33:00Z,AXSM,-1,100", "2024-10-07T13:33:01Z,AXSM,157", ""]);
        var run = await ReplayAsync(folder, folder.Write("day.csv", file));
        Assert.Equal(KnownTrades, Shape(run.Trades));
        Assert.Contains("Recording: 203 rows read, 200 ticks replayed; left out: 0 suspicious, 3 malformed,", run.Run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  malformed: \S*day\.csv:2: time 'yesterday' ", run.Run.Output);
        Assert.Matches(@"(?m)^  malformed: \S*day\.csv:203: price -1 is negative", run.Run.Output);
        Assert.Matches(@"(?m)^  malformed: \S*day\.csv:204: has 3 fields", run.Run.Output);
    }

    [Theory]
    [InlineData("there is no such file or folder", null)]
    [InlineData("", "")]
    [InlineData("holds no usable tick", "time,symbol,price,volume\n")]
    [InlineData("", "when,what,how\n1,2,3\n")]
    public async Task A_file_that_is_missing_empty_or_something_else_is_one_line(string words, string? text)
    {
        await using var folder = new HostFolder();
        if (text is not null)
            folder.Write("day.csv", text);
        var run = await folder.RunAsync("run", "--port", "0", "--feed", "replay", "--data", "day.csv");
        Assert.True(run.ExitCode == 1, run.ToString());
        var line = Assert.Single(run.ErrorLines);
        Assert.Contains("day.csv", line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
        output.WriteLine(line);
    }

    [Fact]
    public async Task A_replay_at_60x_takes_a_sixtieth_of_its_time()
    {
        await using var folder = new HostFolder();
        folder.Write("day.csv", Known.Csv());
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var run = await ReplayAsync(folder, "day.csv", "--speed", "60x");
        // 120 s of ticks and the tail: at least two seconds, and not a minute.
        Assert.InRange(watch.Elapsed.TotalSeconds, 2, 45);
        Assert.Equal(KnownTrades, Shape(run.Trades));
    }

    [Fact]
    public async Task Ctrl_C_ends_a_replay_early_and_says_so()
    {
        await using var folder = new HostFolder();
        folder.Write("day.csv", Known.Csv());
        var host = folder.Start("run", "--port", "0", "--feed", "replay", "--data", "day.csv", "--speed", "4x");
        await host.WaitForAsync("BUY order created: ");
        await host.InterruptAsync();
        Assert.Equal(0, await host.ExitAsync());
        var line = Assert.Single(host.Find(@"^Recording: \d+ rows read, (?<ticks>\d+) ticks replayed \(stopped early\);"));
        Assert.InRange(int.Parse(line["ticks"], CultureInfo.InvariantCulture), 18, 199);
        // What was bought is not left behind.
        Assert.Empty((await folder.DoAsync("positions", "--json", "--journal", Journal(host.Output))).Array);
    }

    [Fact]
    public async Task SPYs_ticks_of_a_day_give_no_entry()
    {
        if (Checkout.Lean("tick/spy/20131007_trade.zip", output) is not { } file)
            return;
        await using var folder = new HostFolder();
        var run = await ReplayAsync(folder, file);
        Assert.Equal("[]", run.Trades.Trim());
        Assert.Contains("Recording: 250601 rows read, 250601 ticks replayed; left out: 0 suspicious, 0 malformed, 0 of other symbols", run.Run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Ticks: 250601; entry signals: 0\r?$", run.Run.Output);
        Assert.Matches(@"(?m)^Trades: 0; ", run.Run.Output);
    }

    [Fact]
    public async Task IBMs_and_AIGs_second_bars_of_a_day_give_29_round_trips_by_TIME_twice()
    {
        if (Checkout.Lean("second/ibm", output) is not { } ibm || Checkout.Lean("second/aig", output) is not { } aig)
            return;
        await using var folder = new HostFolder();
        var first = await ReplayAsync(folder, ibm, aig);
        var second = await ReplayAsync(folder, ibm, aig);
        Assert.Equal(first.Trades, second.Trades);
        var trades = Shape(first.Trades);
        Assert.Equal(13, trades.Count(t => t.Symbol == "IBM"));
        Assert.Equal(16, trades.Count(t => t.Symbol == "AIG"));
        Assert.All(trades, t => Assert.Equal("TIME", t.Reason));
        Assert.Matches(@"(?m)^Trades: 29 \(TIME 29\); entries that came to nothing: 0\r?$", first.Run.Output);
    }

    private static async Task<(Finished Run, string Journal, string Trades)> ReplayAsync(HostFolder folder, params string[] data)
    {
        var run = await folder.DoAsync(["run", "--port", "0", "--feed", "replay", "--data", .. data]);
        Assert.Equal("", run.Error);
        var journal = Journal(run.Output);
        return (run, journal, (await folder.DoAsync("trades", "--json", "--journal", journal)).Output);
    }

    private static string Journal(string text) => Regex.Match(text, @"(?m)^Journal: (?<path>.+?)\r?$").Groups["path"].Value;

    private static List<(string Symbol, decimal Pnl, string Reason)> Shape(string trades) =>
        [.. Json.Array(trades).Select(t => (t.Text("symbol")!, t.Number("pnl"), t.Text("closeReason")!)).OrderBy(t => t.Item1, StringComparer.Ordinal)];
}
