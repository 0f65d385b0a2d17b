using System.Globalization;
using System.Net;

namespace MicroTrader.Simulators.Tests.Paper;

public class RateLimitTests
{
    public static TheoryData<string, int, int> Limits => new()
    {
        { "equity/account/summary", 1, 5 },
        { "equity/positions", 1, 1 },
        { "equity/orders", 1, 5 },
        { "equity/orders/1", 1, 1 },
        { "equity/history/orders", 6, 60 },
        { "equity/history/dividends", 6, 60 },
        { "equity/history/transactions", 6, 60 },
        { "equity/metadata/instruments", 1, 50 },
        { "equity/metadata/exchanges", 1, 30 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task The_whole_quota_may_be_used_at_once_and_comes_back_when_the_period_is_over(string path, int limit, int periodSeconds)
    {
        await using var bed = await PaperTestBed.Create(o => o with { EnforceRateLimits = true });
        var reset = PaperTestBed.Start.AddSeconds(periodSeconds).ToUnixTimeSeconds();
        for (var used = 1; used <= limit; used++)
        {
            using var response = await bed.Http.GetAsync(path);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, response.StatusCode);
            Assert.Equal([limit, periodSeconds, limit - used, reset, used], Headers(response));
        }

        bed.Clock.Advance(TimeSpan.FromSeconds(periodSeconds) - TimeSpan.FromMilliseconds(1));
        using var refused = await bed.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal([limit, periodSeconds, 0, reset, limit], Headers(refused));

        bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var again = await bed.Http.GetAsync(path);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, again.StatusCode);
    }

    [Fact]
    public async Task A_broker_that_is_shortened_allows_as_many_in_as_much_less_time()
    {
        await using var bed = await PaperTestBed.Create(o => o with { TimeScale = 0.1, EnforceRateLimits = true });
        Assert.Equal(200, await AskAsync());
        Assert.Equal(429, await AskAsync());
        bed.Clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(200, await AskAsync());

        async Task<int> AskAsync()
        {
            using var response = await bed.Http.GetAsync("equity/positions");
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task An_order_past_the_limit_is_not_executed_and_refused_orders_use_the_limit_up()
    {
        await using var bed = await PaperTestBed.Create(o => o with { EnforceRateLimits = true });
        bed.Broker.PutPrice(PaperTestBed.Ticker, 10m);
        for (var i = 0; i < 25; i++)
        {
            await bed.Place(1m);
            await bed.Refused(-1000m);
        }

        using var response = await bed.Post(PaperTestBed.Ticker, 1m);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal([50, 60, 0, PaperTestBed.Start.AddSeconds(60).ToUnixTimeSeconds(), 50], Headers(response));
        Assert.Equal(25, bed.Broker.ReadLedger().Orders.Count);
        Assert.Equal(51, bed.Broker.PostsReceived);

        using var cancel = await bed.Http.DeleteAsync("equity/orders/54250294524");
        Assert.Equal(HttpStatusCode.OK, cancel.StatusCode);
        Assert.Equal(49, Headers(cancel)[2]);
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("stop")]
    [InlineData("stop_limit")]
    public async Task Other_orders_than_market_orders_may_come_once_in_two_seconds(string kind)
    {
        await using var bed = await PaperTestBed.Create(o => o with { EnforceRateLimits = true });
        using var first = await bed.PostTo(kind, "{}");
        bed.Clock.Advance(TimeSpan.FromMilliseconds(1_999));
        using var second = await bed.PostTo(kind, "{}");
        bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var third = await bed.PostTo(kind, "{}");
        Assert.Equal([400, 429, 400], [(int)first.StatusCode, (int)second.StatusCode, (int)third.StatusCode]);
        Assert.Equal([1, 2, 0, PaperTestBed.Start.AddSeconds(2).ToUnixTimeSeconds(), 1], Headers(first));
    }

    [Fact]
    public async Task A_window_that_moves_gives_back_one_request_at_a_time()
    {
        await using var bed = await PaperTestBed.Create(o => o with { EnforceRateLimits = true });
        for (var i = 0; i < 6; i++)
        {
            await bed.Get("equity/history/orders");
            bed.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        bed.Clock.Advance(TimeSpan.FromSeconds(30));
        await bed.Get("equity/history/orders");
        using var refused = await bed.Http.GetAsync("equity/history/orders");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal([6, 60, 0, PaperTestBed.Start.AddSeconds(120).ToUnixTimeSeconds(), 6], Headers(refused));
    }

    [Fact]
    public async Task A_strangers_request_does_not_use_the_limit_up()
    {
        await using var bed = await PaperTestBed.Create(o => o with { EnforceRateLimits = true });
        using var stranger = PaperTestBed.Client(bed.Broker, "who", "knows");
        using var refused = await stranger.GetAsync("equity/orders");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(1, Headers(refused)[2]);
        await bed.Get("equity/orders");
    }

    [Fact]
    public async Task Without_enforcement_the_headers_say_that_all_is_free()
    {
        await using var bed = await PaperTestBed.Create();
        for (var i = 0; i < 3; i++)
        {
            using var response = await bed.Http.GetAsync("equity/positions");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal([1, 1, 1, PaperTestBed.Start.ToUnixTimeSeconds(), 0], Headers(response));
        }
    }

    private static long[] Headers(HttpResponseMessage response) =>
    [
        .. new[] { "limit", "period", "remaining", "reset", "used" }
            .Select(name => long.Parse(response.Headers.GetValues($"x-ratelimit-{name}").Single(), CultureInfo.InvariantCulture)),
    ];
}
