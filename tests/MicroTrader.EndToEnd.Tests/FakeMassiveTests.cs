using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>The look-alike of Massive as a process of its own.</summary>
public sealed class FakeMassiveTests
{
    private const string Key = "planted-massive-key";

    [Fact]
    public async Task Made_up_prices_are_in_the_snapshot_and_the_stream_and_the_first_wish_to_stop_ends_it_well()
    {
        await using var folder = new HostFolder();
        var command = await Command.StartAsync(folder, "--symbols", "AXSM,DJT", "--interval", "20ms", "--seed", "7", "--gaps", "5s");
        await command.Process.WaitForAsync(@"^It plays synthetic prices \(seed 7, every 20 ms\): AXSM, DJT\.$");
        await command.Process.WaitForAsync($"^Point the robot at it: .*POLYGON_BASE_URL={command.Rest.GetLeftPart(UriPartial.Authority)}, .*Massive__StreamUrl={command.Stream}$");
        var tickers = await command.SnapshotAsync(2);
        Assert.Equal(["AXSM", "DJT"], tickers.Select(t => t!["ticker"]!.GetValue<string>()));
        var price = tickers[0]!["lastTrade"]!["p"]!.GetValue<decimal>();
        Assert.InRange(price, 78m, 315m);
        var (bid, ask) = (tickers[0]!["lastQuote"]!["p"]!.GetValue<decimal>(), tickers[0]!["lastQuote"]!["P"]!.GetValue<decimal>());
        Assert.InRange((ask - bid) / price * 100m, 0.001m, 0.05m);
        var heard = await command.HearAsync("T.AXSM,Q.AXSM");
        Assert.Contains("\"ev\":\"T\"", heard, StringComparison.Ordinal);
        Assert.Contains("\"ev\":\"Q\"", heard, StringComparison.Ordinal);
        await command.Process.InterruptAsync();
        Assert.Equal(0, await command.Process.ExitAsync());
        Assert.DoesNotContain(Key, command.Process.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_is_played_with_stamps_of_now_and_its_last_prices_stay()
    {
        await using var folder = new HostFolder();
        folder.Write("ticks.csv", "time,symbol,price,volume\n2020-01-02T15:00:00Z,AXSM,100,10\n2020-01-02T15:00:00.2Z,AXSM,101,20\n2020-01-02T15:00:00.3Z,HUT,9,1\n");
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
        var command = await Command.StartAsync(folder, "--data", "ticks.csv", "--symbols", "AXSM", "--no-quotes");
        await command.Process.WaitForAsync("^All 2 trades are played; the last prices stay\\.");
        var ticker = Assert.Single(await command.SnapshotAsync(1))!;
        Assert.Equal((101m, 30), (ticker["lastTrade"]!["p"]!.GetValue<decimal>(), ticker["day"]!["v"]!.GetValue<long>()));
        Assert.Equal((100m, 1m), (ticker["prevDay"]!["c"]!.GetValue<decimal>(), ticker["todaysChange"]!.GetValue<decimal>()));
        Assert.True(ticker["lastTrade"]!["t"]!.GetValue<long>() >= before);
        Assert.Null(ticker["lastQuote"]);
        await command.Process.InterruptAsync();
        Assert.Equal(0, await command.Process.ExitAsync());
    }

    [Fact]
    public async Task A_script_is_played_on_a_delayed_plan_without_trades()
    {
        await using var folder = new HostFolder();
        folder.Write("script.csv", "symbol,price,volume,delay_ms\nAXSM,100,10,0\nAXSM,103,,10\n");
        var command = await Command.StartAsync(folder, "--script", "script.csv", "--delayed", "--no-trades", "--max-connections", "1");
        Assert.EndsWith("/delayed/stocks", command.Stream.AbsoluteUri, StringComparison.Ordinal);
        await command.Process.WaitForAsync("^All 2 trades are played");
        var ticker = Assert.Single(await command.SnapshotAsync(1))!;
        Assert.Equal((103m, 11), (ticker["min"]!["c"]!.GetValue<decimal>(), ticker["day"]!["v"]!.GetValue<long>()));
        Assert.Null(ticker["lastTrade"]);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (ticker["updated"]!.GetValue<long>() / 1_000_000), 900_000, 1_000_000);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        await using var folder = new HostFolder();
        var command = await Command.StartAsync(folder);
        await using var other = new HostFolder();
        var refused = await other.RunAsync("fake-massive", "--port", command.Rest.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("Massive look-alike setting Port: 127.0.0.1:", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
    }

    /// <summary>The running command; its folder ends it where a test did not.</summary>
    private sealed class Command(HostProcess process, Uri rest, Uri stream)
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        public HostProcess Process { get; } = process;

        public Uri Rest { get; } = rest;

        public Uri Stream { get; } = stream;

        public static async Task<Command> StartAsync(HostFolder folder, params string[] arguments)
        {
            var process = folder.Start(["fake-massive", "--port", "0", "--key", Key, .. arguments]);
            var said = await process.WaitForAsync(@"^Massive look-alike at (?<rest>http\S+) and (?<stream>ws\S+)\. Ctrl\+C stops it\.$");
            return new Command(process, new Uri(said["rest"]), new Uri(said["stream"]));
        }

        public async Task<JsonArray> SnapshotAsync(int count)
        {
            using var patience = new CancellationTokenSource(Patience);
            using var http = new HttpClient { BaseAddress = Rest };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            while (true)
            {
                var tickers = JsonNode.Parse(await http.GetStringAsync("v2/snapshot/locale/us/markets/stocks/tickers", patience.Token))!["tickers"]!.AsArray();
                if (tickers.Count >= count)
                    return tickers;
                await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
            }
        }

        public async Task<string> HearAsync(string parameters)
        {
            using var patience = new CancellationTokenSource(Patience);
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(Stream, patience.Token);
            foreach (var action in new[] { $$"""{"action":"auth","params":"{{Key}}"}""", $$"""{"action":"subscribe","params":"{{parameters}}"}""" })
                await socket.SendAsync(Encoding.UTF8.GetBytes(action), WebSocketMessageType.Text, true, patience.Token);
            var heard = new StringBuilder();
            var buffer = new byte[16 * 1024];
            while (heard.Length < 5000)
                heard.Append(Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, patience.Token)).Count));
            return heard.ToString();
        }
    }
}
