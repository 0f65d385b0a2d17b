using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class FaultTests
{
    private const string Ticker = PaperTestBed.Ticker;
    private const PaperEndpoint Order = PaperEndpoint.PlaceMarketOrder;

    [Fact]
    public async Task A_lost_request_places_nothing_and_strikes_once()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.Next(Order, PaperFault.LostRequest);
        await Assert.ThrowsAsync<HttpRequestException>(() => bed.Post(Ticker, 1m));
        Assert.Empty(bed.Broker.ReadLedger().Orders);
        Assert.Equal((1, 0), (bed.Broker.PostsReceived, bed.Broker.Faults.Waiting));
        await bed.Place(1m);
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_order_in_the_books()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.Next(Order, PaperFault.LostAnswer);
        await Assert.ThrowsAsync<HttpRequestException>(() => bed.Post(Ticker, 1m));
        Assert.Single(bed.Broker.ReadLedger().Orders);
        Assert.Equal(1, bed.Broker.PostsReceived);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task An_error_status_tells_nothing_about_the_order(int status)
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.Next(Order, PaperFault.StatusBefore(status));
        bed.Broker.Faults.Next(Order, PaperFault.StatusAfter(status));

        using var before = await bed.Post(Ticker, 1m);
        Assert.Equal(status, (int)before.StatusCode);
        Assert.Empty(bed.Broker.ReadLedger().Orders);

        using var after = await bed.Post(Ticker, 1m);
        Assert.Equal(status, (int)after.StatusCode);
        Assert.Single(bed.Broker.ReadLedger().Orders);
    }

    [Fact]
    public async Task A_429_as_a_fault_executes_nothing_and_says_when_to_come_back()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.Next(Order, PaperFault.TooManyRequests);
        using var response = await bed.Post(Ticker, 1m);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("0", response.Headers.GetValues("x-ratelimit-remaining").Single());
        Assert.Empty(bed.Broker.ReadLedger().Orders);
    }

    [Fact]
    public async Task A_malformed_answer_is_complete_http_with_broken_json()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.Next(Order, PaperFault.MalformedBody);
        using var response = await bed.Post(Ticker, 1m);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(text));
        Assert.Single(bed.Broker.ReadLedger().Orders);
    }

    [Fact]
    public async Task A_cut_answer_ends_within_the_body()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.Next(Order, PaperFault.CutBody);
        await Assert.ThrowsAsync<HttpRequestException>(() => bed.Post(Ticker, 1m));
        Assert.Single(bed.Broker.ReadLedger().Orders);
    }

    [Fact]
    public async Task A_delayed_answer_comes_late_to_an_order_that_was_placed_at_once()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.Next(Order, PaperFault.DelayedAnswer(TimeSpan.FromSeconds(20)));
        using var response = await bed.AdvanceUntilAnswered(bed.Post(Ticker, 1m), TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var order = Assert.Single(bed.Broker.ReadLedger().Orders);
        Assert.True(response.Headers.Date - order.CreatedAt >= TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_delayed_request_is_handled_even_when_its_client_has_gone()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.Next(Order, PaperFault.DelayedHandling(TimeSpan.FromSeconds(20)));
        using (var impatient = new CancellationTokenSource())
        {
            var request = bed.Http.PostAsync("equity/orders/market", new StringContent("""{"ticker":"AXSM_US_EQ","quantity":1}"""), impatient.Token);
            await Until(() => bed.Broker.PostsReceived == 1);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        }

        Assert.Empty(bed.Broker.ReadLedger().Orders);
        await Until(() =>
        {
            bed.Clock.Advance(TimeSpan.FromSeconds(5));
            return bed.Broker.ReadLedger().Orders.Count == 1;
        });
    }

    [Fact]
    public async Task A_delayed_fill_comes_that_much_later()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromSeconds(30)));
        await bed.Trade(1m, 100m);
        bed.Clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Empty(bed.Broker.ReadLedger().Fills);
        bed.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Single(bed.Broker.ReadLedger().Fills);
    }

    [Theory]
    [InlineData(true, "CANCELLED")]
    [InlineData(false, "REJECTED")]
    public async Task An_accepted_order_may_end_without_a_fill(bool cancelled, string status)
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.NextOrder(cancelled ? PaperFate.Cancelled : PaperFate.Rejected);
        await bed.Trade(1m, 100m);
        var item = (await bed.Get("equity/history/orders"))["items"]!.AsArray().Single()!;
        Assert.Equal(status, item["order"]!["status"]!.GetValue<string>());
        Assert.False(item.AsObject().ContainsKey("fill"));
        Assert.Equal((100_000m, 0m), (bed.Broker.ReadLedger().Cash, bed.Broker.ReadLedger().ReservedForOrders));
    }

    [Fact]
    public async Task A_fate_waits_for_an_order_that_is_accepted()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.NextOrder(PaperFate.Cancelled);
        await bed.Refused(0m);
        Assert.Equal(1, bed.Broker.Faults.Waiting);
    }

    [Fact]
    public async Task A_partial_fill_is_seen_pending_and_then_the_rest_is_cancelled()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.NextOrder(PaperFate.PartialThenCancelled(0.4m));
        var id = await bed.Trade(10m, 100m);

        var pending = await bed.Get($"equity/orders/{id}");
        Assert.Equal(("PARTIALLY_FILLED", 4m), (pending["status"]!.GetValue<string>(), pending["filledQuantity"]!.GetValue<decimal>()));
        Assert.Empty((await bed.Get("equity/history/orders"))["items"]!.AsArray());
        Assert.Equal(612m, bed.Broker.ReadLedger().ReservedForOrders);

        bed.Clock.Advance(bed.Options.FillDelay);
        var item = (await bed.Get("equity/history/orders"))["items"]!.AsArray().Single()!;
        Assert.Equal("CANCELLED", item["order"]!["status"]!.GetValue<string>());
        Assert.Equal(4m, item["order"]!["filledQuantity"]!.GetValue<decimal>());
        Assert.Equal(4m, item["fill"]!["quantity"]!.GetValue<decimal>());
        Assert.Equal((99_600m, 0m), (bed.Broker.ReadLedger().Cash, bed.Broker.ReadLedger().ReservedForOrders));
    }

    [Fact]
    public async Task A_fill_in_two_pieces_has_two_history_lines_of_one_order()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(10m, 100m);
        bed.Broker.Faults.NextOrder(PaperFate.InTwoPieces(0.3m));
        var id = await bed.Trade(-10m, 100m);
        bed.Broker.PutPrice(Ticker, 101m);
        bed.Clock.Advance(bed.Options.FillDelay);

        var items = (await bed.Get("equity/history/orders?limit=2"))["items"]!.AsArray();
        Assert.All(items, i => Assert.Equal((id, "FILLED", -10m), (i!["order"]!["id"]!.GetValue<long>(), i["order"]!["status"]!.GetValue<string>(), i["order"]!["filledQuantity"]!.GetValue<decimal>())));
        Assert.Equal([-7m, -3m], items.Select(i => i!["fill"]!["quantity"]!.GetValue<decimal>()));
        Assert.Equal([101m, 100m], items.Select(i => i!["fill"]!["price"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task Frozen_positions_show_what_was_until_the_time_is_over()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(1m, 100m);
        bed.Broker.Faults.FreezePositions(TimeSpan.FromMinutes(5));
        await bed.Trade(-1m, 101m);
        Assert.Single((await bed.Get("equity/positions")).AsArray());
        Assert.Empty((await bed.Get("equity/positions?ticker=FB_US_EQ")).AsArray());
        bed.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty((await bed.Get("equity/positions")).AsArray());

        bed.Broker.Faults.FreezePositions();
        await bed.Trade(1m, 100m);
        bed.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty((await bed.Get("equity/positions")).AsArray());
        bed.Broker.Faults.ThawPositions();
        Assert.Single((await bed.Get("equity/positions")).AsArray());
    }

    [Fact]
    public async Task A_history_lag_can_be_put_on_while_running()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.HistoryLag = TimeSpan.FromMinutes(1);
        await bed.Trade(1m, 100m);
        Assert.Empty((await bed.Get("equity/history/orders"))["items"]!.AsArray());
        bed.Broker.Faults.Clear();
        Assert.Single((await bed.Get("equity/history/orders"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Faults_by_rate_are_the_same_for_the_same_seed()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var bed = await PaperTestBed.Create(o => o with { FaultSeed = 42 });
            bed.Broker.Faults.AtRate(PaperEndpoint.Positions, PaperFault.StatusBefore(503), 0.5);
            bed.Broker.Faults.OrdersAtRate(PaperFate.Cancelled, 0.5);
            var statuses = new List<int>();
            for (var i = 0; i < 20; i++)
            {
                using var response = await bed.Http.GetAsync("equity/positions");
                statuses.Add((int)response.StatusCode);
                await bed.Trade(1m, 10m);
            }

            Assert.Equal([200, 503], statuses.Distinct().Order());
            await bed.Get("equity/orders");
            runs.Add(string.Join(' ', statuses) + string.Join(' ', bed.Broker.ReadLedger().Orders.Select(o => o.Status)));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Contains("Cancelled", runs[0], StringComparison.Ordinal);
        Assert.Contains("Filled", runs[0], StringComparison.Ordinal);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
        }
    }
}
