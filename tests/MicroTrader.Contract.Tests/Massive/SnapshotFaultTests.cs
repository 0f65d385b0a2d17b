using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;
using MicroTrader.MarketData.Tests.Massive;
using MicroTrader.Simulators.Massive;

namespace MicroTrader.Contract.Tests.Massive;

/// <summary>The real client of the snapshot against the look-alike, through every fault that the look-alike has. Both have one virtual clock.</summary>
public class SnapshotFaultTests
{
    private const string Key = "snapshot-fault-key";

    [Fact]
    public async Task Without_a_fault_ticks_carry_price_growth_stamp_and_the_quote()
    {
        await using Bed bed = await Bed.StartAsync();
        Assert.Equal((157m, null, 156.9m, 157.1m, Bed.Start), bed.Last is var t ? (t.Price, t.Volume, t.Bid, t.Ask, t.Time) : default);
        Tick tick = await bed.PollAsync(158m, 30);
        Assert.Equal((TickKind.Snapshot, 158m, 30m, PriceBasis.Trade, TickTraits.None), (tick.Kind, tick.Price, tick.Volume, tick.Basis, tick.Traits));
    }

    [Theory]
    [InlineData(401, "does not accept the key (401)")]
    [InlineData(403, "has no snapshot of stocks")]
    public async Task A_refused_key_is_final_and_not_asked_with_again(int status, string said)
    {
        await using Bed bed = await Bed.StartAsync();
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, FakeMassiveFault.OfStatus(status));
        await bed.RequestAsync();
        FeedRefusedException refused = await bed.Reading.Fails<FeedRefusedException>();
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, bed.Requests);
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(429, true)]
    [InlineData(503, false)]
    public async Task A_wait_that_is_asked_for_is_kept_and_said_once(int status, bool asDate)
    {
        await using Bed bed = await Bed.StartAsync();
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, FakeMassiveFault.OfStatus(status, TimeSpan.FromSeconds(100), asDate), 2);
        await bed.RequestAsync();
        DateTimeOffset limited = bed.Clock.GetUtcNow();
        await bed.Reading.Until(() => bed.Reading.Notes.Any(n => n.Kind == FeedNoteKind.RateLimited));
        await bed.RequestAsync();
        Assert.True(bed.Clock.GetUtcNow() - limited >= TimeSpan.FromSeconds(99), $"asked again after {bed.Clock.GetUtcNow() - limited}");
        Tick tick = await bed.PollAsync(158m);
        Assert.Equal(TickTraits.AfterGap, tick.Traits);
        Assert.Single(bed.Reading.Notes, n => n.Kind == FeedNoteKind.RateLimited && n.IsWarning);
        Assert.Equal(2, bed.Feed.Statistics.Failures);
    }

    [Theory]
    [InlineData(FakeMassiveFaultKind.LostAnswer, 0)]
    [InlineData(FakeMassiveFaultKind.CutBody, 0)]
    [InlineData(FakeMassiveFaultKind.Status, 500)]
    [InlineData(FakeMassiveFaultKind.Status, 502)]
    [InlineData(FakeMassiveFaultKind.Status, 503)]
    [InlineData(FakeMassiveFaultKind.Status, 504)]
    public async Task What_passes_is_tried_again_within_the_poll(FakeMassiveFaultKind kind, int status)
    {
        await using Bed bed = await Bed.StartAsync(o => o with { Retries = 2 });
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(kind) { Status = status }, 2);
        Tick tick = await bed.PollAsync(158m, 30);
        Assert.Equal((30m, TickTraits.None), (tick.Volume, tick.Traits));
        Assert.Equal((4, 0), (bed.Requests, bed.Feed.Statistics.Failures));
    }

    [Fact]
    public async Task An_answer_that_is_too_late_is_given_up_and_asked_for_again()
    {
        await using Bed bed = await Bed.StartAsync(o => o with { Retries = 1, Timeout = TimeSpan.FromSeconds(20) });
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, FakeMassiveFault.Late(TimeSpan.FromMinutes(10)));
        Assert.Equal(TickTraits.None, (await bed.PollAsync(158m)).Traits);
        Assert.Equal(3, bed.Requests);
    }

    [Fact]
    public async Task An_outage_is_said_once_and_its_end_once_and_the_next_tick_is_after_a_gap()
    {
        await using Bed bed = await Bed.StartAsync();
        bed.Massive.Faults.UntilCleared(FakeMassivePlace.Snapshot, FakeMassiveFault.OfStatus(500));
        for (int i = 0; i < 5; i++)
            await bed.RequestAsync();
        await bed.Reading.Until(() => bed.Feed.Statistics.Failures == 5);
        bed.Massive.Faults.Clear();
        Assert.Equal(TickTraits.AfterGap, (await bed.PollAsync(158m)).Traits);
        Assert.Equal(TickTraits.None, (await bed.PollAsync(159m)).Traits);
        Assert.Single(bed.Reading.Notes, n => n.Kind == FeedNoteKind.Disconnected && n.IsWarning);
        Assert.Equal(2, bed.Reading.Notes.Count(n => n.Kind == FeedNoteKind.Connected));
    }

    [Theory]
    [InlineData(FakeMassiveFaultKind.Malformed, TickTraits.AfterGap)]
    [InlineData(FakeMassiveFaultKind.ZeroPrice, TickTraits.None)]
    [InlineData(FakeMassiveFaultKind.NegativePrice, TickTraits.None)]
    [InlineData(FakeMassiveFaultKind.NullPrice, TickTraits.None)]
    public async Task What_makes_no_sense_is_counted_and_gives_no_tick(FakeMassiveFaultKind kind, TickTraits next)
    {
        await using Bed bed = await Bed.StartAsync();
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(kind));
        bed.Trade(158m);
        await bed.RequestAsync();
        await bed.Reading.Until(() => bed.Feed.Statistics.Malformed == 1);
        Tick tick = await bed.PollAsync(159m);
        Assert.Equal((159m, next), (tick.Price, tick.Traits));
        Assert.Equal([157m, 159m], bed.Reading.Ticks.Select(t => t.Price));
    }

    [Theory]
    [InlineData(FakeMassiveFaultKind.EmptyTickers)]
    [InlineData(FakeMassiveFaultKind.MissingSymbol)]
    public async Task A_symbol_that_is_missing_is_named_once_and_its_return_once(FakeMassiveFaultKind kind)
    {
        await using Bed bed = await Bed.StartAsync();
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(kind) { Symbol = kind == FakeMassiveFaultKind.MissingSymbol ? "AXSM" : null }, 2);
        bed.Trade(158m);
        await bed.RequestAsync();
        await bed.RequestAsync();
        Assert.Equal(TickTraits.AfterGap, (await bed.PollAsync(159m)).Traits);
        Assert.Equal([true, false], bed.Reading.Notes.Where(n => n.Kind == FeedNoteKind.Missing).Select(n => n.IsWarning));
        Assert.DoesNotContain(bed.Reading.Ticks, t => t.Price == 158m);
    }

    [Theory]
    [InlineData(FakeMassiveFaultKind.StaleStamp)]
    [InlineData(FakeMassiveFaultKind.OutOfOrder)]
    public async Task An_older_price_than_the_last_is_left_out(FakeMassiveFaultKind kind)
    {
        await using Bed bed = await Bed.StartAsync();
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(kind));
        await bed.RequestAsync();
        await bed.Reading.Until(() => bed.Feed.Statistics.OutOfOrder == 1);
        Assert.Equal(158m, (await bed.PollAsync(158m)).Price);
        Assert.Equal([157m, 158m], bed.Reading.Ticks.Select(t => t.Price));
    }

    [Fact]
    public async Task A_jump_comes_as_it_is_for_it_is_not_the_feeds_to_judge()
    {
        await using Bed bed = await Bed.StartAsync();
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(FakeMassiveFaultKind.PriceJump));
        bed.Trade(158m);
        await bed.RequestAsync();
        await bed.Reading.Until(() => bed.Reading.Ticks.Any(t => t.Price == 158_000m));
        await bed.PollAsync(159m);
    }

    [Theory]
    [InlineData(FakeMassiveFaultKind.VolumeCorrection)]
    [InlineData(FakeMassiveFaultKind.DayReset)]
    public async Task A_fall_of_the_days_volume_is_no_volume(FakeMassiveFaultKind kind)
    {
        await using Bed bed = await Bed.StartAsync();
        await bed.PollAsync(158m, 1000);
        bed.Massive.Faults.Next(FakeMassivePlace.Snapshot, new FakeMassiveFault(kind));
        Assert.Null((await bed.PollAsync(159m, 30)).Volume);
    }

    [Fact]
    public async Task Nothing_new_is_no_tick()
    {
        await using Bed bed = await Bed.StartAsync();
        await bed.RequestAsync();
        await bed.Reading.Until(() => bed.Feed.Statistics.Duplicates == 1);
        await bed.PollAsync(158m);
        Assert.Equal(2, bed.Reading.Ticks.Count);
    }

    [Fact]
    public async Task The_night_clears_the_day_and_the_next_days_volume_is_its_own()
    {
        await using Bed bed = await Bed.StartAsync();
        await bed.PollAsync(158m, 1000);
        bed.Massive.BeginDay();
        await bed.RequestAsync();
        await bed.Reading.Until(() => bed.Reading.Notes.Any(n => n.Kind == FeedNoteKind.Missing));
        Tick first = await bed.PollAsync(159m, 10);
        Assert.Equal((null, TickTraits.AfterGap), (first.Volume, first.Traits));
        Assert.Equal(20m, (await bed.PollAsync(160m, 20)).Volume);
    }

    [Fact]
    public async Task A_plan_without_trades_gives_the_minutes_close_and_a_delayed_one_says_so()
    {
        await using Bed bed = await Bed.StartAsync(plan: o => o with { HasTrades = false, HasQuotes = false, Delay = TimeSpan.FromMinutes(15) });
        Tick tick = await bed.PollAsync(158m);
        Assert.Equal((158m, PriceBasis.Bar, null, TickTraits.Delayed), (tick.Price, tick.Basis, tick.Bid, tick.Traits & TickTraits.Delayed));
        await bed.PollAsync(159m);
        await bed.PollAsync(160m);
        Assert.Single(bed.Reading.Notes, n => n.Kind == FeedNoteKind.Delayed && n.IsWarning);
    }

    [Fact]
    public async Task The_markets_status_and_its_holidays_are_read_and_their_faults_are_told()
    {
        await using Bed bed = await Bed.StartAsync(plan: o => o with { Holidays = [new FakeHoliday(new DateOnly(2026, 11, 26), "Thanksgiving"), new FakeHoliday(new DateOnly(2026, 11, 27), "Thanksgiving", new TimeOnly(13, 0))] });
        using MassiveMarket market = new(bed.Options, TimeProvider.System);
        bed.Massive.MarketState = FakeMarketState.AfterHours;
        MassiveMarketStatus status = await market.NowAsync(CancellationToken.None);
        Assert.Equal("extended-hours", status.Market);
        IReadOnlyList<MassiveHoliday> holidays = await market.UpcomingAsync(CancellationToken.None);
        ITradingCalendar corrected = MassiveMarket.Correct(new NyseCalendar(), holidays);
        Assert.Equal(SessionKind.Closed, corrected.At(new DateTimeOffset(2026, 11, 26, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(SessionKind.Regular, corrected.At(new DateTimeOffset(2026, 11, 27, 17, 59, 0, TimeSpan.Zero)));
        Assert.NotEqual(SessionKind.Regular, corrected.At(new DateTimeOffset(2026, 11, 27, 18, 0, 0, TimeSpan.Zero)));
        foreach (FakeMassiveFault fault in new[] { FakeMassiveFault.OfStatus(403), new FakeMassiveFault(FakeMassiveFaultKind.Malformed), new FakeMassiveFault(FakeMassiveFaultKind.CutBody), FakeMassiveFault.OfStatus(429, TimeSpan.FromSeconds(3)) })
        {
            bed.Massive.Faults.Next(FakeMassivePlace.MarketStatus, fault);
            bed.Massive.Faults.Next(FakeMassivePlace.UpcomingHolidays, fault);
            Assert.DoesNotContain(Key, (await Assert.ThrowsAsync<MassiveException>(() => market.NowAsync(CancellationToken.None))).ToString(), StringComparison.Ordinal);
            await Assert.ThrowsAsync<MassiveException>(() => market.UpcomingAsync(CancellationToken.None));
        }

        Assert.Equal("extended-hours", (await market.NowAsync(CancellationToken.None)).Market);
    }

    /// <summary>The look-alike, the real feed and what is read of it; one poll is through.</summary>
    private sealed class Bed : IAsyncDisposable
    {
        // A Monday, 10:00 in New York.
        public static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

        private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

        private Bed(FakeTimeProvider clock, FakeMassive massive, MassiveRestOptions options)
        {
            Clock = clock;
            Massive = massive;
            Options = options;
            Feed = new MassiveRestFeed(options, clock, new AlwaysOpenCalendar());
            Reading = new FeedReading(Feed);
        }

        public FakeTimeProvider Clock { get; }

        public FakeMassive Massive { get; }

        public MassiveRestOptions Options { get; }

        public MassiveRestFeed Feed { get; }

        public FeedReading Reading { get; }

        public long Requests => Massive.Statistics.Requests["Snapshot"];

        public Tick Last => Reading.Ticks.Last();

        public static async Task<Bed> StartAsync(Func<MassiveRestOptions, MassiveRestOptions>? change = null, Func<FakeMassiveOptions, FakeMassiveOptions>? plan = null)
        {
            FakeTimeProvider clock = new(Start);
            FakeMassiveOptions settings = new() { ApiKey = Key, TimeProvider = clock };
            FakeMassive massive = await FakeMassive.StartAsync(plan?.Invoke(settings) ?? settings);
            massive.Publish(new FakeQuote("AXSM", 156.9m, 2, 157.1m, 3));
            massive.Publish(new FakeTrade("AXSM", 157m, 100));
            // The clock is moved while requests are on their way: only a test of its own means the time-out.
            MassiveRestOptions options = new() { ApiKey = Key, BaseUrl = massive.RestAddress, Symbols = [Symbol.Parse("AXSM")], Retries = 0, Timeout = TimeSpan.FromMinutes(5) };
            Bed bed = new(clock, massive, change?.Invoke(options) ?? options);
            await bed.Reading.Until(() => bed.Reading.Ticks.Count == 1);
            return bed;
        }

        public void Trade(decimal price, long size = 100) => Massive.Publish(new FakeTrade("AXSM", price, size));

        /// <summary>Lets time pass until the next request has arrived and the feed has seen its answer.</summary>
        public async Task RequestAsync()
        {
            long before = Requests;
            long messages = Feed.Statistics.Messages;
            await PassUntil(() => Requests > before);
            // A refusal ends the feed; whatever else comes of it is counted.
            await Reading.Until(() => Feed.Statistics.Messages > messages);
        }

        /// <summary>A trade and the tick of the poll that shows it.</summary>
        public async Task<Tick> PollAsync(decimal price, long size = 100)
        {
            Clock.Advance(Step);
            Trade(price, size);
            await PassUntil(() => Reading.Ticks.Any(t => t.Price == price));
            return Reading.Ticks.First(t => t.Price == price);
        }

        public async ValueTask DisposeAsync()
        {
            await Reading.DisposeAsync();
            await Feed.DisposeAsync();
            await Massive.DisposeAsync();
        }

        private async Task PassUntil(Func<bool> condition)
        {
            Stopwatch waited = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), $"not within 30 s; {Requests} requests, notes:\n{string.Join('\n', Reading.Notes.Select(n => n.Text))}");
                Clock.Advance(Step);
                await Task.Delay(TimeSpan.FromMilliseconds(4));
            }
        }
    }
}
