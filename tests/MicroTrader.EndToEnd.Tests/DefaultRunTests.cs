using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>The first thing a person does: start it, watch a trade, and read the log.</summary>
public sealed class DefaultRunTests
{
    // Everything as it comes, but for the pace: ticks come sooner and positions are left sooner.
    private static readonly string[] Fast = ["--set", "Feed:Interval=20ms", "--set", "Exits:MaxHold=2s"];

    [Fact]
    public async Task A_run_without_keys_trades_and_ends_by_itself()
    {
        await using var folder = new HostFolder();
        var robot = await folder.TradeAsync(["--for", "00:00:10", .. Fast]);
        Assert.Equal(0, await robot.Process.ExitAsync());
        var output = robot.Process.Output;
        Assert.Equal("", robot.Process.Error);

        Assert.Matches(@"^MicroTrader \d+\.\d+\.\d+   SIM: paper broker, no money", output);
        Assert.Contains("  feed      synthetic prices (seed 1", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  venue     paper broker at http://127\.0\.0\.1:\d+/api/v0, account 10000001 \(USD\)\r?$", output);
        Assert.Matches(@"(?m)^  symbols   AXSM, DJT, WULF, HUT\r?$", output);
        Assert.Contains($"  journal   {folder.Journal}", output, StringComparison.Ordinal);
        Assert.Contains($"  log       {folder.In("logs", "microtrader.log")}", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  page      http://127\.0\.0\.1:\d+", output);

        await FourLinesInOrderAsync(folder, robot.Process);
        Assert.Matches(@"(?m)^Ticks: \d+; entry signals: [1-9]", output);
        var closed = robot.Process.Find("Position CLOSED: .* P&L: ").Count;
        Assert.Matches($@"(?m)^Trades: {closed} \(", output);
        Assert.Matches(@"(?m)^P&L gross: [+-]?\d+\.\d\d USD", output);
        Assert.Matches(@"(?m)^Signal to POST: p50 \d+\.\d ms, p99 \d+\.\d ms", output);
        LogsAreComplete(folder);
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("soon")]
    [InlineData("-1s")]
    public async Task A_duration_that_is_none_is_refused(string duration)
    {
        await using var folder = new HostFolder();
        var run = await folder.RunAsync("run", $"--for={duration}");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"--for: '{duration}' is not allowed", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(folder.Left());
    }

    private static async Task FourLinesInOrderAsync(HostFolder folder, HostProcess host)
    {
        var trades = (await folder.DoAsync("trades", "--json")).Array.Where(t => !t.IsNull("pnl")).ToList();
        Assert.NotEmpty(trades);
        foreach (var trade in trades)
        {
            var symbol = trade.Text("symbol");
            var created = host.Find($"INF BUY order created: {trade.Id("entryOrderId")}$").Single().Index;
            var creating = host.Find($"INF Creating BUY order: {symbol} x 1\\.0$").Last(l => l.Index < created).Index;
            var closing = host.Find($"INF Closing position: {symbol}$").First(l => l.Index > created).Index;
            var closed = host.Find($@"INF Position CLOSED: {symbol} P&L: {Pnl(trade)} reason {trade.Text("closeReason")}$").First(l => l.Index > closing).Index;
            Assert.True(creating < created && created < closing && closing < closed);
        }
    }

    private static string Pnl(JsonElement trade)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{trade.Number("pnl"):+0.00;-0.00;0.00} {trade.Text("currency")} ({trade.Number("pnlPercent"):+0.00;-0.00;0.00}%)");
        return Regex.Escape(text).Replace(@"\+0\.00", @"[+-]?0\.00", StringComparison.Ordinal).Replace(@"-0\.00", @"[+-]?0\.00", StringComparison.Ordinal);
    }

    private static void LogsAreComplete(HostFolder folder)
    {
        var plain = File.ReadAllText(folder.In("logs", "microtrader.log"));
        var changes = new List<JsonElement>();
        var properties = new Dictionary<string, JsonElement>();
        foreach (var line in File.ReadLines(folder.In("logs", "microtrader.json")))
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement.Clone();
            if (entry.TryGetProperty("OldState", out _))
                changes.Add(entry);
            if (entry.TryEventName(out var name))
                properties[name] = entry;
        }

        // Every state that a trade goes through, each with actor, symbol, old and new state, and reference; in both files.
        Assert.All(changes, c => Assert.Equal("Debug", c.Text("@l")));
        Assert.All(changes, c => Assert.StartsWith("/user/robot/", c.Text("Actor"), StringComparison.Ordinal));
        var position = changes.Where(c => c.Text("Actor")!.Contains("/position-", StringComparison.Ordinal)).ToList();
        foreach (var state in new[] { "PENDING", "OPEN", "PENDING_CLOSE", "CLOSED" })
            Assert.Contains(position, c => c.Text("NewState")!.Split('/')[0] == state);
        var first = position[0];
        Assert.Equal("CLOSED", first.Text("OldState"));
        Assert.Matches("^[A-Z]+-1-B1$", first.Text("Reference"));
        Assert.Contains($"{first.Text("Actor")}: {first.Text("Symbol")} CLOSED -> {first.Text("NewState")} ({first.Text("Reference")})", plain, StringComparison.Ordinal);

        // The four lines carry symbol and reference, and the order's id where there is one.
        foreach (var line in new[] { "CreatingBuyOrder", "BuyOrderCreated", "ClosingPosition", "PositionClosed" })
        {
            Assert.Matches("^[A-Z]+$", properties[line].Text("Symbol"));
            Assert.Matches(@"^[A-Z]+-\d+-[BS]\d+$", properties[line].Text("Reference"));
        }

        Assert.True(properties["BuyOrderCreated"].Number("OrderId") > 0);
        Assert.True(properties["PositionClosed"].Number("OrderId") > 0);
    }
}
