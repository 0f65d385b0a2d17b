using System.Text.Json.Nodes;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class HistoryTests
{
    [Fact]
    public async Task An_empty_history_has_no_items_and_a_null_next_page()
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Equal("""{"items":[],"nextPagePath":null}""", (await bed.Get("equity/history/orders")).ToJsonString());
    }

    [Fact]
    public async Task Pages_give_every_order_exactly_once_while_new_orders_arrive()
    {
        await using var bed = await PaperTestBed.Create();
        var known = new List<long>();
        for (var i = 0; i < 23; i++)
        {
            known.Add(await bed.Trade(1m, 10m));
        }

        // One that is old by number but ends only while the pages are read.
        bed.Broker.Faults.NextOrder(PaperFate.Delayed(TimeSpan.FromHours(1)));
        var late = await bed.Place(1m);

        var seen = new List<long>();
        var path = "equity/history/orders?limit=5";
        var pages = 0;
        while (path is not null)
        {
            var page = await bed.Get(path);
            seen.AddRange(page["items"]!.AsArray().Select(i => i!["order"]!["id"]!.GetValue<long>()));
            path = page["nextPagePath"]?.GetValue<string>()["/api/v0/".Length..];
            pages++;
            await bed.Trade(1m, 10m);
            if (pages == 2)
            {
                bed.Clock.Advance(TimeSpan.FromHours(2));
            }
        }

        Assert.Equal(5, pages);
        Assert.Equal(known.OrderDescending(), seen);
        Assert.Contains(late, (await bed.Get("equity/history/orders?limit=50"))["items"]!.AsArray().Select(i => i!["order"]!["id"]!.GetValue<long>()));
    }

    [Fact]
    public async Task The_default_page_holds_twenty_and_an_exact_last_page_ends_with_null()
    {
        await using var bed = await PaperTestBed.Create();
        for (var i = 0; i < 40; i++)
        {
            await bed.Trade(1m, 10m);
        }

        var first = await bed.Get("equity/history/orders");
        Assert.Equal(20, first["items"]!.AsArray().Count);
        var second = await bed.Get(first["nextPagePath"]!.GetValue<string>()["/api/v0/".Length..]);
        Assert.Equal(20, second["items"]!.AsArray().Count);
        Assert.Null(second["nextPagePath"]);
        Assert.True(second.AsObject().ContainsKey("nextPagePath"));
    }

    [Fact]
    public async Task The_ticker_filter_goes_on_in_the_next_page()
    {
        await using var bed = await PaperTestBed.Create(o => o with { NextPagePathHasPrefix = false });
        for (var i = 0; i < 3; i++)
        {
            await bed.Trade(1m, 10m);
            await bed.Trade(1m, 10m, "FB_US_EQ");
        }

        var first = await bed.Get("equity/history/orders?limit=2&ticker=FB_US_EQ");
        var path = first["nextPagePath"]!.GetValue<string>();
        Assert.StartsWith("/equity/history/orders?limit=2&cursor=", path, StringComparison.Ordinal);
        var second = await bed.Get(path[1..]);
        JsonNode[] all = [.. first["items"]!.AsArray()!, .. second["items"]!.AsArray()!];
        Assert.Equal(3, all.Length);
        Assert.All(all, i => Assert.Equal("FB_US_EQ", i["order"]!["ticker"]!.GetValue<string>()));
        Assert.Null(second["nextPagePath"]);
        Assert.Empty((await bed.Get("equity/history/orders?ticker=NOBODY"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_history_lag_hides_finished_orders_for_that_long()
    {
        await using var bed = await PaperTestBed.Create(o => o with { HistoryLag = TimeSpan.FromSeconds(3) });
        await bed.Trade(1m, 10m);
        Assert.Single((await bed.Get("equity/positions")).AsArray());
        bed.Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Empty((await bed.Get("equity/history/orders"))["items"]!.AsArray());
        bed.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Single((await bed.Get("equity/history/orders"))["items"]!.AsArray());
    }
}
