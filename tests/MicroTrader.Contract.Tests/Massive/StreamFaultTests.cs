using System.Diagnostics;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;
using MicroTrader.MarketData.Tests.Massive;
using MicroTrader.Simulators.Massive;

namespace MicroTrader.Contract.Tests.Massive;

/// <summary>The real client of the stream against the look-alike, through every fault that the look-alike has.</summary>
public class StreamFaultTests
{
    private const string Key = "stream-fault-key";
    private const FakeMassivePlace Message = FakeMassivePlace.SocketMessage;

    private static readonly Symbol[] Symbols = [Symbol.Parse("AXSM"), Symbol.Parse("DJT")];
    private static readonly string[] All = ["A.AXSM", "A.DJT", "Q.AXSM", "Q.DJT", "T.AXSM", "T.DJT"];

    [Fact]
    public async Task Without_a_fault_ticks_carry_price_size_stamp_and_the_quote()
    {
        await using Bed bed = await Bed.StartAsync();
        bed.Massive.Publish(new FakeQuote("AXSM", 156.9m, 2, 157.1m, 3));
        DateTimeOffset before = DateTimeOffset.UtcNow;
        Tick tick = await bed.TradeAsync(157m, 30);
        Assert.Equal((TickKind.Trade, 157m, 30m, 156.9m, 157.1m, PriceBasis.Trade, TickTraits.None), (tick.Kind, tick.Price, tick.Volume, tick.Bid, tick.Ask, tick.Basis, tick.Traits));
        Assert.InRange(tick.Time, before.AddMilliseconds(-1), DateTimeOffset.UtcNow);
        await bed.Reading.Until(() => bed.Reading.Ticks.Any(t => t.Kind == TickKind.SecondBar));
        Tick bar = bed.Reading.Ticks.First(t => t.Kind == TickKind.SecondBar);
        Assert.Equal((157m, 30m, PriceBasis.Bar, 0), (bar.Price, bar.Volume, bar.Basis, bar.Time.Millisecond));
        Assert.Equal(All, Assert.Single(bed.Massive.Statistics.Connections).Subscriptions);
    }

