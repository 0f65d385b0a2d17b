using MicroTrader.Trading212;

namespace MicroTrader.Contract.Tests;

/// <summary>The limits of the notes' table, as the client reads them from the paper broker, and what happens past them.</summary>
public class LimitTests
{
    /// <summary>Requests and seconds, by the client's call.</summary>
    private static readonly (string Call, int Limit, int Seconds, Func<Trading212Client, Task<ResponseInfo?>> Send)[] Table =
    [
        ("POST orders/market", 50, 60, async client => Info(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 1m)))),
        ("DELETE orders/{id}", 50, 60, async client => Info(await client.CancelOrderAsync(1))),
        ("POST orders/limit", 1, 2, async client => Info(await client.PlaceLimitOrderAsync(new LimitOrderRequest(PaperBed.Ticker, 1m, 90m, TimeValidity.Day)))),
        ("POST orders/stop", 1, 2, async client => Info(await client.PlaceStopOrderAsync(new StopOrderRequest(PaperBed.Ticker, 1m, 110m, TimeValidity.Day)))),
        ("POST orders/stop_limit", 1, 2, async client => Info(await client.PlaceStopLimitOrderAsync(new StopLimitOrderRequest(PaperBed.Ticker, 1m, 110m, 111m, TimeValidity.Day)))),
        ("GET orders", 1, 5, async client => Info(await client.GetPendingOrdersAsync())),
        ("GET orders/{id}", 1, 1, async client => Info(await client.GetOrderAsync(1))),
        ("GET positions", 1, 1, async client => Info(await client.GetPositionsAsync())),
        ("GET account/summary", 1, 5, async client => Info(await client.GetAccountSummaryAsync())),
        ("GET history/orders", 6, 60, async client => Info(await client.GetOrderHistoryAsync())),
        ("GET history/dividends", 6, 60, async client => Info(await client.GetDividendsAsync())),
        ("GET history/transactions", 6, 60, async client => Info(await client.GetTransactionsAsync())),
        ("GET metadata/instruments", 1, 50, async client => Info(await client.GetInstrumentsAsync())),
        ("GET metadata/exchanges", 1, 30, async client => Info(await client.GetExchangesAsync())),
    ];

    public static TheoryData<string> Calls => [.. Table.Select(row => row.Call)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task The_whole_quota_passes_the_next_is_refused_and_the_period_brings_it_back(string call)
    {
        (string _, int limit, int seconds, Func<Trading212Client, Task<ResponseInfo?>> send) = Table.Single(row => row.Call == call);
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { EnforceRateLimits = true });
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        for (int used = 1; used <= limit; used++)
        {
            ResponseInfo info = (await send(client))!;
            if (info is { StatusCode: 404, RateLimit: null })
                return; // The paper broker has no such endpoint: AnswerTests names those.
            Assert.Equal(new RateLimit(limit, TimeSpan.FromSeconds(seconds), limit - used, PaperBed.Start.AddSeconds(seconds), used), info.RateLimit);
            Assert.NotEqual(429, info.StatusCode);
        }

        bed.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        ResponseInfo refused = (await send(client))!;
        Assert.Equal((429, 0, PaperBed.Start.AddSeconds(seconds)), (refused.StatusCode, refused.RateLimit!.Remaining, refused.RateLimit.Reset));
        bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(429, (await send(client))!.StatusCode);
    }

    [Fact]
    public async Task An_order_past_the_limit_is_not_executed_and_the_client_says_so()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { EnforceRateLimits = true });
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        for (int i = 0; i < 50; i++)
            await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 0.1m));
        int before = bed.Broker.ReadLedger().Orders.Count;
        PlaceOrderResult.NotExecuted result = Assert.IsType<PlaceOrderResult.NotExecuted>(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 0.1m)));
        Assert.Equal((NotExecutedReason.RateLimited, 50), (result.Reason, result.Info!.RateLimit!.Used));
        Assert.Equal((50, 50), (before, bed.Broker.ReadLedger().Orders.Count));
    }

    [Fact]
    public async Task A_cancellation_past_the_limit_is_not_executed_and_the_order_stays()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { EnforceRateLimits = true });
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        long id = bed.Broker.PlaceByPerson(PaperBed.Ticker, 1m).Id;
        for (int i = 0; i < 50; i++)
            Assert.IsType<CancelOrderResult.NotFound>(await client.CancelOrderAsync(1));
        CancelOrderResult.NotExecuted result = Assert.IsType<CancelOrderResult.NotExecuted>(await client.CancelOrderAsync(id));
        Assert.Equal(NotExecutedReason.RateLimited, result.Reason);
        Assert.True(Assert.Single(bed.Broker.ReadLedger().Orders).IsPending);
    }

    private static ResponseInfo? Info<T>(ReadResult<T> result) => result switch
    {
        ReadResult<T>.Success success => success.Info,
        ReadResult<T>.NotFound missing => missing.Info,
        ReadResult<T>.Failed failed => failed.Info,
        _ => null,
    };

    private static ResponseInfo? Info(PlaceOrderResult result) => result switch
    {
        PlaceOrderResult.Placed placed => placed.Info,
        PlaceOrderResult.Rejected rejected => rejected.Info,
        PlaceOrderResult.NotExecuted late => late.Info,
        PlaceOrderResult.Unknown unknown => unknown.Info,
        _ => null,
    };

    private static ResponseInfo? Info(CancelOrderResult result) => result switch
    {
        CancelOrderResult.Accepted accepted => accepted.Info,
        CancelOrderResult.NotFound missing => missing.Info,
        CancelOrderResult.Rejected rejected => rejected.Info,
        CancelOrderResult.NotExecuted late => late.Info,
        CancelOrderResult.Unknown unknown => unknown.Info,
        _ => null,
    };
}
