using System.Globalization;
using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>A power cut at the worst moments: the next start says what it found, once a position, and carries on to one buy and one sell.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task Killed_while_PENDING_the_next_start_carries_on()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, ["AXSM"], "Paper:FillDelay=5s", "Exits:MaxHold=2s");
        await robot.Process.WaitForAsync("BUY order created: ");
        await robot.Process.KillAsync();
        await RecoverAsync(folder, ["AXSM"], "PENDING", "Exits:MaxHold=2s");
    }

    // Whether the request had left is not known then: the broker's records tell, and nothing is sent twice.
    [Fact]
    public async Task Killed_between_the_intent_and_its_answer_the_order_is_looked_up()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, ["AXSM"], "Exits:MaxHold=2s");
        await robot.Process.WaitForAsync("Creating BUY order: ");
        await robot.Process.KillAsync();

        var held = (await folder.DoAsync("positions", "--json")).Array;
        Assert.Equal("AXSM", Assert.Single(held).Text("symbol"));
        var second = await QuietAsync(folder, ["AXSM"], "Exits:MaxHold=2s", "Reconciliation:SettleWindow=5s");
        await second.Process.WaitForAsync("Recovered AXSM: ");
        await second.Process.WaitForAsync("Position CLOSED: AXSM ");
        Assert.Empty(second.Process.Find("Creating BUY order"));
        await EndAsync(second);

        var trade = Assert.Single((await folder.DoAsync("trades", "--json")).Array);
        var books = await PaperBooks.ReadAsync(folder);
        if (trade.IsNull("pnl"))
            Assert.Empty(books.Orders);
        else
            books.AgreeWith([trade]);
    }

    [Fact]
    public async Task Killed_while_OPEN_the_next_start_carries_on_with_each_position()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, ["AXSM", "DJT"], "Exits:MaxHold=20s");
        await robot.PositionAsync("AXSM", "OPEN");
        await robot.PositionAsync("DJT", "OPEN");
        await robot.Process.KillAsync();
        // TIME counts from the fill: at the next start it is over, so both leave at once.
        await RecoverAsync(folder, ["AXSM", "DJT"], "OPEN", "Exits:MaxHold=1s");
    }

    [Fact]
    public async Task Killed_while_PENDING_CLOSE_the_sale_is_not_sent_again()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, ["AXSM"], "Paper:FillDelay=3s", "Exits:MaxHold=500ms");
        await robot.WaitUntilAsync(
            "positions", p => p.EnumerateArray().Any(x => x.Text("status") == "PENDING_CLOSE" && x.Id("exitOrderId") is not null), "PENDING_CLOSE with an order");
        await robot.Process.KillAsync();
        var second = await RecoverAsync(folder, ["AXSM"], "PENDING_CLOSE", "Exits:MaxHold=500ms");
        Assert.Empty(second.Find("Closing position"));
    }

    [Fact]
    public async Task A_recovered_position_still_leaves_by_TP()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, ["AXSM"], "Exits:MaxHold=5m");
        // What was paid: the price at the fill, which on a busy machine need not be the signal's.
        var paid = (await robot.PositionAsync("AXSM", "OPEN"))[0].Number("entryPrice");
        await robot.Process.KillAsync();

        var rise = new PriceScript();
        for (var i = 0; i < 60; i++)
            rise.Tick("AXSM", 159.50m, 500);
        var second = await folder.TradeAsync(
            "--symbols", "AXSM", "--feed", "script", "--data", folder.Write("rise.csv", rise.ToString()), "--set", "Exits:MaxHold=5m");
        var gain = (159.50m - paid).ToString("0.00", CultureInfo.InvariantCulture);
        await second.Process.WaitForAsync($@"Position CLOSED: AXSM P&L: \+{gain} USD \(\+1\.\d\d%\) reason TP$");
        await EndAsync(second);
        (await PaperBooks.ReadAsync(folder)).AgreeWith((await folder.DoAsync("trades", "--json")).Array);
    }

    [Fact]
    public async Task A_recovered_position_whose_symbol_is_no_longer_traded_still_leaves_by_TIME()
    {
        await using var folder = new HostFolder();
        var robot = await StartAsync(folder, ["DJT"], "Exits:MaxHold=5m");
        await robot.PositionAsync("DJT", "OPEN");
        await robot.Process.KillAsync();

        var second = await QuietAsync(folder, ["AXSM"], "Exits:MaxHold=1s");
        await second.Process.WaitForAsync("Recovered DJT: OPEN, ");
        await second.Process.WaitForAsync("Position CLOSED: DJT P&L: .* reason TIME$");
        await EndAsync(second);
        (await PaperBooks.ReadAsync(folder)).AgreeWith((await folder.DoAsync("trades", "--json")).Array);
    }

    private static Task<Robot> StartAsync(HostFolder folder, string[] symbols, params string[] settings) => folder.TradeAsync([
        "--symbols", string.Join(',', symbols), "--feed", "script", "--data", folder.Write("rises.csv", PriceScript.Rises(60, 500, symbols).ToString()), .. Set(settings)]);

    private static Task<Robot> QuietAsync(HostFolder folder, string[] symbols, params string[] settings) => folder.TradeAsync([
        "--symbols", string.Join(',', symbols), "--feed", "script", "--data", folder.Write("quiet.csv", PriceScript.Quiet(symbols).ToString()), .. Set(settings)]);

    private static string[] Set(string[] settings) => [.. settings.SelectMany(s => new[] { "--set", s })];

    private static async Task<HostProcess> RecoverAsync(HostFolder folder, string[] symbols, string state, params string[] settings)
    {
        // The journal says so without a host, too.
        var held = (await folder.DoAsync("positions", "--json")).Array;
        Assert.Equal(symbols.Order(), held.Select(p => p.Text("symbol")!).Order());
        Assert.All(held, p => Assert.Equal(state, p.Text("status")));

        var robot = await QuietAsync(folder, symbols, settings);
        foreach (var symbol in symbols)
        {
            await robot.Process.WaitForAsync($"Recovered {symbol}: {state}, ");
            await robot.Process.WaitForAsync($"Position CLOSED: {symbol} P&L: .* reason TIME$");
        }

        await EndAsync(robot);
        Assert.Equal(symbols.Length, robot.Process.Find("Recovered ").Count);
        Assert.Empty(robot.Process.Find("Creating BUY order"));
        var trades = (await folder.DoAsync("trades", "--json")).Array;
        Assert.Equal(symbols.Order(), trades.Select(t => t.Text("symbol")!).Order());
        Assert.Empty((await folder.DoAsync("positions", "--json")).Array);
        (await PaperBooks.ReadAsync(folder)).AgreeWith(trades);
        return robot.Process;
    }

    private static async Task EndAsync(Robot robot)
    {
        await robot.Process.InterruptAsync();
        Assert.Equal(0, await robot.Process.ExitAsync());
    }
}
