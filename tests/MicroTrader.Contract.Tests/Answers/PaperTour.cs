using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Contract.Tests;

/// <summary>
/// Walks once through everything that the paper broker can answer, over real HTTP, and keeps every exchange for the tests to judge. An endpoint that it does not have answers
/// 404, and is walked past.
/// </summary>
public sealed class PaperTour : IAsyncLifetime
{
    private readonly List<PaperExchange> _exchanges = [];

    internal IReadOnlyList<PaperExchange> Exchanges => _exchanges;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await TradeInDollars();
        await TradeInAnotherMoney();
        await MeetAClosedMarket();
        await WaitForPrices();
        await MakeMistakes();
        await HoldKeysWithoutScopes();
        await ExhaustEveryLimit();
        await MeetFaults();
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    private async Task TradeInDollars()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using PaperCaller caller = new(bed, _exchanges);
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        bed.Broker.PutPrice("DWAC_US_EQ", 15.27m);
        await caller.OkAsync("GET", "history/orders");
        await caller.OkAsync("GET", "positions");
        await SendEveryValid(bed, caller);

        // Filled, sold, cancelled before any fill, filled in two pieces, cancelled after a part, rejected late, and a person's.
        await caller.MarketAsync(3m);
        bed.PassFillDelay();
        // Again, now that there is something to sell.
        await SendEveryValid(bed, caller);
        bed.Broker.PutPrice(PaperBed.Ticker, 101.5m);
        await caller.MarketAsync(-1m);
        bed.PassFillDelay();
        await caller.OkAsync("DELETE", $"orders/{Id(await caller.MarketAsync(1m))}");
        foreach (PaperFate fate in new[] { PaperFate.InTwoPieces(0.5m), PaperFate.PartialThenCancelled(0.25m), PaperFate.Rejected, PaperFate.Cancelled })
        {
            bed.Broker.Faults.NextOrder(fate);
            long id = Id(await caller.MarketAsync(2m));
            bed.PassFillDelay();
            await caller.SendAsync("GET", $"orders/{id}");
            bed.PassFillDelay();
        }

