using System.Diagnostics;
using System.Net;
using MicroTrader.Simulators.Paper;
using Xunit.Abstractions;

namespace MicroTrader.Simulators.Tests.Paper;

public class CancelTests(ITestOutputHelper output)
{
    private const string Ticker = PaperTestBed.Ticker;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task An_order_is_cancelling_until_the_cancellation_takes_effect()
    {
        await using var bed = await PaperTestBed.Create(o => o with { CancelDelay = Delay });
        var id = await bed.Limit(1m, 50m);
        using var first = await bed.Http.DeleteAsync($"equity/orders/{id}");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("CANCELLING", (await bed.Get($"equity/orders/{id}"))["status"]!.GetValue<string>());
        Assert.Empty((await bed.Get("equity/history/orders"))["items"]!.AsArray());
        Assert.Equal(50m, bed.Broker.ReadLedger().ReservedForOrders);

        using var again = await bed.Http.DeleteAsync($"equity/orders/{id}");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        bed.Clock.Advance(Delay);
        Assert.Equal("CANCELLED", (await bed.Get("equity/history/orders"))["items"]![0]!["order"]!["status"]!.GetValue<string>());
        Assert.Equal(0m, bed.Broker.ReadLedger().ReservedForOrders);
        using var late = await bed.Http.DeleteAsync($"equity/orders/{id}");
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task A_fill_that_comes_before_the_cancellation_takes_effect_wins()
    {
        await using var bed = await PaperTestBed.Create(o => o with { CancelDelay = Delay });
        bed.Broker.PutPrice(Ticker, 100m);
        var id = await bed.Place(1m);
        bed.Clock.Advance(bed.Options.FillDelay - Delay + TimeSpan.FromMilliseconds(1));
        using var response = await bed.Http.DeleteAsync($"equity/orders/{id}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PaperOrderStatus.Filled, bed.Order(id).Status);
        Assert.Single((await bed.Get("equity/history/orders"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_piece_that_is_filled_while_cancelling_stays_and_the_rest_is_cancelled()
    {
        await using var bed = await PaperTestBed.Create(o => o with { CancelDelay = Delay });
        bed.Broker.Faults.NextOrder(PaperFate.InTwoPieces(0.5m));
        var id = await bed.Limit(2m, 50m);
        bed.Settle();
        using var response = await bed.Http.DeleteAsync($"equity/orders/{id}");
        bed.Broker.PutPrice(Ticker, 49m);
        Assert.Equal((PaperOrderStatus.Cancelling, 1m), (bed.Order(id).Status, bed.Order(id).FilledQuantity));
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((PaperOrderStatus.Cancelled, 1m), (bed.Order(id).Status, bed.Order(id).FilledQuantity));
        Assert.Equal(0m, bed.Broker.ReadLedger().ReservedForOrders);
    }

    [Fact]
    public async Task A_cancellation_survives_a_restart()
    {
        await using var bed = await PaperTestBed.Create(o => o with { CancelDelay = Delay });
        var id = await bed.Limit(1m, 50m);
        using var response = await bed.Http.DeleteAsync($"equity/orders/{id}");
        await bed.Restart();
        Assert.Equal(PaperOrderStatus.Cancelling, bed.Order(id).Status);
        bed.Clock.Advance(Delay);
        Assert.Equal(PaperOrderStatus.Cancelled, bed.Order(id).Status);
    }

    [Fact]
    public async Task Of_a_cancel_and_a_fill_that_meet_exactly_one_wins()
    {
        await using var bed = await PaperTestBed.Create();
        var (cancels, fills, wait) = (0, 0, TimeSpan.FromMilliseconds(0.5));

        // The price is sent so long after the cancellation that they meet: sooner next time when it lost, later when it won.
        for (var round = 0; round < 1_000 && (round < 50 || cancels < 5 || fills < 5); round++)
        {
            bed.Broker.PutPrice(Ticker, 100m);
            var id = await bed.Limit(1m, 90m);
            bed.Settle();
            var start = Stopwatch.GetTimestamp();
            var cancel = bed.Http.DeleteAsync($"equity/orders/{id}");
            var fill = Task.Run(() =>
            {
                while (Stopwatch.GetElapsedTime(start) < wait)
                {
                    Thread.SpinWait(10);
                }

                bed.Broker.PutPrice(Ticker, 89m);
            });
            await Task.WhenAll(cancel, fill);
            using var answer = await cancel;

            var order = bed.Order(id);
            var ledger = bed.Broker.ReadLedger();
            var filled = ledger.Fills.Count(f => f.OrderId == id);
            Assert.Equal(answer.StatusCode == HttpStatusCode.OK ? (PaperOrderStatus.Cancelled, 0) : (PaperOrderStatus.Filled, 1), (order.Status, filled));
            Assert.Equal(0m, ledger.ReservedForOrders);
            Assert.Equal(1, (await bed.Get("equity/history/orders?limit=50"))["items"]!.AsArray().Count(i => i!["order"]!["id"]!.GetValue<long>() == id));
            wait *= filled == 1 ? 1.1 : 0.9;
            _ = filled == 1 ? fills++ : cancels++;
        }

        output.WriteLine($"{cancels} cancels won, {fills} fills won");
        Assert.True(cancels > 0 && fills > 0, $"{cancels} cancels won, {fills} fills won: the two never met");
        Assert.Equal(fills, bed.Broker.ReadLedger().Holdings.Sum(h => h.Quantity));
    }
}
