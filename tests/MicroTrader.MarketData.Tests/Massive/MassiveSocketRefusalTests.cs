using MicroTrader.Domain.Calendar;
using static MicroTrader.MarketData.Tests.Massive.SocketBed;

namespace MicroTrader.MarketData.Tests.Massive;

/// <summary>What a stream refuses, what it is refused, and that neither is tried again.</summary>
public sealed class MassiveSocketRefusalTests
{
    [Theory]
    [InlineData("""[{"ev":"status","status":"auth_failed","message":"authentication failed for pk_SECRET0123456789"}]""", "POLYGON_API_KEY: 127.0.0.1 refuses the key (authentication failed for ***)")]
    [InlineData("""[{"ev":"status","status":"max_connections","message":"Maximum number of websocket connections exceeded."}]""", "POLYGON_API_KEY: another connection uses the key")]
    [InlineData("""[{"ev":"status","status":"error","message":"authentication failed"}]""", "POLYGON_API_KEY: 127.0.0.1 refuses the key")]
    public async Task A_refusal_is_final_and_names_the_setting_but_not_the_key(string answer, string expected)
    {
        var connections = 0;
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            Interlocked.Increment(ref connections);
            await peer.SendAsync(StreamPeer.Connected);
            await peer.ReceiveAsync();
            await peer.SendAsync(answer);
            await peer.StayAsync();
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        var refused = await reading.Fails<FeedRefusedException>();
        Assert.StartsWith(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task An_upgrade_that_is_refused_is_final()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        Assert.StartsWith("POLYGON_API_KEY: 127.0.0.1 refuses the stream (403)", (await reading.Fails<FeedRefusedException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Max_connections_in_mid_stream_is_final()
    {
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.WelcomeAsync(3);
            await peer.SendAsync("""[{"ev":"status","status":"max_connections","message":"Maximum number of websocket connections exceeded."}]""");
            await peer.StayAsync();
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Fails<FeedRefusedException>();
    }

    [Fact]
    public async Task Quotes_that_are_not_in_the_plan_are_told_and_the_rest_goes_on()
    {
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.WelcomeAsync(3);
            await peer.SendAsync("""[{"ev":"status","status":"success","message":"subscribed to: T.AXSM"},{"ev":"status","status":"error","message":"not authorized to subscribe to Q.AXSM"}]""");
            await peer.SendAsync($"[{Trade(Axsm, 10m, 1)}]");
            await peer.StayAsync();
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 1);
        Assert.StartsWith("127.0.0.1: Quotes is not in the plan", Assert.Single(reading.Notes, n => n.Kind == FeedNoteKind.NotInPlan).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nothing_that_gives_ticks_is_left_it_is_final()
    {
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.WelcomeAsync(3);
            await peer.SendAsync("""[{"ev":"status","status":"error","message":"not authorized: T.AXSM,T.DJT"},{"ev":"status","status":"error","message":"not authorized: A.AXSM,A.DJT"}]""");
            await peer.StayAsync();
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        Assert.StartsWith("POLYGON_API_KEY: the plan has nothing of Trades, SecondBars", (await reading.Fails<FeedRefusedException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_options_are_refused_by_name()
    {
        var good = new MassiveSocketOptions { ApiKey = Key, Symbols = [Axsm] };
        Assert.Empty(good.Problems());
        Refused("ApiKey: is empty", good with { ApiKey = " " });
        Refused("ApiKey: has white space", good with { ApiKey = "a b" });
        Refused("Symbols: 0 are given", good with { Symbols = [] });
        Refused("Symbols: AXSM is given twice", good with { Symbols = [Axsm, Axsm] });
        Refused("Url: is not allowed; an absolute wss:// address", good with { Url = new Uri("https://socket.massive.com") });
        Refused("Url: is not allowed", good with { Url = new Uri($"wss://socket.massive.com/stocks?apiKey={Key}") });
        Refused("Url: ws://socket.massive.com/ is not encrypted", good with { Url = new Uri("ws://socket.massive.com") });
        Assert.Empty((good with { Url = new Uri("ws://127.0.0.1:1/stocks") }).Problems());
        Refused("Channels: Quotes is not allowed", good with { Channels = MassiveChannels.Quotes });
        Refused("MaxReconnectDelay: 00:00:00.1000000 is not allowed; 00:00:00.5000000 to 00:10:00", good with { MaxReconnectDelay = TimeSpan.FromMilliseconds(100) });
        Refused("BufferTicks: 1 is not allowed", good with { BufferTicks = 1 });

        static void Refused(string reason, MassiveSocketOptions options)
        {
            Assert.StartsWith(reason, Assert.Single(options.Problems()), StringComparison.Ordinal);
            Assert.DoesNotContain(Key, string.Concat(options.Problems()), StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => new MassiveSocketFeed(options, TimeProvider.System, new AlwaysOpenCalendar()));
        }
    }
}
