using System.Text.Json.Nodes;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class SessionTests
{
    private const string Ticker = PaperTestBed.Ticker;

    private static readonly DateTimeOffset Open = PaperTestBed.Start.AddHours(1);

    private static readonly PaperSession[] TwoDays =
    [
        new(Open, Open.AddHours(6)) { PreMarketOpensAt = Open.AddMinutes(-30), AfterHoursCloseAt = Open.AddHours(8) },
        new(Open.AddDays(1), Open.AddDays(1).AddHours(6)),
    ];

    [Fact]
    public async Task Around_the_clock_a_day_order_ends_after_24_hours_and_a_lasting_one_stays()
    {
        await using var bed = await PaperTestBed.Create();
        var day = await bed.Limit(1m, 50m);
        var lasting = await bed.Limit(1m, 50m, "GOOD_TILL_CANCEL");
        bed.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, (await bed.Get("equity/orders")).AsArray().Count);
        bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(lasting, (await bed.Get("equity/orders")).AsArray().Single()!["id"]!.GetValue<long>());
        var item = (await bed.Get("equity/history/orders"))["items"]!.AsArray().Single()!;
        Assert.Equal((day, "CANCELLED"), (item["order"]!["id"]!.GetValue<long>(), item["order"]!["status"]!.GetValue<string>()));
        Assert.Equal(50m, bed.Broker.ReadLedger().ReservedForOrders);
    }

    [Fact]
    public async Task A_day_order_ends_at_the_close_of_its_session()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Sessions = TwoDays });
        var queued = await bed.Limit(1m, 50m);
        bed.Clock.Advance(TimeSpan.FromHours(2));
        var during = await bed.Stop(1m, 200m);
        bed.Clock.Advance(Open.AddHours(6) - bed.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        Assert.All([queued, during], id => Assert.Equal(PaperOrderStatus.New, bed.Order(id).Status));
        bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.All([queued, during], id => Assert.Equal(PaperOrderStatus.Cancelled, bed.Order(id).Status));

        // Placed after the close it is the next session's.
        var next = await bed.Limit(1m, 50m);
        Assert.Equal(TwoDays[1].ClosesAt, bed.Order(next).ExpiresAt);
    }

    [Theory]
    [InlineData("limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":100,"timeValidity":"DAY"}""", 0)]
    [InlineData("stop", """{"ticker":"AXSM_US_EQ","quantity":1,"stopPrice":90,"timeValidity":"DAY"}""", 1)]
    [InlineData("stop_limit", """{"ticker":"AXSM_US_EQ","quantity":1,"stopPrice":90,"limitPrice":100,"timeValidity":"DAY"}""", 1)]
    [InlineData("market", """{"ticker":"AXSM_US_EQ","quantity":1}""", 0)]
    public async Task Every_kind_of_order_placed_while_closed_waits_for_the_open(string kind, string json, int steps)
    {
        await using var bed = await PaperTestBed.Create(o => o with { Sessions = TwoDays });
        bed.Broker.PutPrice(Ticker, 95m);
        await bed.PlaceOf(kind, json);
        bed.Clock.Advance(TimeSpan.FromMinutes(59));
        bed.Broker.PutPrice(Ticker, 96m);
        Assert.Empty(bed.Broker.ReadLedger().Fills);

        // In steps: a virtual clock that jumps lets no time pass between what sets a stop off and its fill.
        bed.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i <= steps; i++)
        {
            bed.Settle();
        }

        Assert.Equal((96m, Open + (bed.Options.FillDelay * (1 + steps))), Assert.Single(bed.Broker.ReadLedger().Fills) is var f ? (f.Price, f.FilledAt) : default);
    }

    [Fact]
    public async Task A_price_while_the_market_is_closed_sets_nothing_off_until_the_next_open()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Sessions = TwoDays });
        bed.Clock.Advance(TimeSpan.FromHours(2));
        bed.Broker.PutPrice(Ticker, 100m);
        var id = await bed.Limit(1m, 90m, "GOOD_TILL_CANCEL");
        bed.Settle();
        bed.Clock.Advance(TimeSpan.FromHours(6));
        bed.Broker.PutPrice(Ticker, 80m);
        bed.Broker.PutPrice(Ticker, 85m);
        Assert.Equal(PaperOrderStatus.New, bed.Order(id).Status);

        bed.Clock.Advance(TwoDays[1].OpensAt - bed.Clock.GetUtcNow());
        Assert.Equal((85m, TwoDays[1].OpensAt), Assert.Single(bed.Broker.ReadLedger().Fills) is var f ? (f.Price, f.FilledAt) : default);
    }

    [Fact]
    public async Task An_order_with_extended_hours_executes_in_the_pre_market_and_after_hours_only()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Sessions = TwoDays });
        bed.Broker.PutPrice(Ticker, 100m);
        await Post(bed);
        bed.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Empty(bed.Broker.ReadLedger().Fills);
        bed.Clock.Advance(TimeSpan.FromMinutes(1) + bed.Options.FillDelay);
        Assert.Single(bed.Broker.ReadLedger().Fills);

        bed.Clock.Advance(Open.AddHours(7) - bed.Clock.GetUtcNow());
        await Post(bed);
        bed.Settle();
        Assert.Equal(2, bed.Broker.ReadLedger().Fills.Count);

        bed.Clock.Advance(Open.AddHours(8) - bed.Clock.GetUtcNow());
        await Post(bed);
        bed.Clock.Advance(TwoDays[1].OpensAt - bed.Clock.GetUtcNow() + bed.Options.FillDelay);
        Assert.Equal(TwoDays[1].OpensAt + bed.Options.FillDelay, bed.Broker.ReadLedger().Fills[^1].FilledAt);

        static Task<JsonNode> Post(PaperTestBed bed) => bed.PlaceOf("market", """{"ticker":"AXSM_US_EQ","quantity":1,"extendedHours":true}""");
    }

    [Fact]
    public async Task Sessions_without_extended_hours_do_not_hold_up_an_order_that_asks_for_them()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Sessions = [TwoDays[1]] });
        bed.Broker.PutPrice(Ticker, 100m);
        await bed.PlaceOf("market", """{"ticker":"AXSM_US_EQ","quantity":1,"extendedHours":true}""");
        bed.Settle();
        Assert.Single(bed.Broker.ReadLedger().Fills);
    }

    [Fact]
    public async Task The_schedule_names_pre_market_and_after_hours()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Sessions = TwoDays });
        var events = (await bed.Get("equity/metadata/exchanges"))[0]!["workingSchedules"]![0]!["timeEvents"]!.AsArray();
        Assert.Equal(
            ["PRE_MARKET_OPEN", "OPEN", "CLOSE", "AFTER_HOURS_OPEN", "AFTER_HOURS_CLOSE", "OPEN", "CLOSE"],
            events.Select(e => e!["type"]!.GetValue<string>()));
        Assert.Equal(events.Select(e => e!["date"]!.GetValue<DateTimeOffset>()).Order(), events.Select(e => e!["date"]!.GetValue<DateTimeOffset>()));
    }
}
