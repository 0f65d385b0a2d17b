using System.Net.WebSockets;
using System.Text.Json.Nodes;
using MicroTrader.Simulators.Massive;

namespace MicroTrader.Simulators.Tests.Massive;

public class StreamTests
{
    [Fact]
    public async Task A_connection_is_greeted_authenticated_subscribed_and_hears_trades()
    {
        await using var bed = await MassiveBed.Create();
        using var client = await bed.Connect();
        Assert.Equal("""{"ev":"status","status":"connected","message":"Connected Successfully"}""", (await client.Next()).ToJsonString());
        await client.Act("auth", MassiveBed.Key);
        Assert.Equal("""{"ev":"status","status":"auth_success","message":"authenticated"}""", (await client.Next()).ToJsonString());
        await client.Act("subscribe", "T.AXSM,Q.AXSM");
        Assert.Equal("subscribed to: T.AXSM", (await client.Next())["message"]!.GetValue<string>());
        Assert.Equal("subscribed to: Q.AXSM", (await client.Next())["message"]!.GetValue<string>());
        bed.Trade("DJT", 18m);
        bed.Massive.Publish(new FakeTrade("AXSM", 157.25m, 30) { Conditions = [12, 37], Exchange = 11, Id = "abc" });
        bed.Massive.Publish(new FakeQuote("AXSM", 157.2m, 3, 157.3m, 1));
        Assert.Equal(
            """{"ev":"T","sym":"AXSM","x":11,"i":"abc","z":3,"p":157.25,"s":30,"c":[12,37],"t":1772463600000,"q":1}""", (await client.Next()).ToJsonString());
        Assert.Equal(
            """{"ev":"Q","sym":"AXSM","bx":4,"bp":157.2,"bs":3,"ax":7,"ap":157.3,"as":1,"c":0,"i":[604],"t":1772463600000,"q":1,"z":3}""", (await client.Next()).ToJsonString());
    }

