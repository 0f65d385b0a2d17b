using System.Collections.Concurrent;
using System.Text;
using MicroTrader.Domain.Market;
using static MicroTrader.MarketData.Tests.Massive.SocketBed;

namespace MicroTrader.MarketData.Tests.Massive;

/// <summary>The stream while it lives: what is asked for, lost, found again and read.</summary>
public sealed class MassiveSocketFeedTests
{
    [Fact]
    public async Task A_connection_shows_the_key_subscribes_by_channel_and_gives_ticks()
    {
        var heard = new ConcurrentQueue<string>();
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.SendAsync(StreamPeer.Connected);
            heard.Enqueue(await peer.ReceiveAsync());
            await peer.SendAsync(StreamPeer.Authenticated);
            for (var i = 0; i < 3; i++)
                heard.Enqueue(await peer.ReceiveAsync());
            await peer.SendAsync($"[{Trade(Axsm, 10m, 1)},{Trade(Djt, 20m, 1)}]");
            await peer.StayAsync();
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 2);
        Assert.Equal(
            [
                $$"""{"action":"auth","params":"{{Key}}"}""",
                """{"action":"subscribe","params":"T.AXSM,T.DJT"}""",
                """{"action":"subscribe","params":"A.AXSM,A.DJT"}""",
                """{"action":"subscribe","params":"Q.AXSM,Q.DJT"}""",
            ],
            heard);
        Assert.Equal([10m, 20m], reading.Ticks.Select(t => t.Price));
        Assert.All(reading.Ticks, t => Assert.Equal(TickTraits.None, t.Traits));
        Assert.Single(reading.Notes, n => n is { Kind: FeedNoteKind.Connected, IsWarning: false });
    }

    [Fact]
    public async Task Long_lists_are_subscribed_to_in_parts()
    {
        var heard = new ConcurrentQueue<string>();
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            foreach (var name in await peer.WelcomeAsync(3))
                heard.Enqueue(name);
            await peer.StayAsync();
        });
        var symbols = Enumerable.Range(0, 25).Select(i => Symbol.Parse($"S{i}")).ToList();
        await using var feed = Feed(server, o => o with { Symbols = symbols, SubscriptionsPerMessage = 10, Channels = MassiveChannels.Trades });
        await using var reading = new FeedReading(feed);
        await reading.Until(() => heard.Count == 25);
        Assert.Equal(symbols.Select(s => "T." + s), heard);
    }

    [Fact]
    public async Task After_a_loss_everything_is_subscribed_to_again_and_each_symbol_tells_of_the_gap()
    {
        var connections = 0;
        var isRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            var names = await peer.WelcomeAsync(3);
            Assert.Equal(6, names.Count);
            var n = Interlocked.Increment(ref connections);
            await peer.SendAsync($"[{Trade(Axsm, 10m * n, n, $"a{n}")},{Trade(Djt, 20m * n, n, $"b{n}")},{Trade(Djt, 21m * n, n, $"c{n}", 5)}]");
            if (n > 1)
                await peer.StayAsync();
            // Cut in the middle of a message, but not before the client has what was whole.
            await isRead.Task;
            await peer.SendAsync(Encoding.UTF8.GetBytes("[{\"ev\":\"T\",\"sym\":\"AX"), end: false);
            peer.Abort();
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 3);
        isRead.SetResult();
        await reading.Until(() => reading.Ticks.Count == 6);
        Assert.Equal(
            [(10m, TickTraits.None), (20m, TickTraits.None), (21m, TickTraits.None), (20m, TickTraits.AfterGap), (40m, TickTraits.AfterGap), (42m, TickTraits.None)],
            reading.Ticks.Select(t => (t.Price, t.Traits)));
        Assert.Equal(1, feed.Statistics.Reconnects);
        Assert.Equal([FeedNoteKind.Connected, FeedNoteKind.Disconnected, FeedNoteKind.Gap, FeedNoteKind.Connected], reading.Notes.Select(n => n.Kind));
    }

    [Fact]
    public async Task A_storm_of_a_hundred_losses_loses_no_subscription_and_leaks_nothing()
    {
        var open = 0;
        var connections = 0;
        var wrong = new ConcurrentQueue<string>();
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            Interlocked.Increment(ref open);
            try
            {
                var names = await peer.WelcomeAsync(3);
                if (string.Join(',', names) != "T.AXSM,T.DJT,A.AXSM,A.DJT,Q.AXSM,Q.DJT")
                    wrong.Enqueue(string.Join(',', names));
                var n = Interlocked.Increment(ref connections);
                await peer.SendAsync($"[{Trade(Axsm, n, n, $"a{n}")},{Trade(Djt, n, n, $"b{n}")}]");
                if (n > 100)
                    await peer.StayAsync();
                else if (n % 2 == 0)
                    peer.Abort();
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        });
        await using var feed = Feed(server, o => o with { ReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(20) });
        await using (var reading = new FeedReading(feed))
        {
            // What is on its way when a connection is cut may be lost; what comes on the last one may not.
            await reading.Until(() => reading.Ticks.Count(t => t.Price == 101m) == 2);
            await reading.Until(() => Volatile.Read(ref open) == 1);
            Assert.Empty(wrong);
            Assert.Equal(100, feed.Statistics.Reconnects);
            // One tick of each symbol on each connection, so each but the very first is after a gap.
            Assert.InRange(reading.Ticks.Count, 52, 202);
            Assert.All(reading.Ticks, t => Assert.Equal(t.Price == 1m ? TickTraits.None : TickTraits.AfterGap, t.Traits));
        }

        // The reader is gone: so is the connection.
        await Eventually(() => Volatile.Read(ref open) == 0);
    }

    [Fact]
    public async Task Messages_in_pieces_and_longer_than_any_buffer_are_read_whole_and_a_broken_one_is_survived()
    {
        const int Many = 3000;
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.WelcomeAsync(3);
            var large = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, Many).Select(i => Trade(Axsm, 10m, i, $"t{i}")))}]");
            for (var at = 0; at < large.Length; at += 1000)
                await peer.SendAsync(large.AsMemory(at, Math.Min(1000, large.Length - at)), end: at + 1000 >= large.Length);
            await peer.SendAsync("[{\"ev\":\"T\",");
            await peer.SendAsync("not JSON");
            await peer.SendAsync($"[{Trade(Djt, 20m, 1)}]");
            await peer.StayAsync();
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == Many + 1);
        Assert.Equal((2, 0), (feed.Statistics.Malformed, feed.Statistics.Reconnects));
        Assert.Single(reading.Notes, n => n.Kind == FeedNoteKind.Malformed);
    }

    [Fact]
    public async Task A_message_without_end_ends_the_connection_and_not_the_memory()
    {
        var connections = 0;
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.WelcomeAsync(3);
            if (Interlocked.Increment(ref connections) == 1)
            {
                while (true)
                    await peer.SendAsync(new byte[4096], end: false);
            }

            await peer.SendAsync($"[{Trade(Axsm, 10m, 1)}]");
            await peer.StayAsync();
        });
        await using var feed = Feed(server, o => o with { MaxMessageBytes = 100_000 });
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 1);
        Assert.Contains(reading.Notes, n => n.Text.Contains("longer than 100000 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_reader_gets_the_newest_price_and_the_whole_volume_and_the_socket_is_read_all_the_while()
    {
        const int Many = 20_000;
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.WelcomeAsync(3);
            for (var at = 0; at < Many; at += 100)
                await peer.SendAsync($"[{string.Join(',', Enumerable.Range(at, 100).Select(i => Trade(i % 2 == 0 ? Axsm : Djt, 10m + i, i, $"t{i}")))}]");
            sent.SetResult();
            await peer.StayAsync();
        });
        await using var feed = Feed(server, o => o with { BufferTicks = 100 });
        var notes = new ConcurrentQueue<FeedNote>();
        feed.Noted += notes.Enqueue;
        using var stop = new CancellationTokenSource();
        await using var ticks = feed.ReadAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await ticks.MoveNextAsync());
        var read = new List<Tick> { ticks.Current };
        // The reader does nothing until all has been sent and received.
        await sent.Task;
        await Eventually(() => feed.Statistics.Ticks == Many);
        while (read.TakeLast(2).Any(t => t.Price < 10m + Many - 2))
        {
            Assert.True(await ticks.MoveNextAsync());
            read.Add(ticks.Current);
        }

        Assert.Equal(Many * 100m, read.Sum(t => t.Volume!.Value));
        Assert.Equal(Many, read.Count + feed.Statistics.Conflated);
        Assert.InRange(read.Count, 2, 600);
        Assert.Equal([TickTraits.AfterGap, TickTraits.AfterGap], read.TakeLast(2).Select(t => t.Traits));
        Assert.Equal([10m + Many - 2, 10m + Many - 1], read.TakeLast(2).Select(t => t.Price));
        Assert.Single(notes, n => n.Kind == FeedNoteKind.Conflated);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task Silence_while_the_market_is_open_makes_a_new_connection()
    {
        var connections = 0;
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.WelcomeAsync(3);
            if (Interlocked.Increment(ref connections) > 1)
                await peer.SendAsync($"[{Trade(Axsm, 10m, 1)}]");
            await peer.StayAsync();
        });
        await using var feed = Feed(server, o => o with { Silence = TimeSpan.FromSeconds(1) });
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 1);
        Assert.Contains(reading.Notes, n => n is { Kind: FeedNoteKind.Disconnected, IsWarning: true } && n.Text.Contains("no message for 00:00:01 while the market is open", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_does_not_greet_is_left_and_tried_again()
    {
        var connections = 0;
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            if (Interlocked.Increment(ref connections) == 1)
                await peer.StayAsync();
            await peer.WelcomeAsync(3);
            await peer.SendAsync($"[{Trade(Axsm, 10m, 1)}]");
            await peer.StayAsync();
        });
        await using var feed = Feed(server, o => o with { ConnectTimeout = TimeSpan.FromSeconds(2) });
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 1);
        Assert.Contains(reading.Notes, n => n.Text.Contains("no stream: the greeting took longer than 00:00:02", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_outage_is_said_once_and_its_end_once()
    {
        var requests = 0;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref requests) <= 5)
            {
                context.Response.StatusCode = 503;
                return;
            }

            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var peer = new StreamPeer(socket, context);
            await peer.WelcomeAsync(3);
            await peer.SendAsync($"[{Trade(Axsm, 10m, 1)}]");
            await Assert.ThrowsAnyAsync<Exception>(peer.StayAsync);
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 1);
        Assert.Equal([FeedNoteKind.Disconnected, FeedNoteKind.Connected], reading.Notes.Select(n => n.Kind));
        Assert.Contains("the server answers 503", reading.Notes.First().Text, StringComparison.Ordinal);
        Assert.Equal(5, feed.Statistics.Failures);
    }

    [Fact]
    public async Task A_source_that_is_always_late_is_told_once()
    {
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.WelcomeAsync(3);
            await peer.SendAsync($"[{string.Join(',', Enumerable.Range(0, 50).Select(i => Trade(Axsm, 10m, i, $"t{i}", i - 900_000)))}]");
            await peer.StayAsync();
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 50);
        Assert.All(reading.Ticks, t => Assert.Equal(TickTraits.Delayed, t.Traits));
        Assert.StartsWith("127.0.0.1: the prices are late, the newest by 00:", Assert.Single(reading.Notes, n => n.Kind == FeedNoteKind.Delayed).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_note_ever_holds_the_key()
    {
        var connections = 0;
        await using var server = await LoopbackServer.StreamAsync(async peer =>
        {
            await peer.SendAsync(StreamPeer.Connected);
            await peer.ReceiveAsync();
            await peer.SendAsync(StreamPeer.Authenticated);
            if (Interlocked.Increment(ref connections) == 1)
            {
                await peer.SendAsync($$"""[{"ev":"status","status":"error","message":"not authorized: Q.AXSM for {{Key}}"}]""");
                await peer.CloseAsync($"goodbye {Key}");
            }

            await peer.SendAsync($"[{Trade(Axsm, 10m, 1)}]");
            await peer.StayAsync();
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 1);
        Assert.Contains(reading.Notes, n => n.Text.Contains("goodbye ***", StringComparison.Ordinal));
        Assert.All(reading.Notes, n => Assert.DoesNotContain(Key, n.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, feed.Description + Options(server), StringComparison.Ordinal);
    }

    private static async Task Eventually(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(10, late.Token);
    }
}