    [Theory]
    [InlineData(FakeMassiveFaultKind.AuthFailed, "refuses the key")]
    [InlineData(FakeMassiveFaultKind.MaxConnections, "another connection uses the key")]
    public async Task A_refused_key_is_final_and_not_tried_again(FakeMassiveFaultKind kind, string said)
    {
        await using Bed bed = await Bed.StartAsync(m => m.Faults.Next(FakeMassivePlace.SocketAuthentication, new FakeMassiveFault(kind)), isUp: false);
        FeedRefusedException refused = await bed.Reading.Fails<FeedRefusedException>();
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, bed.Massive.Statistics.Requests["SocketConnect"]);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refused_upgrade_of_the_key_is_final(int status)
    {
        await using Bed bed = await Bed.StartAsync(m => m.Faults.Next(FakeMassivePlace.SocketConnect, FakeMassiveFault.OfStatus(status)), isUp: false);
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), (await bed.Reading.Fails<FeedRefusedException>()).Message, StringComparison.Ordinal);
        Assert.Equal(1, bed.Massive.Statistics.Requests["SocketConnect"]);
    }

    [Theory]
    [InlineData(429, FeedNoteKind.RateLimited)]
    [InlineData(500, FeedNoteKind.Disconnected)]
    [InlineData(502, FeedNoteKind.Disconnected)]
    [InlineData(503, FeedNoteKind.Disconnected)]
    [InlineData(504, FeedNoteKind.Disconnected)]
    public async Task An_upgrade_that_fails_is_tried_again_and_said_once(int status, FeedNoteKind kind)
    {
        await using Bed bed = await Bed.StartAsync(m => m.Faults.Next(FakeMassivePlace.SocketConnect, FakeMassiveFault.OfStatus(status), 3));
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(bed.Reading.Notes, n => n.Kind == kind && n.IsWarning).Text, StringComparison.Ordinal);
        Assert.Equal((4, 3), (bed.Massive.Statistics.Requests["SocketConnect"], bed.Counted.Failures));
        await bed.TradeAsync(157m);
    }

    [Theory]
    [InlineData(FakeMassivePlace.SocketConnect, FakeMassiveFaultKind.LostAnswer)]
    [InlineData(FakeMassivePlace.SocketAuthentication, FakeMassiveFaultKind.LostAnswer)]
    [InlineData(FakeMassivePlace.SocketAuthentication, FakeMassiveFaultKind.LostRequest)]
    public async Task A_handshake_without_an_answer_is_begun_anew(FakeMassivePlace place, FakeMassiveFaultKind kind)
    {
        await using Bed bed = await Bed.StartAsync(m => m.Faults.Next(place, new FakeMassiveFault(kind)), o => o with { ConnectTimeout = TimeSpan.FromSeconds(1) });
        Assert.Single(bed.Reading.Notes, n => n.Kind == FeedNoteKind.Disconnected);
        await bed.TradeAsync(157m);
    }

    [Fact]
    public async Task A_late_upgrade_is_waited_for()
    {
        await using Bed bed = await Bed.StartAsync(m => m.Faults.Next(FakeMassivePlace.SocketConnect, FakeMassiveFault.Late(TimeSpan.FromMilliseconds(300))));
        Assert.Equal(0, bed.Counted.Failures);
    }

    [Theory]
    [InlineData(FakeMassiveFaultKind.DropInMessage)]
    [InlineData(FakeMassiveFaultKind.DropCleanly)]
    [InlineData(FakeMassiveFaultKind.HugeMessage)]
    public async Task A_lost_connection_is_made_anew_with_every_subscription_and_the_gap_is_told(FakeMassiveFaultKind kind)
    {
        await using Bed bed = await Bed.StartAsync(change: o => o with { Channels = MassiveChannels.Trades, MaxMessageBytes = 1024 * 1024 });
        await bed.TradeAsync(157m);
        await bed.StrikeAsync(kind, 158m);
        await bed.UpAgainAsync(2);
        Tick first = await bed.TradeAsync(159m);
        Assert.Equal(TickTraits.AfterGap, first.Traits);
        Assert.Equal(TickTraits.None, (await bed.TradeAsync(160m)).Traits);
        Assert.DoesNotContain(bed.Reading.Ticks, t => t.Price == 158m);
        Assert.Single(bed.Reading.Notes, n => n.Kind == FeedNoteKind.Disconnected && n.IsWarning);
        Assert.Single(bed.Reading.Notes, n => n.Kind == FeedNoteKind.Gap);
        Assert.Equal(1, bed.Counted.Reconnects);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silence_is_found_by_what_does_not_come_or_by_a_ping_without_an_answer(bool byPing)
    {
        await using Bed bed = await Bed.StartAsync(change: o => o with
        {
            Channels = MassiveChannels.Trades,
            Silence = byPing ? null : TimeSpan.FromSeconds(2),
            KeepAliveInterval = TimeSpan.FromSeconds(byPing ? 1 : 60),
            KeepAliveTimeout = TimeSpan.FromSeconds(byPing ? 1 : 60),
        });
        await bed.TradeAsync(157m);
        await bed.StrikeAsync(FakeMassiveFaultKind.Silence, 158m);
        await bed.UpAgainAsync(2);
        Assert.Equal((159m, TickTraits.AfterGap), await bed.TradeAsync(159m) is var t ? (t.Price, t.Traits) : default);
        if (!byPing)
            Assert.Contains("no message for 00:00:02", Assert.Single(bed.Reading.Notes, n => n.Kind == FeedNoteKind.Disconnected).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FakeMassiveFaultKind.Malformed, 1, false)]
    [InlineData(FakeMassiveFaultKind.GarbageBinary, 1, true)]
    [InlineData(FakeMassiveFaultKind.TinyFrames, 0, true)]
    [InlineData(FakeMassiveFaultKind.ZeroPrice, 1, false)]
    [InlineData(FakeMassiveFaultKind.NegativePrice, 1, false)]
    [InlineData(FakeMassiveFaultKind.NullPrice, 1, false)]
    public async Task What_makes_no_sense_is_counted_and_left_out_and_the_connection_stays(FakeMassiveFaultKind kind, int malformed, bool comes)
    {
        await using Bed bed = await Bed.StartAsync(change: o => o with { Channels = MassiveChannels.Trades });
        await bed.StrikeAsync(kind, 157m);
        await bed.TradeAsync(158m);
        Assert.Equal(comes ? [157m, 158m] : [158m], bed.Reading.Ticks.Select(t => t.Price));
        Assert.Equal((malformed, 0), (bed.Counted.Malformed, bed.Counted.Failures));
        Assert.Equal(malformed, bed.Reading.Notes.Count(n => n.Kind == FeedNoteKind.Malformed));
        Assert.Single(bed.Massive.Statistics.Connections);
    }

    [Fact]
    public async Task A_jump_comes_as_it_is_for_it_is_not_the_feeds_to_judge()
    {
        await using Bed bed = await Bed.StartAsync(change: o => o with { Channels = MassiveChannels.Trades });
        await bed.StrikeAsync(FakeMassiveFaultKind.PriceJump, 157m);
        await bed.TradeAsync(158m);
        Assert.Equal([157_000m, 158m], bed.Reading.Ticks.Select(t => t.Price));
    }

    [Theory]
    [InlineData(FakeMassiveFaultKind.OutOfOrder, 0, 1, 2)]
    [InlineData(FakeMassiveFaultKind.StaleStamp, 0, 1, 2)]
    [InlineData(FakeMassiveFaultKind.Duplicate, 1, 0, 3)]
    public async Task What_is_old_or_known_is_counted_and_left_out(FakeMassiveFaultKind kind, int duplicates, int outOfOrder, int ticks)
    {
        await using Bed bed = await Bed.StartAsync(change: o => o with { Channels = MassiveChannels.Trades });
        await bed.TradeAsync(157m);
        await bed.StrikeAsync(kind, 158m);
        await bed.TradeAsync(159m);
        Assert.Equal((duplicates, outOfOrder, ticks), (bed.Counted.Duplicates, bed.Counted.OutOfOrder, bed.Reading.Ticks.Count));
    }

    [Fact]
    public async Task A_first_trade_of_yesterday_is_told_to_be_late()
    {
        await using Bed bed = await Bed.StartAsync(change: o => o with { Channels = MassiveChannels.Trades });
        bed.Fault(FakeMassiveFaultKind.StaleStamp);
        Assert.Equal(TickTraits.Delayed, (await bed.TradeAsync(157m)).Traits);
    }

    [Fact]
    public async Task A_subscription_that_was_not_done_is_noticed_and_asked_for_again()
    {
        await using Bed bed = await Bed.StartAsync(
            m => m.Faults.Next(FakeMassivePlace.SocketSubscription, new FakeMassiveFault(FakeMassiveFaultKind.LostRequest)),
            o => o with { ConnectTimeout = TimeSpan.FromSeconds(1) },
            isUp: false);
        await bed.UpAgainAsync(2);
        Assert.Contains("2 of the subscriptions were not confirmed", Assert.Single(bed.Reading.Notes, n => n.Kind == FeedNoteKind.Disconnected).Text, StringComparison.Ordinal);
        await bed.TradeAsync(157m);
    }

    [Fact]
    public async Task A_server_that_confirms_nothing_is_put_up_with_and_it_is_said()
    {
        await using Bed bed = await Bed.StartAsync(
            m => m.Faults.UntilCleared(FakeMassivePlace.SocketSubscription, new FakeMassiveFault(FakeMassiveFaultKind.LostAnswer)),
            o => o with { ConnectTimeout = TimeSpan.FromSeconds(1) });
        await bed.Reading.Until(() => bed.Reading.Notes.Any(n => n.Text.Contains("6 of the subscriptions were not confirmed", StringComparison.Ordinal)));
        // A server that confirms nothing at all is not left for it: what it was asked for is there.
        await bed.TradeAsync(157m);
        Assert.Single(bed.Massive.Statistics.Connections);
    }

    [Fact]
    public async Task A_plan_that_refuses_every_subscription_is_final()
    {
        await using Bed bed = await Bed.StartAsync(
            m => m.Faults.UntilCleared(FakeMassivePlace.SocketSubscription, new FakeMassiveFault(FakeMassiveFaultKind.NotAuthorized)), isUp: false);
        Assert.StartsWith("POLYGON_API_KEY: the plan has nothing of Trades, SecondBars", (await bed.Reading.Fails<FeedRefusedException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_aggregates_alone_gives_aggregates_and_tells_what_is_missing()
    {
        await using Bed bed = await Bed.StartAsync(options: o => o with { HasTrades = false, HasQuotes = false });
        bed.Trade(157m);
        await bed.Reading.Until(() => !bed.Reading.Ticks.IsEmpty);
        Assert.All(bed.Reading.Ticks, t => Assert.Equal(TickKind.SecondBar, t.Kind));
        Assert.Equal(["A.AXSM", "A.DJT"], Assert.Single(bed.Massive.Statistics.Connections).Subscriptions);
        Assert.Equal(["Quotes", "Trades"], bed.Reading.Notes.Where(n => n.Kind == FeedNoteKind.NotInPlan).Select(n => n.Text.Split(' ')[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_delayed_plan_marks_every_tick()
    {
        await using Bed bed = await Bed.StartAsync(options: o => o with { Delay = TimeSpan.FromMinutes(15) }, change: o => o with { Channels = MassiveChannels.Trades });
        Tick tick = await bed.TradeAsync(157m);
        Assert.Equal(TickTraits.Delayed, tick.Traits);
        Assert.InRange(DateTimeOffset.UtcNow - tick.Time, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(16));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_connection_of_the_key_ends_one_of_them_and_not_the_other(bool evictsOlder)
    {
        await using Bed bed = await Bed.StartAsync(options: o => o with { MaxConnections = 1, EvictsOlderConnection = evictsOlder }, change: o => o with { Channels = MassiveChannels.Trades });
        await using MassiveSocketFeed other = new(bed.Options, TimeProvider.System, new AlwaysOpenCalendar());
        await using FeedReading second = new(other);
        (FeedReading ended, FeedReading alive) = evictsOlder ? (bed.Reading, second) : (second, bed.Reading);
        Assert.Contains("another connection uses the key", (await ended.Fails<FeedRefusedException>()).Message, StringComparison.Ordinal);
        await alive.Until(() => bed.Massive.Statistics.Connections.Any(c => c is { IsOpen: true, IsAuthenticated: true, Subscriptions.Count: 2 }));
        bed.Trade(157m);
        await alive.Until(() => alive.Ticks.Any(t => t.Price == 157m));
        Assert.Equal(2, bed.Massive.Statistics.Requests["SocketConnect"]);
    }

    [Fact]
    public async Task Snapshots_fill_in_while_the_stream_is_away()
    {
        await using Bed bed = await Bed.StartAsync(isUp: false, fill: true, before: m => m.Faults.UntilCleared(FakeMassivePlace.SocketConnect, FakeMassiveFault.OfStatus(503)));
        bed.Trade(157m);
        await bed.Reading.Until(() => bed.Reading.Ticks.Any(t => t.Kind == TickKind.Snapshot && t.Price == 157m));
        bed.Massive.Faults.Clear();
        await bed.UpAgainAsync(1);
        bed.Trade(158m);
        await bed.Reading.Until(() => bed.Reading.Ticks.Any(t => t.Kind == TickKind.Trade && t.Price == 158m));
        await bed.Reading.Until(() => !bed.Polls!.IsBeingRead);
    }

    [Fact]
    public async Task Thirty_losses_of_every_kind_lose_no_subscription()
    {
        FakeMassiveFaultKind[] kinds = [FakeMassiveFaultKind.DropInMessage, FakeMassiveFaultKind.DropCleanly];
        int seed = Random.Shared.Next();
        Random random = new(seed);
        await using Bed bed = await Bed.StartAsync(change: o => o with { Channels = MassiveChannels.Trades, ReconnectDelay = TimeSpan.FromMilliseconds(10), MaxReconnectDelay = TimeSpan.FromMilliseconds(20) });
        for (int loss = 1; loss <= 30; loss++)
        {
            await bed.StrikeAsync(kinds[random.Next(kinds.Length)], 100m + loss);
            await bed.UpAgainAsync(loss + 1, $"seed {seed}, loss {loss}");
            Assert.Equal(TickTraits.AfterGap, (await bed.TradeAsync(200m + loss)).Traits);
        }

        Assert.Equal((30, 31), (bed.Counted.Reconnects, bed.Massive.Statistics.Connections.Count));
    }

    /// <summary>The look-alike, the real feed and what is read of it.</summary>
    private sealed class Bed : IAsyncDisposable
    {
        private readonly IAsyncDisposable _disposed;
        private readonly FakeMassiveOptions _plan;

        private Bed(FakeMassive massive, FakeMassiveOptions plan, MassiveSocketOptions options, IPriceFeed feed, MassiveRestFeed? polls)
        {
            Polls = polls;
            _plan = plan;
            Massive = massive;
            Options = options;
            Feed = feed;
            _disposed = (IAsyncDisposable)feed;
            Reading = new FeedReading(feed);
        }

        public FakeMassive Massive { get; }

        public MassiveSocketOptions Options { get; }

        public IPriceFeed Feed { get; }

        /// <summary>What fills in while the stream is away; null where nothing does.</summary>
        public MassiveRestFeed? Polls { get; }

        public FeedStatistics Counted => Feed.Statistics!;

        public FeedReading Reading { get; }

        public static async Task<Bed> StartAsync(
            Action<FakeMassive>? before = null,
            Func<MassiveSocketOptions, MassiveSocketOptions>? change = null,
            Func<FakeMassiveOptions, FakeMassiveOptions>? options = null,
            bool isUp = true,
            bool fill = false)
        {
            FakeMassiveOptions settings = new() { ApiKey = Key };
            settings = options?.Invoke(settings) ?? settings;
            FakeMassive massive = await FakeMassive.StartAsync(settings);
            before?.Invoke(massive);
            MassiveSocketOptions client = new()
            {
                ApiKey = Key,
                Url = massive.SocketAddress,
                Symbols = Symbols,
                ReconnectDelay = TimeSpan.FromMilliseconds(20),
                MaxReconnectDelay = TimeSpan.FromMilliseconds(200),
            };
            client = change?.Invoke(client) ?? client;
            MassiveSocketFeed stream = new(client, TimeProvider.System, new AlwaysOpenCalendar());
            MassiveRestOptions snapshots = new() { ApiKey = Key, BaseUrl = massive.RestAddress, Symbols = Symbols, Interval = TimeSpan.FromSeconds(1) };
            MassiveRestFeed? polls = fill ? new(snapshots, TimeProvider.System, new AlwaysOpenCalendar()) : null;
            IPriceFeed feed = polls is not null ? new MassiveFeed(stream, polls, TimeProvider.System) : stream;
            Bed bed = new(massive, settings, client, feed, polls);
            if (isUp)
                await bed.UpAgainAsync(1);
            return bed;
        }

        public void Fault(FakeMassiveFaultKind kind) => Massive.Faults.Next(Message, new FakeMassiveFault(kind));

        /// <summary>A trade whose message meets the fault; it is on its way when this returns, so that no other trade shares its message.</summary>
        public async Task StrikeAsync(FakeMassiveFaultKind kind, decimal price)
        {
            Fault(kind);
            Trade(price);
            await Reading.Until(() => Massive.Faults.Pending == 0);
        }

        public void Trade(decimal price, long size = 100) => Massive.Publish(new FakeTrade("AXSM", price, size));

        /// <summary>A trade and the tick that comes of it; the price tells which it is.</summary>
        public async Task<Tick> TradeAsync(decimal price, long size = 100)
        {
            Trade(price, size);
            await Reading.Until(() => Reading.Ticks.Any(t => t.Kind == TickKind.Trade && t.Price == price));
            return Reading.Ticks.First(t => t.Kind == TickKind.Trade && t.Price == price);
        }

        /// <summary>Waits until the client has been up so often, and until all that it wants and the plan has is subscribed to.</summary>
        public async Task UpAgainAsync(int times, string what = "")
        {
            string[] wanted = [.. from prefix in Prefixes() from symbol in Symbols select $"{prefix}.{symbol}"];
            Stopwatch waited = Stopwatch.StartNew();
            await Reading.Until(() =>
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(25), $"{what}: {string.Join(' ', Massive.Statistics.Connections)}");
                return Reading.Notes.Count(n => n.Kind == FeedNoteKind.Connected && !n.Text.Contains("snapshot", StringComparison.Ordinal)) >= times
                    && Massive.Statistics.Connections.Any(c => c.IsOpen && wanted.All(c.Subscriptions.Contains));
            });
        }

        public async ValueTask DisposeAsync()
        {
            await Reading.DisposeAsync();
            await _disposed.DisposeAsync();
            await Massive.DisposeAsync();
        }

        private IEnumerable<string> Prefixes()
        {
            if (Options.Channels.HasFlag(MassiveChannels.Trades) && _plan.HasTrades)
                yield return "T";
            if (Options.Channels.HasFlag(MassiveChannels.SecondBars))
                yield return "A";
            if (Options.Channels.HasFlag(MassiveChannels.Quotes) && _plan.HasQuotes)
                yield return "Q";
        }
    }
}
