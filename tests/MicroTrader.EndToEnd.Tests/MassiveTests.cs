using MicroTrader.EndToEnd.Tests.Support;
using MicroTrader.Simulators.Massive;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>Prices as from the real source: the look-alike of Massive over real HTTP and WebSocket, the paper broker fills at them.</summary>
public sealed class MassiveTests
{
    private static readonly string[] Quick =
    [
        "--symbols", "AXSM", "--set", "Strategy:WindowTicks=4", "--set", "Strategy:MinVolumeRatio=0", "--set", "Exits:MaxHold=1m", "--set", "Massive:FetchInterval=1s",
        "--set", "Massive:Channels=trades",
    ];

    [Theory]
    [InlineData("rest")]
    [InlineData("stream")]
    public async Task A_trade_is_opened_and_closed_on_prices_of_the_source(string transport)
    {
        await using var massive = await FakeMassive.StartAsync(new FakeMassiveOptions { ApiKey = "massive-key-words" });
        await using var folder = Folder(massive);
        using var stop = new CancellationTokenSource();
        var rising = RiseAsync(massive, stop.Token);
        var robot = await folder.TradeAsync([.. Quick, "--set", $"Massive:Transport={transport}"]);
        await robot.Process.WaitForAsync(@"Position CLOSED: AXSM P&L: \+\d+\.\d\d USD \(\+\d\.\d\d%\) reason TP$");
        var status = await robot.AskAsync("status");
        Assert.Contains("Massive", status.Text("feed"), StringComparison.Ordinal);
        Assert.Empty(status.GetProperty("prices").GetProperty("stale").EnumerateArray());
        var feed = (await folder.DoAsync("inspect")).Output;
        Assert.Matches(@"(?m)^ +state +gives ticks\r?$", feed);
        await robot.Process.InterruptAsync();
        await robot.Process.ExitAsync();
        await stop.CancelAsync();
        await rising;

        var trade = (await folder.DoAsync("trades", "--json")).Array.First(t => t.Text("closeReason") == "TP");
        Assert.True(trade.Number("closePrice") >= trade.Number("entryPrice") * 1.005m, trade.ToString());
        Assert.DoesNotContain("massive-key-words", robot.Process.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_refused_ends_the_run_in_order_with_one_line()
    {
        await using var massive = await FakeMassive.StartAsync(new FakeMassiveOptions { ApiKey = "another-key" });
        await using var folder = Folder(massive);
        var robot = await folder.TradeAsync(Quick);
        Assert.Equal(1, await robot.Process.ExitAsync());
        Assert.Single(robot.Process.Find(@"The feed is refused, and is not asked again: POLYGON_API_KEY: "));
        Assert.Single(robot.Process.Find(@"^The feed was refused: POLYGON_API_KEY: "));
        Assert.DoesNotContain("massive-key-words", robot.Process.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_online_says_whether_the_key_is_accepted_and_how_old_the_prices_are()
    {
        await using var massive = await FakeMassive.StartAsync(new FakeMassiveOptions { ApiKey = "massive-key-words" });
        massive.Publish(new FakeTrade("AXSM", 157.50m, 100));
        await using var folder = Folder(massive);
        var good = await folder.RunAsync("check", "--online", "--set", "Trading:Symbols=AXSM");
        Assert.True(good.ExitCode == 0, good.ToString());
        Assert.Matches(@"(?m)^  ok  prices: the key is accepted by 127\.0\.0\.1", good.Output);
        Assert.Matches(@"(?m)^  ok  price AXSM: 157\.50? \(the last trade\), \d+ s old", good.Output);
        Assert.Matches(@"(?m)^  ok  delay: none is seen", good.Output);

        var missing = await folder.RunAsync("check", "--online", "--set", "Trading:Symbols=AXSM,NOPE");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("XX  price NOPE:", missing.Output, StringComparison.Ordinal);

        var stream = await folder.RunAsync("check", "--online", "--set", "Trading:Symbols=AXSM", "--set", "Massive:Transport=stream");
        Assert.Contains("ok  prices: the key is accepted by the stream at 127.0.0.1", stream.Output, StringComparison.Ordinal);

        folder.Environment["POLYGON_API_KEY"] = "wrong-key-words";
        var refused = await folder.RunAsync("check", "--online", "--set", "Trading:Symbols=AXSM");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("XX  prices: POLYGON_API_KEY:", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("key-words", good.Output + missing.Output + stream.Output + refused.Output, StringComparison.Ordinal);
    }

    private static HostFolder Folder(FakeMassive massive)
    {
        var folder = new HostFolder();
        folder.Environment["POLYGON_API_KEY"] = "massive-key-words";
        folder.Environment["POLYGON_BASE_URL"] = massive.RestAddress.ToString();
        folder.Environment["Massive__StreamUrl"] = massive.SocketAddress.ToString();
        return folder;
    }

    // One tenth of a percent each quarter of a second, until the test has seen enough.
    private static async Task RiseAsync(FakeMassive massive, CancellationToken stop)
    {
        var price = 100m;
        while (!stop.IsCancellationRequested)
        {
            price = Math.Round(price * 1.001m, 2);
            massive.Publish(new FakeTrade("AXSM", price, 100));
            await Task.Delay(250, CancellationToken.None);
        }
    }
}
