using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MicroTrader.Simulators.Massive;

namespace MicroTrader.Simulators.Tests.Massive;

public class FaultTests
{
    private static readonly FakeMassiveFaultKind[] SocketCloses = [FakeMassiveFaultKind.AuthFailed, FakeMassiveFaultKind.MaxConnections];

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_status_comes_so_many_times_and_then_no_more(int status)
    {
        await using var bed = await MassiveBed.Create();
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, FakeMassiveFault.OfStatus(status), 2);
        Assert.Equal((int[])[status, status, 200], await Statuses(bed, 3));
        Assert.Equal((2, 3), (bed.Massive.Statistics.Faults["Status"], bed.Massive.Statistics.Requests["Snapshot"]));
        // Other places are untouched.
        bed.Massive.Faults.UntilCleared(FakeMassivePlace.Snapshot, FakeMassiveFault.OfStatus(status));
        await bed.Get("v1/marketstatus/now");
        Assert.Equal((int[])[status, status, status], await Statuses(bed, 3));
        bed.Massive.Faults.Clear();
        Assert.Equal((int[])[200], await Statuses(bed, 1));
    }

    [Fact]
    public async Task Retry_After_goes_out_in_seconds_or_as_a_date()
    {
        await using var bed = await MassiveBed.Create();
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, FakeMassiveFault.OfStatus(429, TimeSpan.FromSeconds(30)));
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, FakeMassiveFault.OfStatus(429, TimeSpan.FromSeconds(30), asDate: true));
        using var seconds = await bed.Http.GetAsync(MassiveBed.Tickers);
        using var date = await bed.Http.GetAsync(MassiveBed.Tickers);
        Assert.Equal(TimeSpan.FromSeconds(30), seconds.Headers.RetryAfter!.Delta);
        Assert.Equal(MassiveBed.Start.AddSeconds(30), date.Headers.RetryAfter!.Date);
    }

    [Fact]
    public async Task A_delayed_answer_waits_for_the_clock()
    {
        await using var bed = await MassiveBed.Create();
        bed.Trade("AXSM", 157m);
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, FakeMassiveFault.Late(TimeSpan.FromSeconds(10)));
        var answer = bed.Http.GetAsync(MassiveBed.Tickers);
        await StreamTests.Until(() => bed.Massive.Faults.Pending == 0);
        await StreamTests.Until(() =>
        {
            bed.Clock.Advance(TimeSpan.FromSeconds(1));
            return answer.IsCompleted;
        });
        Assert.True(bed.Clock.GetUtcNow() >= MassiveBed.Start.AddSeconds(10));
        using var response = await answer;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_lost_a_cut_and_a_malformed_answer_are_what_they_say()
    {
        await using var bed = await MassiveBed.Create();
        bed.Trade("AXSM", 157m);
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(FakeMassiveFaultKind.LostAnswer));
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(FakeMassiveFaultKind.CutBody));
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(FakeMassiveFaultKind.Malformed));
        await Assert.ThrowsAsync<HttpRequestException>(() => bed.Http.GetAsync(MassiveBed.Tickers));
        using var cut = await bed.Http.GetAsync(MassiveBed.Tickers, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, cut.StatusCode);
        await Assert.ThrowsAsync<HttpIOException>(async () => await (await cut.Content.ReadAsStreamAsync()).CopyToAsync(Stream.Null));
        using var malformed = await bed.Http.GetAsync(MassiveBed.Tickers);
        Assert.Equal(HttpStatusCode.OK, malformed.StatusCode);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(malformed.Content.ReadAsStringAsync().GetAwaiter().GetResult()));
        await bed.Snapshot();
    }

    [Fact]
    public async Task Faults_of_data_spoil_one_answer_and_no_more()
    {
        await using var bed = await MassiveBed.Create();
        bed.Massive.Publish(new FakeQuote("AXSM", 156m, 1, 158m, 1));
        bed.Trade("AXSM", 157m, 100);
        bed.Trade("DJT", 18m, 50);
        var healthy = await bed.Snapshot();
        Assert.Empty(await Spoilt(FakeMassiveFaultKind.EmptyTickers, null));
        Assert.Equal("DJT", Assert.Single(await Spoilt(FakeMassiveFaultKind.MissingSymbol, "AXSM"))!["ticker"]!.GetValue<string>());
        Assert.Equal(0m, await Price(FakeMassiveFaultKind.ZeroPrice));
        Assert.Equal(-157m, await Price(FakeMassiveFaultKind.NegativePrice));
        Assert.Null(await Price(FakeMassiveFaultKind.NullPrice));
        Assert.Equal(157_000m, await Price(FakeMassiveFaultKind.PriceJump));
        Assert.Equal(-86_400_000_000_000, await Stamp(FakeMassiveFaultKind.StaleStamp));
        Assert.Equal(-5_000_000_000, await Stamp(FakeMassiveFaultKind.OutOfOrder));
        Assert.Equal((50, 50), (await Spoilt(FakeMassiveFaultKind.VolumeCorrection, "AXSM"))[0] is { } t ? (t["day"]!["v"]!.GetValue<long>(), t["min"]!["av"]!.GetValue<long>()) : default);
        Assert.Equal(0m, (await Spoilt(FakeMassiveFaultKind.DayReset, "AXSM"))[0]!["day"]!["o"]!.GetValue<decimal>());

        async Task<System.Text.Json.Nodes.JsonArray> Spoilt(FakeMassiveFaultKind kind, string? symbol)
        {
            bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(kind) { Symbol = symbol });
            var spoilt = await bed.Snapshot();
            Assert.False(System.Text.Json.Nodes.JsonNode.DeepEquals(healthy, spoilt));
            // Of another symbol nothing, and of the next answer nothing.
            if (symbol is not null)
            {
                Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(healthy[1], spoilt[^1]));
            }

            Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(healthy, await bed.Snapshot()));
            return spoilt;
        }

        async Task<decimal?> Price(FakeMassiveFaultKind kind) => (await Spoilt(kind, "AXSM"))[0]!["lastTrade"]!["p"]?.GetValue<decimal>();

        async Task<long> Stamp(FakeMassiveFaultKind kind) =>
            (await Spoilt(kind, "AXSM"))[0]!["lastTrade"]!["t"]!.GetValue<long>() - healthy[0]!["lastTrade"]!["t"]!.GetValue<long>();
    }

    [Fact]
    public async Task An_upgrade_can_be_refused()
    {
        await using var bed = await MassiveBed.Create();
        bed.Massive.Faults.Next(FakeMassivePlace.SocketConnect, FakeMassiveFault.OfStatus(503));
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => bed.Connect());
        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
        using var client = await bed.Connect();
    }

    [Fact]
    public async Task The_right_key_can_be_refused()
    {
        await using var bed = await MassiveBed.Create();
        foreach (var kind in SocketCloses)
        {
            bed.Massive.Faults.Next(FakeMassivePlace.SocketAuthentication, new FakeMassiveFault(kind));
            using var client = await bed.Connect();
            await client.Next();
            await client.Act("auth", MassiveBed.Key);
            Assert.Equal(kind == FakeMassiveFaultKind.AuthFailed ? "auth_failed" : "max_connections", await client.Status());
            await client.Closed();
        }

        using var accepted = await bed.Subscribe("T.AXSM");
    }

    [Fact]
    public async Task A_subscription_can_be_done_without_an_answer_or_not_at_all()
    {
        await using var bed = await MassiveBed.Create();
        using var client = await bed.Connect();
        await client.Authenticate();
        bed.Massive.Faults.Next(FakeMassivePlace.SocketSubscription, new FakeMassiveFault(FakeMassiveFaultKind.LostAnswer));
        await client.Act("subscribe", "T.AXSM");
        bed.Massive.Faults.Next(FakeMassivePlace.SocketSubscription, new FakeMassiveFault(FakeMassiveFaultKind.LostRequest));
        await client.Act("subscribe", "T.DJT");
        await StreamTests.Until(() => bed.Massive.Faults.Pending == 0 && bed.Massive.Statistics.Requests["SocketSubscription"] == 2);
        bed.Massive.Faults.Next(FakeMassivePlace.SocketSubscription, new FakeMassiveFault(FakeMassiveFaultKind.NotAuthorized));
        await client.Act("subscribe", "T.HUT");
        Assert.Equal("error", await client.Status());
        Assert.Equal(["T.AXSM"], Assert.Single(bed.Massive.Statistics.Connections).Subscriptions);
        bed.Trade("DJT", 18m);
        bed.Trade("AXSM", 157m);
        Assert.Equal("AXSM", (await client.Next())["sym"]!.GetValue<string>());
    }

    [Fact]
    public async Task Messages_come_broken_huge_or_in_pieces_and_the_next_is_whole()
    {
        await using var bed = await MassiveBed.Create();
        using var client = await bed.Subscribe("T.AXSM");
        await Strike(FakeMassiveFaultKind.Malformed);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(client.Message().GetAwaiter().GetResult().Bytes));
        await Strike(FakeMassiveFaultKind.GarbageBinary);
        Assert.Equal(WebSocketMessageType.Binary, (await client.Message()).Type);
        Assert.Equal(157m, await Price());
        await Strike(FakeMassiveFaultKind.HugeMessage);
        var (type, huge) = await client.Message();
        Assert.Equal(WebSocketMessageType.Text, type);
        Assert.True(huge.Length > 32 * 1024 * 1024);
        Assert.Equal(157m, JsonDocument.Parse(huge).RootElement[0].GetProperty("p").GetDecimal());
        await Strike(FakeMassiveFaultKind.TinyFrames);
        Assert.Equal(157m, await Price());
        Assert.True(client.Frames > 10, $"{client.Frames} frames");
        bed.Trade("AXSM", 157m);
        Assert.Equal(157m, await Price());
        Assert.Equal(1, client.Frames);

        Task Strike(FakeMassiveFaultKind kind)
        {
            bed.Massive.Faults.Next(FakeMassivePlace.SocketMessage, new FakeMassiveFault(kind));
            bed.Trade("AXSM", 157m);
            return Task.CompletedTask;
        }

        async Task<decimal> Price() => (await client.Next())["p"]!.GetValue<decimal>();
    }

    [Fact]
    public async Task Events_come_with_prices_and_stamps_that_cannot_be()
    {
        await using var bed = await MassiveBed.Create();
        using var client = await bed.Subscribe("T.*");
        var stamp = MassiveBed.Start.ToUnixTimeMilliseconds();
        Assert.Equal((0m, stamp), await Struck(FakeMassiveFaultKind.ZeroPrice));
        Assert.Equal((-157m, stamp), await Struck(FakeMassiveFaultKind.NegativePrice));
        Assert.Equal((null, stamp), await Struck(FakeMassiveFaultKind.NullPrice));
        Assert.Equal((157_000m, stamp), await Struck(FakeMassiveFaultKind.PriceJump));
        Assert.Equal((157m, stamp - 86_400_000), await Struck(FakeMassiveFaultKind.StaleStamp));
        Assert.Equal((157m, stamp - 5000), await Struck(FakeMassiveFaultKind.OutOfOrder));
        Assert.Equal((157m, stamp), await Struck(FakeMassiveFaultKind.Duplicate));
        Assert.Equal("7", (await client.Next())["i"]!.GetValue<string>());

        async Task<(decimal?, long)> Struck(FakeMassiveFaultKind kind)
        {
            // It waits for its symbol: the one before goes out as it is.
            bed.Massive.Faults.Next(FakeMassivePlace.SocketMessage, new FakeMassiveFault(kind) { Symbol = "AXSM" });
            bed.Trade("DJT", 18m);
            Assert.Equal(18m, (await client.Next())["p"]!.GetValue<decimal>());
            bed.Trade("AXSM", 157m);
            var happened = await client.Next();
            return (happened["p"]?.GetValue<decimal>(), happened["t"]!.GetValue<long>());
        }
    }

    [Fact]
    public async Task A_connection_is_dropped_in_the_middle_of_a_message_or_closed()
    {
        await using var bed = await MassiveBed.Create();
        using var cut = await bed.Subscribe("T.AXSM");
        bed.Massive.Faults.Next(FakeMassivePlace.SocketMessage, new FakeMassiveFault(FakeMassiveFaultKind.DropInMessage));
        bed.Trade("AXSM", 157m);
        await Assert.ThrowsAsync<WebSocketException>(() => cut.Message());
        using var closed = await bed.Subscribe("T.AXSM");
        bed.Massive.Faults.Next(FakeMassivePlace.SocketMessage, new FakeMassiveFault(FakeMassiveFaultKind.DropCleanly));
        bed.Trade("AXSM", 157m);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await closed.Closed());
        await StreamTests.Until(() => bed.Massive.Statistics.Connections.All(c => !c.IsOpen));
        Assert.All(bed.Massive.Statistics.Connections, c => Assert.Empty(c.EventsSent));
    }

    [Fact]
    public async Task A_silent_connection_stays_and_answers_no_ping()
    {
        await using var bed = await MassiveBed.Create();
        using var socket = new ClientWebSocket();
        // The client's own watch: an unanswered ping ends the connection on its side.
        socket.Options.KeepAliveInterval = TimeSpan.FromMilliseconds(100);
        socket.Options.KeepAliveTimeout = TimeSpan.FromMilliseconds(500);
        await socket.ConnectAsync(bed.Massive.SocketAddress, CancellationToken.None);
        var buffer = new byte[4096];
        await socket.ReceiveAsync(buffer, CancellationToken.None);
        foreach (var action in new[] { $$"""{"action":"auth","params":"{{MassiveBed.Key}}"}""", """{"action":"subscribe","params":"T.AXSM"}""" })
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(action), WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.ReceiveAsync(buffer, CancellationToken.None);
        }

        bed.Massive.Faults.Next(FakeMassivePlace.SocketMessage, new FakeMassiveFault(FakeMassiveFaultKind.Silence));
        bed.Trade("AXSM", 157m);
        bed.Trade("AXSM", 158m);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var ended = await Assert.ThrowsAnyAsync<Exception>(async () => await socket.ReceiveAsync(buffer, patience.Token));
        Assert.False(patience.IsCancellationRequested, $"the client gave up waiting: {ended}");
        Assert.Empty(bed.Massive.Statistics.Connections[0].EventsSent);
    }

    [Theory]
    [InlineData(FakeMassivePlace.Snapshot, FakeMassiveFaultKind.Silence)]
    [InlineData(FakeMassivePlace.SocketMessage, FakeMassiveFaultKind.LostAnswer)]
    [InlineData(FakeMassivePlace.SocketSubscription, FakeMassiveFaultKind.AuthFailed)]
    [InlineData(FakeMassivePlace.MarketStatus, FakeMassiveFaultKind.ZeroPrice)]
    [InlineData(FakeMassivePlace.Snapshot, FakeMassiveFaultKind.MissingSymbol)]
    [InlineData(FakeMassivePlace.Snapshot, FakeMassiveFaultKind.Status)]
    [InlineData(FakeMassivePlace.Snapshot, FakeMassiveFaultKind.Delay)]
    public async Task A_fault_that_cannot_be_is_refused(FakeMassivePlace place, FakeMassiveFaultKind kind)
    {
        await using var bed = await MassiveBed.Create();
        Assert.Throws<ArgumentException>(() => bed.Massive.Faults.Next(place, new FakeMassiveFault(kind)));
    }

    private static async Task<int[]> Statuses(MassiveBed bed, int count)
    {
        var statuses = new int[count];
        for (var i = 0; i < count; i++)
        {
            using var response = await bed.Http.GetAsync(MassiveBed.Tickers);
            statuses[i] = (int)response.StatusCode;
        }

        return statuses;
    }
}