    [Fact]
    public async Task Seconds_and_minutes_come_when_they_are_over()
    {
        await using var bed = await MassiveBed.Create();
        using var client = await bed.Subscribe("A.*,AM.AXSM");
        bed.Trade("AXSM", 157m, 100);
        bed.Trade("AXSM", 158m, 200);
        bed.Trade("AXSM", 156m, 300);
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            """{"ev":"A","sym":"AXSM","v":600,"av":600,"op":157,"vw":156.8333,"o":157,"c":156,"h":158,"l":156,"a":156.8333,"z":200,"s":1772463600000,"e":1772463601000}""",
            (await client.Next()).ToJsonString());
        bed.Clock.Advance(TimeSpan.FromSeconds(29));
        bed.Trade("AXSM", 160m, 400);
        bed.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(("A", 400, 1772463630000), Kind(await client.Next()));
        var minute = await client.Next();
        Assert.Equal(("AM", 1000, 1772463600000), Kind(minute));
        Assert.Equal((1772463660000, 1000, 160m), (minute["e"]!.GetValue<long>(), minute["av"]!.GetValue<long>(), minute["h"]!.GetValue<decimal>()));
        // A second without trades is no second.
        bed.Clock.Advance(TimeSpan.FromSeconds(5));
        bed.Trade("AXSM", 161m, 7);
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("A", 7, 1772463665000), Kind(await client.Next()));

        static (string, long, long) Kind(JsonNode a) => (a["ev"]!.GetValue<string>(), a["v"]!.GetValue<long>(), a["s"]!.GetValue<long>());
    }

    [Fact]
    public async Task Wildcards_hear_of_every_symbol_until_they_are_taken_back()
    {
        await using var bed = await MassiveBed.Create();
        using var client = await bed.Subscribe("T.*,T.DJT");
        bed.Trade("AXSM", 157m);
        Assert.Equal("AXSM", (await client.Next())["sym"]!.GetValue<string>());
        await client.Act("unsubscribe", "T.*");
        Assert.Equal("unsubscribed to: T.*", (await client.Next())["message"]!.GetValue<string>());
        bed.Trade("AXSM", 157m);
        bed.Trade("DJT", 18m);
        Assert.Equal("DJT", (await client.Next())["sym"]!.GetValue<string>());
        var connection = Assert.Single(bed.Massive.Statistics.Connections);
        Assert.Equal(["T.DJT"], connection.Subscriptions);
        Assert.Equal(2, connection.EventsSent["T"]);
        Assert.True(connection is { IsOpen: true, IsAuthenticated: true, Id: 1, MessagesSent: 2 });
    }

    [Fact]
    public async Task What_is_published_within_the_flush_interval_is_one_message()
    {
        await using var bed = await MassiveBed.Create(o => o with { FlushInterval = TimeSpan.FromMilliseconds(5), TimeProvider = TimeProvider.System });
        using var client = await bed.Subscribe("T.AXSM");
        await Task.Run(() =>
        {
            for (var i = 0; i < 50; i++)
            {
                bed.Trade("AXSM", 100m + i);
            }
        });
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(100m + i, (await client.Next())["p"]!.GetValue<decimal>());
        }

        var connection = Assert.Single(bed.Massive.Statistics.Connections);
        Assert.True(connection.MessagesSent < 50, $"{connection.MessagesSent} messages");
    }

    [Fact]
    public async Task A_wrong_key_is_told_so_and_closed()
    {
        await using var bed = await MassiveBed.Create();
        using var client = await bed.Connect();
        await client.Next();
        await client.Act("auth", "wrong");
        Assert.Equal("""{"ev":"status","status":"auth_failed","message":"authentication failed"}""", (await client.Next()).ToJsonString());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.Closed());
    }

    [Fact]
    public async Task Who_does_not_authenticate_hears_nothing_and_is_closed_after_its_time()
    {
        await using var bed = await MassiveBed.Create();
        using var client = await bed.Connect();
        Assert.Equal("connected", await client.Status());
        await client.Act("subscribe", "T.AXSM");
        Assert.Equal("""{"ev":"status","status":"error","message":"not authorized"}""", (await client.Next()).ToJsonString());
        bed.Trade("AXSM", 157m);
        bed.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("auth_timeout", await client.Status());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.Closed());
    }

    [Theory]
    [InlineData("T.AXSM", true)]
    [InlineData("Q.AXSM", true)]
    [InlineData("LULD.AXSM", true)]
    [InlineData("AXSM", true)]
    [InlineData("T.", true)]
    [InlineData("A.AXSM", false)]
    [InlineData("AM.*", false)]
    public async Task What_the_plan_does_not_hold_is_not_authorized_and_the_rest_goes_on(string name, bool isRefused)
    {
        await using var bed = await MassiveBed.Create(o => o with { HasTrades = false, HasQuotes = false });
        using var client = await bed.Connect();
        await client.Authenticate();
        await client.Act("subscribe", $"{name},A.DJT");
        Assert.Equal(isRefused ? "error" : "success", await client.Status());
        Assert.Equal("success", await client.Status());
        Assert.Equal(isRefused ? ["A.DJT"] : new[] { "A.DJT", name }.Order(StringComparer.Ordinal), Assert.Single(bed.Massive.Statistics.Connections).Subscriptions);
    }

    [Fact]
    public async Task A_second_connection_is_refused_until_the_first_is_over()
    {
        await using var bed = await MassiveBed.Create(o => o with { MaxConnections = 1 });
        using var first = await bed.Subscribe("T.AXSM");
        using var second = await bed.Connect();
        await second.Next();
        await second.Act("auth", MassiveBed.Key);
        Assert.Equal("max_connections", await second.Status());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await second.Closed());
        bed.Trade("AXSM", 157m);
        Assert.Equal("AXSM", (await first.Next())["sym"]!.GetValue<string>());
        await first.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await Until(() => bed.Massive.Statistics.Connections.All(c => !c.IsOpen));
        using var third = await bed.Subscribe("T.AXSM");
    }

    [Fact]
    public async Task Where_the_older_connection_yields_it_is_the_one_that_is_closed()
    {
        await using var bed = await MassiveBed.Create(o => o with { MaxConnections = 1, EvictsOlderConnection = true });
        using var first = await bed.Subscribe("T.AXSM");
        using var second = await bed.Subscribe("T.AXSM");
        Assert.Equal("max_connections", await first.Status());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await first.Closed());
        bed.Trade("AXSM", 157m);
        Assert.Equal("AXSM", (await second.Next())["sym"]!.GetValue<string>());
    }

    [Fact]
    public async Task Who_reads_too_slowly_is_cut()
    {
        await using var bed = await MassiveBed.Create(o => o with { MaxQueuedEvents = 1000 });
        using var client = await bed.Subscribe("T.AXSM");
        await Until(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                bed.Trade("AXSM", 157m);
            }

            return bed.Massive.Statistics.Connections[0].WasTooSlow;
        });
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (true)
            {
                await client.Message();
            }
        });
        await Until(() => !bed.Massive.Statistics.Connections[0].IsOpen);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"action":"dance","params":"T.AXSM"}""")]
    public async Task An_action_that_is_none_is_answered_with_an_error(string text)
    {
        await using var bed = await MassiveBed.Create();
        using var client = await bed.Connect();
        await client.Next();
        await client.Socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal("error", await client.Status());
    }

    [Fact]
    public async Task A_delayed_plan_streams_earlier_stamps()
    {
        await using var bed = await MassiveBed.Create(o => o with { Delay = TimeSpan.FromMinutes(15) });
        using var client = await bed.Subscribe("T.AXSM,A.AXSM");
        bed.Trade("AXSM", 157m);
        var stamp = MassiveBed.Start.AddMinutes(-15).ToUnixTimeMilliseconds();
        Assert.Equal(stamp, (await client.Next())["t"]!.GetValue<long>());
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(stamp, (await client.Next())["s"]!.GetValue<long>());
    }

    internal static async Task Until(Func<bool> condition)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "the condition never came");
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }
}
