using Microsoft.Extensions.Time.Testing;
using MicroTrader.Simulators.Paper;
using MicroTrader.Simulators.Paper.Http;
using Xunit.Abstractions;

namespace MicroTrader.Simulators.Tests.Paper;

public class RateWindowPropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void No_window_of_any_endpoint_sees_more_than_the_limit()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
#pragma warning disable CA5394 // A repeatable sequence, not a secret.
        var random = new Random(seed);
        foreach (var endpoint in Enum.GetValues<PaperEndpoint>())
        {
            var clock = new FakeTimeProvider(PaperTestBed.Start);
            var limiter = new RateLimiter(true, clock);
            var (limit, periodSeconds) = RateLimiter.Rule(endpoint);
            var period = TimeSpan.FromSeconds(periodSeconds);
            var admitted = new List<DateTimeOffset>();
            for (var i = 0; i < 2_000; i++)
            {
                // Bursts, pauses of about a slot, and now and then exactly the period.
                clock.Advance(random.Next(10) switch
                {
                    < 6 => TimeSpan.Zero,
                    6 => period,
                    _ => TimeSpan.FromMilliseconds(random.Next((int)(2 * period.TotalMilliseconds / limit))),
                });
                var now = clock.GetUtcNow();
                var free = limit - admitted.Count(a => a > now - period);
                var state = limiter.Take(endpoint);

                // Never more than the limit, and never less than what is free.
                Assert.True(state.Allowed == free > 0, $"seed {seed} {endpoint} step {i}: {free} free");
                Assert.Equal((Math.Max(0, free - 1), limit), (state.Remaining, state.Remaining + state.Used));
                if (state.Allowed)
                {
                    admitted.Add(now);
                }

                // At the reset the whole quota is back.
                Assert.True(DateTimeOffset.FromUnixTimeSeconds(state.ResetUnixSeconds) >= admitted[^1] + period, $"seed {seed} {endpoint} step {i}");
            }

            foreach (var start in admitted)
            {
                Assert.InRange(admitted.Count(a => a >= start && a < start + period), 1, limit);
            }
        }
#pragma warning restore CA5394
    }

    [Fact]
    public async Task Many_connections_at_once_get_no_more_than_the_limit()
    {
        await using var bed = await PaperTestBed.Create(o => o with { EnforceRateLimits = true });
        bed.Broker.PutPrice(PaperTestBed.Ticker, 10m);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 80).Select(async _ =>
        {
            using var response = await bed.Post(PaperTestBed.Ticker, 1m);
            return (int)response.StatusCode;
        }));
        Assert.Equal((50, 30), (statuses.Count(s => s == 200), statuses.Count(s => s == 429)));
        Assert.Equal(50, bed.Broker.ReadLedger().Orders.Count);
    }
}
