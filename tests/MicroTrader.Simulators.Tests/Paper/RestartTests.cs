using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class RestartTests
{
    private const string Ticker = PaperTestBed.Ticker;

    [Fact]
    public async Task A_restart_on_the_same_file_keeps_cash_holdings_pending_orders_history_and_the_next_number()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Currency = "EUR" });
        await bed.Trade(3m, 100m);
        await bed.Trade(-1m, 104m);
        bed.Broker.MoveToPie(Ticker, 0.25m);
        bed.Broker.Faults.NextOrder(PaperFate.PartialThenCancelled(0.5m) with { ExtraDelay = TimeSpan.FromMinutes(1) });
        var pending = await bed.Place(1m);
        var ledger = bed.Broker.ReadLedger();
        var history = (await bed.Get("equity/history/orders")).ToJsonString();
        var orders = (await bed.Get("equity/orders")).ToJsonString();

        await bed.Restart();

        var after = bed.Broker.ReadLedger();
        Assert.Equivalent(ledger, after, strict: true);
        Assert.Equal(history, (await bed.Get("equity/history/orders")).ToJsonString());
        Assert.Equal(orders, (await bed.Get("equity/orders")).ToJsonString());
        Assert.Equal(pending + 1, await bed.Place(1m));
    }

    [Fact]
    public async Task What_was_answered_survives_a_kill_and_a_pending_order_is_filled_after_it()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(2m, 100m);
        var id = await bed.Place(-2m);
        bed.Broker.PlaceByPerson("FB_US_EQ", 1m);

        // The disk as a kill -9 leaves it at this instant: the broker is still running and has closed nothing.
        var image = Path.Combine(bed.Folder, "after-the-kill");
        Directory.CreateDirectory(image);
        foreach (var file in Directory.GetFiles(bed.Folder, "paper.db*"))
        {
            File.Copy(file, Path.Combine(image, Path.GetFileName(file)));
        }

        await using var revived = await PaperBroker.StartAsync(bed.Options with { DatabasePath = Path.Combine(image, "paper.db") });
        Assert.Equivalent(bed.Broker.ReadLedger(), revived.ReadLedger(), strict: true);

        // Due long ago, but no price is known yet: a price from before the kill must not execute anything.
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Single(revived.ReadLedger().Fills);
        revived.PutPrice(Ticker, 90m);

        var fill = revived.ReadLedger().Fills[^1];
        Assert.Equal((id, -2m, 90m, -20m), (fill.OrderId, fill.Quantity, fill.Price, fill.RealisedProfitLoss));
        Assert.Equal(99_980m, revived.ReadLedger().Cash);
        Assert.Equal("FB_US_EQ", Assert.Single(revived.ReadLedger().Orders, o => o.IsPending).Ticker);
    }

    [Fact]
    public async Task A_fate_that_was_decided_before_the_restart_still_comes_true()
    {
        await using var bed = await PaperTestBed.Create();
        bed.Broker.Faults.NextOrder(PaperFate.Rejected);
        await bed.Place(1m);
        await bed.Restart();
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("REJECTED", (await bed.Get("equity/history/orders"))["items"]![0]!["order"]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_holding_is_valued_at_its_last_fill_until_a_price_arrives()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(1m, 100m);
        await bed.Restart();
        Assert.Equal(100m, (await bed.Get("equity/positions"))[0]!["currentPrice"]!.GetValue<decimal>());
        bed.Broker.PutPrice(Ticker, 90m);
        Assert.Equal(90m, (await bed.Get("equity/positions"))[0]!["currentPrice"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task An_instrument_that_is_no_longer_offered_is_still_shown_and_its_order_is_rejected()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(1m, 100m);
        await bed.Place(1m);
        await bed.Restart(bed.Options with { Instruments = [PaperInstrument.ForSymbol("MSFT")] });
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Ticker, (await bed.Get("equity/positions"))[0]!["instrument"]!["ticker"]!.GetValue<string>());
        Assert.Equal("REJECTED", (await bed.Get("equity/history/orders"))["items"]![0]!["order"]!["status"]!.GetValue<string>());
    }
}