        foreach (string origin in new[] { "IOS", "ANDROID", "WEB" })
            bed.Broker.PlaceByPerson("DWAC_US_EQ", 2m, origin);
        bed.PassFillDelay();
        bed.Broker.MoveToPie("DWAC_US_EQ", 1.5m);
        await caller.MarketAsync(-0.5m, "DWAC_US_EQ");
        await caller.OkAsync("GET", "orders");
        await caller.OkAsync("GET", "positions");
        await caller.OkAsync("GET", "positions?ticker=DWAC_US_EQ");
        await caller.OkAsync("GET", "positions?ticker=NOSUCH_US_EQ");
        await caller.OkAsync("GET", "account/summary");
        bed.PassFillDelay();
        await ReadEveryPage(caller, "history/orders?limit=3");
        await ReadEveryPage(caller, "history/orders?limit=1&ticker=DWAC_US_EQ");
        await ReadEveryPage(caller, "history/dividends?limit=1");
        await ReadEveryPage(caller, "history/transactions?limit=1");
    }

    private async Task TradeInAnotherMoney()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { Currency = "EUR", NextPagePathHasPrefix = false, SpreadPercent = 0.1m });
        using PaperCaller caller = new(bed, _exchanges);
        foreach ((string ticker, decimal price) in new[] { (PaperBed.Ticker, 100m), ("VODl_EQ", 71.5m), ("METAm_EQ", 12m) })
        {
            bed.Broker.PutPrice(ticker, price);
            await caller.MarketAsync(10m, ticker);
            bed.PassFillDelay();
            await caller.MarketAsync(-3m, ticker);
            bed.PassFillDelay();
        }

        bed.Broker.PayDividend(PaperBed.Ticker, 0.26m);
        bed.Broker.PayDividend("VODl_EQ", 3.5m);
        bed.Broker.PayDividend(PaperBed.Ticker, 0.27m);
        bed.Broker.ApplySplit(PaperBed.Ticker, 4m);
        bed.Broker.ApplySplit("METAm_EQ", 0.5m);
        await caller.OkAsync("GET", "positions");
        await caller.OkAsync("GET", "account/summary");
        await ReadEveryPage(caller, "history/orders?limit=2");
        await ReadEveryPage(caller, "history/dividends?limit=2");
        await ReadEveryPage(caller, $"history/dividends?limit=1&ticker={PaperBed.Ticker}");
        await ReadEveryPage(caller, "history/transactions?limit=50&time=2026-03-01T00:00:00Z");
    }

    private async Task MeetAClosedMarket()
    {
        PaperSession tomorrow = new(PaperBed.Start.AddHours(20), PaperBed.Start.AddHours(26)) { PreMarketOpensAt = PaperBed.Start.AddHours(15), AfterHoursCloseAt = PaperBed.Start.AddHours(30) };
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { Sessions = [tomorrow] });
        using PaperCaller caller = new(bed, _exchanges);
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        await caller.MarketAsync(1m);
        await caller.OkAsync("GET", "orders");
        await caller.OkAsync("GET", "metadata/exchanges");
    }

    /// <summary>Orders that wait for a price, each seen while it waits and in the history, and a cancellation that takes its time.</summary>
    private async Task WaitForPrices()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { CancelDelay = TimeSpan.FromSeconds(1) });
        using PaperCaller caller = new(bed, _exchanges);
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        await caller.OkAsync("POST", "orders/limit", """{"ticker":"AXSM_US_EQ","quantity":5,"limitPrice":95,"timeValidity":"GOOD_TILL_CANCEL"}""");
        await caller.OkAsync("POST", "orders/stop", """{"ticker":"AXSM_US_EQ","quantity":2,"stopPrice":105.5,"timeValidity":"DAY"}""");
        await caller.OkAsync("POST", "orders/stop_limit", """{"ticker":"AXSM_US_EQ","quantity":1.5,"stopPrice":106,"limitPrice":107,"timeValidity":"DAY"}""");
        long expiring = Id(await caller.OkAsync("POST", "orders/limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":50,"timeValidity":"DAY"}"""));
        foreach (decimal price in new[] { 94m, 106.5m })
        {
            await caller.OkAsync("GET", "orders");
            bed.PassFillDelay();
            bed.Broker.PutPrice(PaperBed.Ticker, price);
            bed.PassFillDelay();
        }

        await caller.OkAsync("POST", "orders/limit", """{"ticker":"AXSM_US_EQ","quantity":-5,"limitPrice":120,"timeValidity":"GOOD_TILL_CANCEL"}""");
        long cancelled = Id(await caller.OkAsync("POST", "orders/stop", """{"ticker":"AXSM_US_EQ","quantity":-1,"stopPrice":90,"timeValidity":"GOOD_TILL_CANCEL"}"""));
        await caller.OkAsync("DELETE", $"orders/{cancelled}");
        await caller.OkAsync("GET", $"orders/{cancelled}");
        await caller.OkAsync("GET", $"orders/{expiring}");
        bed.Clock.Advance(TimeSpan.FromDays(2));
        await caller.OkAsync("GET", "orders");
        await ReadEveryPage(caller, "history/orders?limit=50");
    }

    private async Task HoldKeysWithoutScopes()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { Scopes = PaperScopes.None });
        using PaperCaller caller = new(bed, _exchanges);
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        await SendEveryValid(bed, caller);
    }

    private async Task MakeMistakes()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using PaperCaller caller = new(bed, _exchanges);
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        foreach ((string method, string path, string? body) in Probes.Wrong)
            await caller.SendAsync(method, path, body);
        await caller.SendAsync("GET", "orders/1");
        await caller.SendAsync("DELETE", "orders/1");
        await caller.SendAsync("DELETE", "orders/abc");

        // A wrong secret, nothing at all, and the bare key of the legacy scheme.
        foreach (AuthenticationHeaderValue? stranger in new[] { PaperBed.Basic(PaperBed.Key, "wrong"), null, new AuthenticationHeaderValue(PaperBed.Key) })
        {
            caller.Authorization = stranger;
            await SendEveryValid(bed, caller);
        }
    }

    private async Task ExhaustEveryLimit()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { EnforceRateLimits = true });
        using PaperCaller caller = new(bed, _exchanges);
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        foreach ((string method, string path, string? body) in Probes.Valid)
        {
            // More than the largest limit; the venue's clock stands still meanwhile.
            for (int i = 0; i < 60; i++)
            {
                PaperExchange exchange = await caller.SendAsync(method, path.Replace(Probes.PendingId, "1", StringComparison.Ordinal), body);
                if (exchange.Status == 429 || exchange.IsUnknownEndpoint)
                    break;
            }
        }
    }

    private async Task MeetFaults()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using PaperCaller caller = new(bed, _exchanges);
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        foreach (int status in new[] { 400, 408, 500, 503 })
        {
            foreach (PaperEndpoint endpoint in Enum.GetValues<PaperEndpoint>())
                bed.Broker.Faults.AtRate(endpoint, PaperFault.StatusBefore(status), 1);
            caller.IsFault = true;
            await SendEveryValid(bed, caller);
            bed.Broker.Faults.Clear();
            caller.IsFault = false;
        }
    }

    private static async Task SendEveryValid(PaperBed bed, PaperCaller caller)
    {
        // The virtual clock stands still, so that it stays pending until the last probe cancels it.
        string pending = bed.Broker.PlaceByPerson(PaperBed.Ticker, 1m).Id.ToString(CultureInfo.InvariantCulture);
        foreach ((string method, string path, string? body) in Probes.Valid)
            await caller.SendAsync(method, path.Replace(Probes.PendingId, pending, StringComparison.Ordinal), body);
    }

    private static async Task ReadEveryPage(PaperCaller caller, string pathAndQuery)
    {
        for (string? next = pathAndQuery; next is not null;)
        {
            PaperExchange exchange = await caller.SendAsync("GET", next);
            if (exchange.IsUnknownEndpoint)
                return;
            Assert.True(exchange.Status == 200, exchange.ToString());
            string? link = JsonNode.Parse(exchange.Body)!["nextPagePath"]?.GetValue<string>();
            next = link is null ? null : link[(link.IndexOf("/equity/", StringComparison.Ordinal) + "/equity/".Length)..];
        }
    }

    private static long Id(PaperExchange exchange) => JsonNode.Parse(exchange.Body)!["id"]!.GetValue<long>();
}
