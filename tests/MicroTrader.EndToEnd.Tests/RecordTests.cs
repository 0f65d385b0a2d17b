using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>A run that is recorded, and its record replayed: the same ticks lead to the same decisions.</summary>
public sealed class RecordTests
{
    [Fact]
    public async Task The_replay_of_a_record_makes_the_same_decisions_on_the_same_ticks()
    {
        await using var folder = new HostFolder();
        var script = new PriceScript();
        // Live and in the replay the first rise must be taken: a robot on a busy machine may need this long until it is ready.
        script.Tick("AXSM", PriceScript.Rest, 20_000);
        foreach (var exit in new[] { 159.50m, 156.50m })
        {
            // One wrong price in the middle of each hold: live and in the replay it is withheld.
            script.Rise("AXSM", 1_000).Tick("AXSM", 1_575m, 3_000).Tick("AXSM", 157.60m, 100).Tick("AXSM", exit, 1_000).Tick("AXSM", exit, 5_000);
        }

        string[] settings = ["--set", "Exits:MaxHold=1m"];
        var robot = await folder.TradeAsync(["--symbols", "AXSM", "--feed", "script", "--data", folder.Write("prices.csv", script.ToString()), "--record", "records", .. settings]);
        await robot.Process.WaitForAsync(@"reason TP$");
        await robot.Process.WaitForAsync(@"reason SL$");
        await robot.Process.InterruptAsync();
        Assert.Equal(0, await robot.Process.ExitAsync());
        Assert.Single(robot.Process.Find(@"^Record: .*records.ticks-\d{8}-\d{6}Z\.csv\.gz$"));
        Assert.Single(robot.Process.Find(@"^Ticks withheld: Jump 2$"));

        var replay = await folder.DoAsync(["run", "--port", "0", "--feed", "replay", "--data", "records", .. settings]);
        Assert.Contains("Ticks withheld: Jump 2", replay.Output, StringComparison.Ordinal);
        var journal = Directory.GetFiles(folder.In("data"), "journal.db", SearchOption.AllDirectories).Single(p => p.Contains("replay", StringComparison.Ordinal));

        var live = await DecisionsAsync(folder, []);
        var again = await DecisionsAsync(folder, ["--journal", journal]);
        Assert.Equal(2, live.Count);
        Assert.Equal(live, again);
    }

    // What was decided, on which price, at which tick.
    private static async Task<List<(string?, decimal, string, string?, decimal)>> DecisionsAsync(HostFolder folder, string[] where)
    {
        var trades = (await folder.DoAsync(["trades", "--json", .. where])).Array;
        var decisions = new List<(string?, decimal, string, string?, decimal)>();
        foreach (var (n, trade) in trades.OrderBy(t => t.Text("closeTime"), StringComparer.Ordinal).Index())
        {
            var explained = (await folder.DoAsync(["explain", FormattableString.Invariant($"{trade.Text("symbol")}-{n + 1}"), "--json", .. where])).Output;
            using var document = System.Text.Json.JsonDocument.Parse(explained);
            var tick = document.RootElement.GetProperty("steps").EnumerateArray().First(s => s.Text("stage") == "tick");
            decisions.Add((trade.Text("symbol"), trade.Number("signalPrice"), tick.Text("at")!, trade.Text("closeReason"), trade.Number("closePrice")));
        }

        return decisions;
    }
}
