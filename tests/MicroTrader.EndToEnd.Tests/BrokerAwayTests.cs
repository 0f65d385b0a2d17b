using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>A broker that cannot be reached: no entries, but no host that gives up, and no share that is forgotten or sold twice.</summary>
public sealed class BrokerAwayTests
{
    private const string Key = "k3y-of-a-test";
    private const string Secret = "s3cr3t-of-a-test";

    [Fact]
    public async Task A_broker_that_goes_away_while_a_position_is_open_gets_one_sale_when_it_is_back()
    {
        await using var folder = new HostFolder();
        var port = FreePort();
        var broker = await BrokerAsync(folder, port);
        var robot = await TradeAsync(folder, port, PriceScript.Rises(120, 1_000, "AXSM"), "Exits:MaxHold=20s");
        await robot.PositionAsync("AXSM", "OPEN");
        // Only what the history has confirmed is sold.
        await robot.WaitUntilAsync("positions", p => p.EnumerateArray().Any(x => x.Text("detail") == "FILLED"), "the fill is confirmed");
        await broker.KillAsync();
        // TIME comes, and the sale finds nobody.
        await robot.Process.WaitForAsync("Closing position: AXSM");
        await robot.Process.WaitForAsync("SELL order of AXSM came to nothing ");
        broker = await BrokerAsync(folder, port);
        await robot.Process.WaitForAsync("Position CLOSED: AXSM P&L: ");
        await EndAsync(folder, robot, broker);
    }

    [Fact]
    public async Task A_broker_that_is_away_at_the_start_means_no_entries_and_no_forgotten_position()
    {
        await using var folder = new HostFolder();
        var port = FreePort();
        var broker = await BrokerAsync(folder, port);
        var robot = await TradeAsync(folder, port, PriceScript.Rises(200, 500, "AXSM"), "Exits:MaxHold=5m");
        await robot.PositionAsync("AXSM", "OPEN");
        await robot.Process.KillAsync();
        await broker.KillAsync();

        robot = await TradeAsync(folder, port, PriceScript.Rises(60, 500, "DJT"), "Exits:MaxHold=1s", "Shutdown:DrainTimeout=60s");
        await robot.Process.WaitForAsync("^  note      the broker could not be asked ");
        await robot.Process.WaitForAsync("Recovered AXSM: OPEN, ");
        await robot.Process.WaitForAsync("Entry of DJT denied: NotReady: ");
        Assert.Empty(robot.Process.Find("Creating BUY order"));
        broker = await BrokerAsync(folder, port);
        await robot.Process.WaitForAsync("Position CLOSED: AXSM P&L: ");
        await EndAsync(folder, robot, broker);
    }

    private static async Task<HostProcess> BrokerAsync(HostFolder folder, string port)
    {
        var broker = folder.Start("paper-broker", "--port", port, "--key", Key, "--secret", Secret, "--database", folder.PaperFile, "--set", "Log:Folder=broker-logs");
        await broker.WaitForAsync("^Paper broker at ");
        return broker;
    }

    // A robot that was just started takes an outside broker's limits for spent: its first entry leaves after a minute, so scripts rise for longer.
    private static Task<Robot> TradeAsync(HostFolder folder, string port, PriceScript script, params string[] settings)
    {
        folder.Environment["TRADING212_DEMO_API_KEY"] = Key;
        folder.Environment["TRADING212_DEMO_API_SECRET"] = Secret;
        folder.Environment["TRADING212_DEMO_ENVIRONMENT"] = $"http://127.0.0.1:{port}";
        return folder.TradeAsync([
            "--symbols", "AXSM,DJT", "--feed", "script", "--data", folder.Write("prices.csv", script.ToString()),
            // Practice money keeps the market's hours; tests run at any.
            .. settings.Append("Feed:AllowSyntheticOnPractice=true").Append("Session:Gate=off").SelectMany(s => new[] { "--set", s })]);
    }

    private static async Task EndAsync(HostFolder folder, Robot robot, HostProcess broker)
    {
        await robot.Process.InterruptAsync();
        Assert.True(await robot.Process.ExitAsync() == 0, robot.Process.Told());
        await broker.KillAsync();
        var trades = (await folder.DoAsync("trades", "--json")).Array;
        (await PaperBooks.ReadAsync(folder)).AgreeWith([.. trades.Where(t => !t.IsNull("pnl"))]);
    }

    // Nobody else asks for this one in the moments until the broker has it.
    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
