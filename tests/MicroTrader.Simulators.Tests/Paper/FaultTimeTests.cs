using System.Net;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class FaultTimeTests
{
    [Fact]
    public async Task A_fault_for_a_time_strikes_every_request_until_then()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.For(PaperEndpoint.Positions, PaperFault.StatusBefore(503), TimeSpan.FromSeconds(10));
        bed.Broker.Faults.Next(PaperEndpoint.Positions, PaperFault.StatusBefore(500));
        Assert.Equal(HttpStatusCode.InternalServerError, await Status(bed));
        bed.Clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status(bed));
        await bed.Get("equity/orders");
        bed.Clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(HttpStatusCode.OK, await Status(bed));
    }

    [Fact]
    public async Task A_rate_may_end_after_a_time()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.AtRate(PaperEndpoint.Positions, PaperFault.StatusBefore(503), 0.5, TimeSpan.FromSeconds(10));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            statuses.Add(await Status(bed));
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], statuses.Distinct().Order());
        bed.Clock.Advance(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Status(bed));
        }
    }

    [Fact]
    public async Task Fates_and_lags_may_end_after_a_time()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.PutPrice(PaperTestBed.Ticker, 10m);
        bed.Broker.Faults.OrdersFor(PaperFate.Rejected, TimeSpan.FromSeconds(10));
        bed.Broker.Faults.LagHistory(TimeSpan.FromHours(1), TimeSpan.FromSeconds(10));
        var rejected = await bed.Place(1m);
        bed.Settle();
        Assert.Equal(PaperOrderStatus.Rejected, bed.Order(rejected).Status);
        Assert.Empty((await bed.Get("equity/history/orders"))["items"]!.AsArray());

        bed.Clock.Advance(TimeSpan.FromSeconds(10));
        var filled = await bed.Place(1m);
        bed.Settle();
        Assert.Equal(PaperOrderStatus.Filled, bed.Order(filled).Status);
        Assert.Equal(2, (await bed.Get("equity/history/orders"))["items"]!.AsArray().Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => bed.Broker.Faults.For(PaperEndpoint.Positions, PaperFault.LostAnswer, TimeSpan.Zero));
    }

    private static async Task<HttpStatusCode> Status(PaperTestBed bed)
    {
        using var response = await bed.Http.GetAsync("equity/positions");
        return response.StatusCode;
    }
}
