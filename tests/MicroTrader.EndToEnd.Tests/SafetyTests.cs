using System.Text.Json;
using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>What a careful person does from another terminal: asks why, stops everything, has it compared, and says what is true where only they can know.</summary>
public sealed class SafetyTests
{
    [Fact]
    public async Task A_trade_is_explained_after_the_host_has_stopped_and_a_comparison_answers_while_it_runs()
    {
        await using var folder = new HostFolder();
        var script = new PriceScript();
        for (var i = 0; i < 10; i++)
            script.Rise("AXSM", 2_000).Tick("AXSM", 159.50m, 4_000).Tick("AXSM", 159.50m, 2_000);
        var robot = await folder.TradeAsync("--symbols", "AXSM", "--feed", "script", "--data", folder.Write("prices.csv", script.ToString()), "--set", "Exits:MaxHold=1m");
        await robot.Process.WaitForAsync("Position CLOSED: AXSM P&L: .* reason TP$");

        var compared = await folder.DoAsync("reconcile");
        Assert.StartsWith("journal and broker were compared: ", compared.Output, StringComparison.Ordinal);
        Assert.Contains("needs you: none", compared.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^compared +\S+ ago, ", (await folder.DoAsync("status")).Output);
        var asked = await robot.AskAsync("explain/AXSM-1-B1");
        Assert.Equal("AXSM-1-B1", asked.Text("reference"));
        await robot.Process.TerminateAsync();
        await robot.Process.ExitAsync();
        Assert.Single(robot.Process.Find(@"^Time to confirm: p50 \d+\.\d ms, max \d+\.\d ms \(\d+ orders\)$"));

        var trade = (await folder.DoAsync("trades", "--json")).Array[0];
        var text = (await folder.DoAsync("explain", trade.Text("entryReference")!)).Output;
        foreach (var stage in new[] { "tick ", "signal ", "risk ", "intent ", "request ", "outcome ", "fill ", "result " })
            Assert.Contains("  " + stage, text, StringComparison.Ordinal);
        Assert.Contains($"POST orders/market: 200 Accepted: order {trade.Id("entryOrderId")} (", text, StringComparison.Ordinal);
        Assert.Contains("CLOSED, reason TP; ", text, StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await folder.DoAsync("explain", "AXSM-1", "--json")).Output);
        Assert.Equal(["AXSM-1-B1", "AXSM-1-S1"], json.RootElement.GetProperty("orders").EnumerateArray().Select(o => o.Text("reference")!));
        var posts = json.RootElement.GetProperty("steps").EnumerateArray().Where(s => s.Text("text")!.StartsWith("POST ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, posts.Count);
        Assert.All(posts, p => Assert.True(p.GetProperty("durationMs").GetInt64() >= 0));

        var unknown = await folder.RunAsync("explain", "AXSM-1-B9");
        Assert.Equal(1, unknown.ExitCode);
        Assert.StartsWith("explain: the journal knows no AXSM-1-B9; the nearest: AXSM-1-B1, ", Assert.Single(unknown.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_all_survives_a_restart_nothing_is_sold_meanwhile_and_resume_sells()
    {
        await using var folder = new HostFolder();
        var prices = folder.Write("prices.csv", PriceScript.Rises(80, 500, "AXSM").ToString());
        var robot = await folder.TradeAsync("--symbols", "AXSM", "--feed", "script", "--data", prices, "--set", "Exits:MaxHold=20s", "--set", "Shutdown:DrainTimeout=0s");
        await robot.PositionAsync("AXSM", "OPEN");
        var stopped = await folder.DoAsync("stop-all");
        Assert.Contains("Unmanaged: AXSM x 1 (OPEN, bought at ", stopped.Output, StringComparison.Ordinal);
        await robot.Process.TerminateAsync();
        Assert.Equal(1, await robot.Process.ExitAsync());
        Assert.Single(robot.Process.Find("^Still open: AXSM OPEN x 1 "));

        // TIME is over by far; the ticks say that the robot is at work, and it sells nothing.
        var second = await folder.TradeAsync("--symbols", "AXSM", "--feed", "script", "--data", prices, "--set", "Exits:MaxHold=1s");
        await second.Process.WaitForAsync("Recovered AXSM: OPEN, ");
        await second.Process.WaitForAsync("Ready to trade");
        await second.WaitUntilAsync("symbols", s => s[0].GetProperty("ticks").GetInt64() >= 40, "two rises");
        Assert.Matches(@"(?m)^trading +Stopped \(stopped by a person\): no orders at all, ", (await folder.DoAsync("status")).Output);
        Assert.Equal("OPEN", Assert.Single((await folder.DoAsync("positions", "--json")).Array).Text("status"));
        Assert.Empty(second.Process.Find("Closing position|Creating BUY order"));

        await folder.DoAsync("resume");
        await second.Process.WaitForAsync("Closing position: AXSM");
        await second.Process.WaitForAsync("Position CLOSED: AXSM P&L: .* reason TIME$");
        await folder.DoAsync("pause");
        await second.WaitUntilAsync("positions", p => p.GetArrayLength() == 0, "nothing held");
        await second.Process.TerminateAsync();
        Assert.Equal(0, await second.Process.ExitAsync());
        (await PaperBooks.ReadAsync(folder)).AgreeWith((await folder.DoAsync("trades", "--json")).Array);
    }

    // The answer of the robot's buy is lost, and another program buys as many at the same moment: only a person can tell which of the two is the robot's.
    [Fact]
    public async Task Two_orders_that_could_both_be_the_lost_one_need_the_person_whose_word_resolves_it()
    {
        await using var folder = new HostFolder();
        var broker = await ExternalBroker.StartAsync(folder);
        // Not ready, so that nothing is entered, until it is paused.
        await broker.FaultAsync("""{"fault":"StatusBefore","endpoint":"PendingOrders","status":503,"rate":1}""");
        var robot = await broker.TradeAsync(folder, "AXSM", PriceScript.Rises(600, 500, "AXSM"), "Exits:MaxHold=1s");
        await folder.DoAsync("pause");
        await broker.ClearFaultsAsync();
        await robot.Process.WaitForAsync("Ready to trade");
        await UntilEntriesMayLeaveAsync(folder);
        await broker.FaultAsync("""{"fault":"LostAnswer","endpoint":"PlaceMarketOrder"}""");
        await broker.FaultAsync("""{"fault":"StatusBefore","endpoint":"PendingOrders","status":503,"rate":1}""");

        await folder.DoAsync("resume");
        var lost = await robot.Process.WaitForAsync(@"BUY order of AXSM has no certain outcome \((?<reference>AXSM-\d+-B1)\)");
        var other = await broker.PlaceAsync("AXSM_US_EQ", 1m);
        await broker.ClearFaultsAsync();
        await robot.Process.WaitForAsync("AXSM .*AMBIGUOUS", lost.Index);
        await folder.DoAsync("pause");
        var mine = Orders(await broker.LedgerAsync()).Single(o => o.Id != other).Id;

        var status = (await folder.DoAsync("status")).Output;
        Assert.Matches(@"(?m)^needs you +AXSM AMBIGUOUS\r?$", status);
        Assert.Contains($"resolve AXSM mine --order {mine}  ", status, StringComparison.Ordinal);
        Assert.Contains("needs you: AMBIGUOUS", (await folder.DoAsync("positions")).Output, StringComparison.Ordinal);
        Assert.Contains("NEEDS YOU  AXSM  AMBIGUOUS", (await folder.DoAsync("trades")).Output, StringComparison.Ordinal);
        var page = await robot.ReadAsync("/");
        Assert.Contains("Needs you", page, StringComparison.Ordinal);
        Assert.Contains($"resolve AXSM mine --order {mine}", page, StringComparison.Ordinal);

        // Several are in question: which one has to be said. And without a terminal nobody is asked.
        var which = await folder.RunAsync("resolve", "AXSM", "mine", "--yes");
        Assert.Equal(1, which.ExitCode);
        Assert.Contains("say which one is the robot's", which.Output, StringComparison.Ordinal);
        var unasked = await folder.RunAsync("resolve", "AXSM", "mine", "--order", $"{mine}");
        Assert.Equal(2, unasked.ExitCode);
        Assert.Contains("--yes", Assert.Single(unasked.ErrorLines), StringComparison.Ordinal);
        Assert.Single((await robot.AskAsync("status")).GetProperty("blocked").EnumerateArray());

        await folder.DoAsync("resolve", "AXSM", "mine", "--order", $"{mine}", "--yes");
        await robot.Process.WaitForAsync("Position CLOSED: AXSM P&L: .* reason TIME$");
        Assert.Empty((await robot.AskAsync("status")).GetProperty("blocked").EnumerateArray());
        await robot.Process.TerminateAsync();
        Assert.Equal(0, await robot.Process.ExitAsync());

        var trade = (await folder.DoAsync("trades", "--json", "--journal", Journal(folder))).Array.Single(t => t.Text("entryReference") == lost["reference"]);
        Assert.Equal(mine, trade.Id("entryOrderId"));
        // The other program's share is still there; ours is bought and sold once.
        var orders = Orders(await broker.LedgerAsync());
        Assert.Equal([mine, other, trade.Id("exitOrderId")!.Value], orders.Select(o => o.Id).Order());
        Assert.Equal(1m, orders.Sum(o => o.Quantity));
        var explained = (await folder.DoAsync("explain", lost["reference"], "--journal", Journal(folder))).Output;
        foreach (var words in new[] { "POST orders/market: Unknown", "needs you: AMBIGUOUS", $"you said mine (order {mine})", "CLOSED, reason TIME" })
            Assert.Contains(words, explained, StringComparison.Ordinal);
    }

    // A robot that was just started takes the broker's limits for spent, for a minute.
    private static async Task UntilEntriesMayLeaveAsync(HostFolder folder)
    {
        using var deadline = new CancellationTokenSource(HostProcess.Patience);
        while (true)
        {
            var gateway = (await folder.DoAsync("inspect", "--json")).Array.Single(r => r.Text("actor")!.EndsWith("/gateway", StringComparison.Ordinal));
            if (gateway.GetProperty("fields").Text("budget PlaceOrder") == "50/50")
                return;
            Assert.False(deadline.IsCancellationRequested, $"entries never may leave: {gateway}");
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        }
    }

    private static string Journal(HostFolder folder) => Directory.GetFiles(folder.In("data"), "journal.db", SearchOption.AllDirectories).Single(f => f.Contains("practice-", StringComparison.Ordinal));

    private static List<(long Id, decimal Quantity)> Orders(JsonElement ledger) =>
        [.. ledger.GetProperty("orders").EnumerateArray().Select(o => (o.GetProperty("id").GetInt64(), o.GetProperty("quantity").GetDecimal()))];
}
