using Microsoft.AspNetCore.Http;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests.Massive;

public sealed class MassiveFeedTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");

    private int _polls;
    private volatile bool _isUp = true;
    private volatile int _status = 200;
    private volatile StreamPeer? _peer;

    [Fact]
    public async Task Polls_fill_in_while_the_stream_is_down_and_end_when_it_is_back()
    {
        await using var server = await Server();
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Any(t => t.Kind == TickKind.Trade));
        Assert.Equal(0, _polls);
        _isUp = false;
        _peer!.Abort();
        await reading.Until(() => reading.Ticks.Count(t => t.Kind == TickKind.Snapshot) >= 2);
        _isUp = true;
        await reading.Until(() => reading.Ticks.Count(t => t.Kind == TickKind.Trade) == 2);
        Assert.Equal(TickTraits.AfterGap, reading.Ticks.Last(t => t.Kind == TickKind.Trade).Traits);
        // No poll begins any more: two intervals are nothing like a proof, but a feed that went on would show.
        var polls = _polls;
        await Task.Delay(2_500);
        Assert.InRange(_polls, polls, polls + 1);
    }

    [Fact]
    public async Task A_plan_without_snapshots_ends_the_filling_in_and_not_the_stream()
    {
        _isUp = false;
        _status = 403;
        await using var server = await Server();
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Notes.Any(n => n.Kind == FeedNoteKind.NotInPlan));
        _isUp = true;
        await reading.Until(() => reading.Ticks.Any(t => t.Kind == TickKind.Trade));
    }

    [Fact]
    public async Task The_stream_s_refusal_ends_both()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Fails<FeedRefusedException>();
    }

    private static MassiveFeed Feed(LoopbackServer server)
    {
        var calendar = new AlwaysOpenCalendar();
        return new MassiveFeed(
            new MassiveSocketFeed(
                new MassiveSocketOptions { ApiKey = "pk_SECRET", Url = server.Socket, Symbols = [Axsm], Channels = MassiveChannels.Trades, ReconnectDelay = TimeSpan.FromMilliseconds(20), MaxReconnectDelay = TimeSpan.FromMilliseconds(50) },
                TimeProvider.System,
                calendar),
            new MassiveRestFeed(new MassiveRestOptions { ApiKey = "pk_SECRET", BaseUrl = server.Http, Symbols = [Axsm], Interval = TimeSpan.FromSeconds(1) }, TimeProvider.System, calendar),
            TimeProvider.System);
    }

    private Task<LoopbackServer> Server() => LoopbackServer.StartAsync(async context =>
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = _status;
            await context.Response.WriteAsync($"{{\"status\":\"OK\",\"tickers\":[{{\"ticker\":\"AXSM\",\"day\":{{\"v\":{Interlocked.Increment(ref _polls)}}},\"lastTrade\":{{\"p\":9,\"t\":{now}}}}}]}}");
            return;
        }

        if (!_isUp)
        {
            context.Response.StatusCode = 503;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var peer = new StreamPeer(socket, context);
        _peer = peer;
        try
        {
            await peer.WelcomeAsync(1);
            await peer.SendAsync($"[{{\"ev\":\"T\",\"sym\":\"AXSM\",\"p\":10,\"s\":1,\"t\":{now}}}]");
            await peer.StayAsync();
        }
        catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or OperationCanceledException or IOException)
        {
            // The client went away.
        }
    });
}
