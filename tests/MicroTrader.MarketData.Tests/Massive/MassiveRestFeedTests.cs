using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests.Massive;

public sealed class MassiveRestFeedTests
{
    private const string Key = "pk_SECRET0123456789";

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(4);
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly Symbol Djt = Symbol.Parse("DJT");

    private readonly ConcurrentQueue<string> _asked = [];
    private int _polls;

    [Fact]
    public async Task One_request_asks_for_all_symbols_and_carries_the_key_as_a_header_alone()
    {
        await using var server = await Server((n, context) => Answer(context, n));
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count >= 4);
        Assert.All(_asked, a => Assert.Equal($"/v2/snapshot/locale/us/markets/stocks/tickers?tickers=AXSM,DJT Bearer {Key}", a));
        Assert.Equal([(Axsm, (decimal?)null), (Djt, null), (Axsm, 100m), (Djt, 100m)], reading.Ticks.Take(4).Select(t => (t.Symbol, t.Volume)));
        Assert.Single(reading.Notes, n => n is { Kind: FeedNoteKind.Connected, IsWarning: false });
    }

    [Fact]
    public async Task Another_path_and_a_base_with_a_path_are_asked_for()
    {
        await using var server = await Server((n, context) => Answer(context, n));
        await using var feed = Feed(server, o => o with { BaseUrl = new Uri(server.Http, "/proxy/"), SnapshotPath = "/my/snapshot" });
        await using var reading = new FeedReading(feed);
        await reading.Until(() => !reading.Ticks.IsEmpty);
        Assert.StartsWith("/proxy/my/snapshot?tickers=AXSM,DJT ", _asked.First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "POLYGON_API_KEY: 127.0.0.1 does not accept the key (401)")]
    [InlineData(403, "POLYGON_API_KEY: the plan of this key has no snapshot of stocks on 127.0.0.1 (403)")]
    public async Task A_refusal_is_final_and_names_the_setting_but_not_the_key(int status, string expected)
    {
        await using var server = await Server((_, context) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync($"unknown API key {Key}");
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        var refused = await reading.Fails<FeedRefusedException>();
        Assert.StartsWith(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, _polls);
    }

    [Fact]
    public async Task An_answer_that_is_not_authorized_is_a_refusal_too()
    {
        await using var server = await Server((_, context) => context.Response.WriteAsync("""{"status":"NOT_AUTHORIZED","message":"You are not entitled to this data."}"""));
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Fails<FeedRefusedException>();
    }

    [Fact]
    public async Task What_is_transient_is_tried_again_within_a_poll()
    {
        await using var server = await Server((n, context) =>
        {
            switch (n)
            {
                case 1:
                    context.Response.StatusCode = 500;
                    return Task.CompletedTask;
                case 2:
                    context.Abort();
                    return Task.CompletedTask;
                default:
                    return Answer(context, n);
            }
        });
        await using var feed = Feed(server, o => o with { Interval = TimeSpan.FromHours(1), Retries = 2, RetryDelay = TimeSpan.FromMilliseconds(10) });
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 2);
        Assert.Equal((3, 0), (_polls, feed.Statistics.Failures));
    }

    [Fact]
    public async Task An_outage_is_said_once_and_its_end_once_and_the_next_tick_is_after_a_gap()
    {
        await using var server = await Server((n, context) =>
        {
            switch (n)
            {
                case 2:
                    return context.Response.WriteAsync("""{"status":"OK","tickers":[{"ticker":"AXSM","lastTr""");
                case 3:
                    // A body that is cut: it says more than it has.
                    context.Response.ContentLength = 1000;
                    return context.Response.WriteAsync("{\"status\":\"OK\"").ContinueWith(_ => context.Abort(), TaskScheduler.Default);
                case 4 or 5:
                    context.Response.StatusCode = 502;
                    return Task.CompletedTask;
                default:
                    return Answer(context, n);
            }
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 4);
        Assert.Equal([FeedNoteKind.Connected, FeedNoteKind.Disconnected, FeedNoteKind.Connected], reading.Notes.Select(n => n.Kind));
        Assert.Contains("3 polls in a row failed, the last one: it answers 502", reading.Notes.ElementAt(1).Text, StringComparison.Ordinal);
        Assert.Equal((4, 1), (feed.Statistics.Failures, feed.Statistics.Malformed));
        Assert.Equal([(500m, TickTraits.AfterGap), (500m, TickTraits.AfterGap)], reading.Ticks.Skip(2).Select(t => (t.Volume!.Value, t.Traits)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wait_that_is_asked_for_is_kept(bool asDate)
    {
        var times = new ConcurrentQueue<long>();
        await using var server = await Server((n, context) =>
        {
            times.Enqueue(TimeProvider.System.GetTimestamp());
            if (n != 1)
                return Answer(context, n);
            context.Response.StatusCode = 429;
            // A date has whole seconds only: 4 s from now is at least 3.
            context.Response.Headers.RetryAfter = asDate ? TimeProvider.System.GetUtcNow().AddSeconds(4).ToString("R", CultureInfo.InvariantCulture) : "3";
            return Task.CompletedTask;
        });
        await using var feed = Feed(server);
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count >= 2);
        Assert.True(TimeProvider.System.GetElapsedTime(times.First(), times.ElementAt(1)) >= TimeSpan.FromSeconds(2.95));
        Assert.Single(reading.Notes, n => n.Kind == FeedNoteKind.RateLimited);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_the_key_goes_nowhere_else()
    {
        await using var other = await LoopbackServer.StartAsync(_ => throw new InvalidOperationException("the key went to another host"));
        var there = 0;
        await using var server = await Server((_, context) =>
        {
            Interlocked.Increment(ref there);
            context.Response.Redirect(new Uri(other.Http, "/elsewhere").ToString());
            return Task.CompletedTask;
        });
        await using var feed = Feed(server, o => o with { FailuresBeforeNote = 1 });
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Notes.Any(n => n.Text.Contains("302, a redirect, which is not followed", StringComparison.Ordinal)));
        Assert.Equal(1, there);
    }

    [Fact]
    public async Task A_body_without_end_is_not_read_to_its_end()
    {
        await using var server = await Server(async (_, context) =>
        {
            var much = Encoding.UTF8.GetBytes(new string(' ', 10_000));
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(much);
        });
        await using var feed = Feed(server, o => o with { FailuresBeforeNote = 1, MaxBodyBytes = 100_000 });
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Notes.Any(n => n.Text.Contains("longer than 100000 bytes", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_and_asked_again()
    {
        await using var server = await Server(async (n, context) =>
        {
            if (n == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            await Answer(context, n);
        });
        await using var feed = Feed(server, o => o with { Timeout = TimeSpan.FromMilliseconds(500), FailuresBeforeNote = 1 });
        await using var reading = new FeedReading(feed);
        await reading.Until(() => reading.Ticks.Count == 2);
        Assert.Contains(reading.Notes, n => n.Text.Contains("no answer within 00:00:00.5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Polls_keep_their_cadence_and_are_never_two_at_a_time()
    {
        var start = new DateTimeOffset(2025, 3, 3, 15, 0, 0, TimeSpan.Zero);
        var clock = new VirtualTimeProvider(start);
        var inFlight = 0;
        var most = 0;
        var times = new ConcurrentQueue<TimeSpan>();
        await using var server = await Server(async (n, context) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inFlight));
            times.Enqueue(clock.GetUtcNow() - start);
            // The second takes longer than an interval.
            clock.AdvanceTo(clock.GetUtcNow().AddMilliseconds(n == 2 ? 1_400 : 300));
            await Answer(context, n, clock);
            Interlocked.Decrement(ref inFlight);
        });
        await using var feed = new MassiveRestFeed(Options(server) with { Timeout = RequestTimeout }, clock, new AlwaysOpenCalendar());
        await using var reading = new FeedReading(feed);
        await Drive(clock, reading, () => reading.Ticks.Count == 8);
        Assert.Equal(1, most);
        // The place that passed meanwhile is left out, and what the answers take shifts nothing.
        Assert.Equal([0, 1, 3, 4], times.Select(t => t.TotalSeconds));
        Assert.Equal([TickTraits.None, TickTraits.None, TickTraits.AfterGap, TickTraits.None], reading.Ticks.Where(t => t.Symbol == Axsm).Select(t => t.Traits));
    }

    [Fact]
    public async Task A_closed_market_is_not_polled_but_for_once_and_its_opening_is()
    {
        // Sunday, 2 March 2025, noon in New York; the session opens on Monday at 09:30, 14:30 UTC.
        var clock = new VirtualTimeProvider(new DateTimeOffset(2025, 3, 2, 17, 0, 0, TimeSpan.Zero));
        var status = "closed";
        var pollsAt = new ConcurrentQueue<DateTimeOffset>();
        var statusAsked = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            switch (context.Request.Path.Value)
            {
                case "/v1/marketstatus/now":
                    Interlocked.Increment(ref statusAsked);
                    return context.Response.WriteAsync($"{{\"market\":\"{status}\",\"serverTime\":\"2025-03-02T12:00:00-05:00\"}}");
                case "/v1/marketstatus/upcoming":
                    return context.Response.WriteAsync("[]");
                default:
                    pollsAt.Enqueue(clock.GetUtcNow());
                    return Answer(context, Interlocked.Increment(ref _polls), clock);
            }
        });
        await using var feed = new MassiveRestFeed(Options(server) with { Interval = TimeSpan.FromSeconds(30), Timeout = RequestTimeout, ClosedRecheck = LongestWait }, clock, new NyseCalendar());
        await using var reading = new FeedReading(feed);
        await Drive(clock, reading, () => clock.GetUtcNow() >= new DateTimeOffset(2025, 3, 3, 14, 32, 0, TimeSpan.Zero));
        Assert.Equal(new DateTimeOffset(2025, 3, 2, 17, 0, 0, TimeSpan.Zero), pollsAt.First());
        Assert.InRange(pollsAt.ElementAt(1), new DateTimeOffset(2025, 3, 3, 14, 29, 0, TimeSpan.Zero), new DateTimeOffset(2025, 3, 3, 14, 30, 0, TimeSpan.Zero));
        Assert.True(pollsAt.Count >= 4);
        Assert.InRange(statusAsked, 300, 340);
        Assert.Equal(
            ["the market is closed: no polls until Mon 2025-03-03 09:30 New York time", "the market opens: polls go on"],
            reading.Notes.Where(n => n.Kind == FeedNoteKind.Market).Select(n => n.Text));
    }

    [Fact]
    public async Task A_calendar_that_errs_does_not_make_it_sleep_through_an_open_market()
    {
        // Christmas Day by the calendar, but the source says open.
        var clock = new VirtualTimeProvider(new DateTimeOffset(2025, 12, 25, 14, 0, 0, TimeSpan.Zero));
        var pollsAt = new ConcurrentQueue<DateTimeOffset>();
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            switch (context.Request.Path.Value)
            {
                case "/v1/marketstatus/now":
                    var isOpen = clock.GetUtcNow() >= new DateTimeOffset(2025, 12, 25, 14, 30, 0, TimeSpan.Zero);
                    return context.Response.WriteAsync($"{{\"market\":\"{(isOpen ? "open" : "closed")}\"}}");
                case "/v1/marketstatus/upcoming":
                    context.Response.StatusCode = 404;
                    return Task.CompletedTask;
                default:
                    pollsAt.Enqueue(clock.GetUtcNow());
                    return Answer(context, Interlocked.Increment(ref _polls), clock);
            }
        });
        await using var feed = new MassiveRestFeed(Options(server) with { Interval = TimeSpan.FromSeconds(30), Timeout = RequestTimeout, ClosedRecheck = LongestWait }, clock, new NyseCalendar());
        await using var reading = new FeedReading(feed);
        await Drive(clock, reading, () => clock.GetUtcNow() >= new DateTimeOffset(2025, 12, 25, 16, 0, 0, TimeSpan.Zero));
        Assert.InRange(pollsAt.ElementAt(1), new DateTimeOffset(2025, 12, 25, 14, 30, 0, TimeSpan.Zero), new DateTimeOffset(2025, 12, 25, 14, 35, 0, TimeSpan.Zero));
        Assert.True(pollsAt.Count > 150, $"{pollsAt.Count} polls");
        Assert.Single(reading.Notes, n => n.Text.Contains("the source says open: polls go on", StringComparison.Ordinal));
        Assert.Single(reading.Notes, n => n.Text.Contains("/v1/marketstatus/upcoming: it answers 404", StringComparison.Ordinal));
    }

    [Fact]
    public void Impossible_options_are_refused_by_name()
    {
        var good = new MassiveRestOptions { ApiKey = Key, Symbols = [Axsm] };
        Assert.Empty(good.Problems());
        Refused("ApiKey: is empty", good with { ApiKey = "" });
        Refused("Symbols: 0 are given", good with { Symbols = [] });
        Refused("BaseUrl: http://api.massive.com/ is not encrypted", good with { BaseUrl = new Uri("http://api.massive.com") });
        Refused("BaseUrl: is not allowed", good with { BaseUrl = new Uri($"https://user:{Key}@api.massive.com") });
        Refused("SnapshotPath: '/v2/x?apiKey=1' is not allowed", good with { SnapshotPath = "/v2/x?apiKey=1" });
        Refused("Interval: 00:00:00.5000000 is not allowed; 00:00:01 to 01:00:00", good with { Interval = TimeSpan.FromSeconds(0.5) });
        Refused("Retries: 11 is not allowed; 0 to 10", good with { Retries = 11 });
        Assert.Empty((good with { BaseUrl = new Uri("http://feed.internal"), AllowUnencrypted = true }).Problems());
        Assert.DoesNotContain(Key, good.ToString(), StringComparison.Ordinal);

        static void Refused(string reason, MassiveRestOptions options)
        {
            Assert.StartsWith(reason, Assert.Single(options.Problems()), StringComparison.Ordinal);
            Assert.DoesNotContain(Key, string.Concat(options.Problems()), StringComparison.Ordinal);
        }
    }

    private static MassiveRestOptions Options(LoopbackServer server) => new()
    {
        ApiKey = Key,
        BaseUrl = server.Http,
        Symbols = [Axsm, Djt],
        Interval = TimeSpan.FromSeconds(1),
        Retries = 0,
    };

    private static MassiveRestFeed Feed(LoopbackServer server, Func<MassiveRestOptions, MassiveRestOptions>? change = null) =>
        new(change is null ? Options(server) : change(Options(server)), TimeProvider.System, new AlwaysOpenCalendar());

    // Both symbols with a fresh trade and a day's volume that grows by 100 a poll.
    private static Task Answer(HttpContext context, int n, TimeProvider? clock = null)
    {
        var nanos = (clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        var rows = string.Join(',', new[] { "AXSM", "DJT" }.Select(s => $"{{\"ticker\":\"{s}\",\"day\":{{\"v\":{n * 100}}},\"lastTrade\":{{\"p\":{n},\"t\":{nanos}}}}}"));
        return context.Response.WriteAsync($"{{\"status\":\"OK\",\"count\":2,\"tickers\":[{rows}]}}");
    }

    private Task<LoopbackServer> Server(Func<int, HttpContext, Task> answer) => LoopbackServer.StartAsync(context =>
    {
        _asked.Enqueue($"{context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization}");
        return answer(Interlocked.Increment(ref _polls), context);
    });

    // Moves the clock from timer to timer. A request under way has a timer too, of its time-out, which is further away than any wait: it is given real time to
    // be answered.
    private static async Task Drive(VirtualTimeProvider clock, FeedReading reading, Func<bool> isDone)
    {
        while (!isDone())
        {
            await reading.Until(() => isDone() || (clock.NextTimerDue is { } due && due - clock.GetUtcNow() <= LongestWait));
            if (isDone())
                return;
            clock.FireNext(DateTimeOffset.MaxValue);
        }
    }
}
