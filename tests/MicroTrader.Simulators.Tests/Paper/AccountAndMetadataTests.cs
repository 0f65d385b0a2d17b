using System.Net;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class AccountAndMetadataTests
{
    [Fact]
    public async Task The_summary_adds_up_cash_reservations_and_investments()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(10m, 100m);
        await bed.Place(10m);
        bed.Broker.PutPrice(PaperTestBed.Ticker, 110m);

        var summary = await bed.Get("equity/account/summary");
        Assert.Equal(10_000_001, summary["id"]!.GetValue<long>());
        Assert.Equal("USD", summary["currency"]!.GetValue<string>());
        Assert.Equal(1_020m, summary["cash"]!["reservedForOrders"]!.GetValue<decimal>());
        Assert.Equal(97_980m, summary["cash"]!["availableToTrade"]!.GetValue<decimal>());
        Assert.Equal(1_100m, summary["investments"]!["currentValue"]!.GetValue<decimal>());
        Assert.Equal(1_000m, summary["investments"]!["totalCost"]!.GetValue<decimal>());
        Assert.Equal(100m, summary["investments"]!["unrealizedProfitLoss"]!.GetValue<decimal>());
        Assert.Equal(0m, summary["investments"]!["realizedProfitLoss"]!.GetValue<decimal>());
        Assert.Equal(100_100m, summary["totalValue"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Positions_carry_the_ticker_in_the_instrument_and_can_be_filtered()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(3m, 100m);
        await bed.Trade(1m, 20m, "DWAC_US_EQ");
        await bed.Trade(1m, 104m);
        await bed.Place(-1m);
        bed.Broker.MoveToPie(PaperTestBed.Ticker, 0.5m);

        Assert.Equal(2, (await bed.Get("equity/positions")).AsArray().Count);
        var position = (await bed.Get("equity/positions?ticker=AXSM_US_EQ&whatever=1")).AsArray().Single()!;
        Assert.False(position.AsObject().ContainsKey("ticker"));
        Assert.Equal("AXSM_US_EQ", position["instrument"]!["ticker"]!.GetValue<string>());
        Assert.Equal(4m, position["quantity"]!.GetValue<decimal>());
        Assert.Equal(2.5m, position["quantityAvailableForTrading"]!.GetValue<decimal>());
        Assert.Equal(0.5m, position["quantityInPies"]!.GetValue<decimal>());
        Assert.Equal(101m, position["averagePricePaid"]!.GetValue<decimal>());
        Assert.Equal(104m, position["currentPrice"]!.GetValue<decimal>());
        Assert.Equal(404m, position["walletImpact"]!["totalCost"]!.GetValue<decimal>());
        Assert.Equal(416m, position["walletImpact"]!["currentValue"]!.GetValue<decimal>());
        Assert.Equal(12m, position["walletImpact"]!["unrealizedProfitLoss"]!.GetValue<decimal>());
        Assert.Empty((await bed.Get("equity/positions?ticker=MSFT_US_EQ")).AsArray());
    }

    [Fact]
    public async Task Instruments_carry_the_real_odd_tickers_and_an_ambiguous_name()
    {
        await using var bed = await PaperTestBed.Create();
        var instruments = (await bed.Get("equity/metadata/instruments")).AsArray();
        string[] Tickers(string shortName) => [.. instruments.Where(i => i!["shortName"]!.GetValue<string>() == shortName).Select(i => i!["ticker"]!.GetValue<string>())];

        Assert.Equal(["DWAC_US_EQ"], Tickers("DJT"));
        Assert.Equal(["IKNX_US_EQ"], Tickers("WULF"));
        Assert.Equal(["HUTMF_US_EQ", "HUT_CA_EQ"], Tickers("HUT"));
        Assert.Equal(["FB_US_EQ", "METAl_EQ", "METAm_EQ"], Tickers("META"));
        var first = instruments[0]!;
        Assert.Equal("USD", first["currencyCode"]!.GetValue<string>());
        Assert.Equal("STOCK", first["type"]!.GetValue<string>());
        Assert.Equal(28_390m, first["maxOpenQuantity"]!.GetValue<decimal>());
        Assert.True(first["extendedHours"]!.GetValue<bool>());
        Assert.NotNull(first["addedOn"]);
    }

    [Fact]
    public async Task The_schedule_of_the_instruments_is_among_the_exchanges()
    {
        await using var bed = await PaperTestBed.Create();
        var id = (await bed.Get("equity/metadata/instruments"))[0]!["workingScheduleId"]!.GetValue<long>();
        var exchange = (await bed.Get("equity/metadata/exchanges")).AsArray().Single()!;
        var schedule = exchange["workingSchedules"]!.AsArray().Single(s => s!["id"]!.GetValue<long>() == id)!;
        var events = schedule["timeEvents"]!.AsArray();
        Assert.All(events, e => Assert.Equal("OPEN", e!["type"]!.GetValue<string>()));
        Assert.Contains(events, e => e!["date"]!.GetValue<DateTimeOffset>() <= PaperTestBed.Start);
    }

    [Fact]
    public async Task A_schedule_with_sessions_names_opens_and_closes()
    {
        var open = PaperTestBed.Start.AddHours(1);
        await using var bed = await PaperTestBed.Create(o => o with { Sessions = [new PaperSession(open, open.AddHours(2))] });
        var events = (await bed.Get("equity/metadata/exchanges"))[0]!["workingSchedules"]![0]!["timeEvents"]!.AsArray();
        Assert.Equal(["OPEN", "CLOSE"], events.Select(e => e!["type"]!.GetValue<string>()));
        Assert.Equal(open, events[0]!["date"]!.GetValue<DateTimeOffset>());
    }

    [Theory]
    [InlineData("DJT", "DWAC_US_EQ")]
    [InlineData("meta", "FB_US_EQ")]
    [InlineData("SPY", "SPY_US_EQ")]
    [InlineData("BRK.B", "BRK_B_US_EQ")]
    [InlineData("ZZZQ", "ZZZQ_US_EQ")]
    public void A_symbol_of_a_recording_finds_or_makes_its_instrument(string symbol, string ticker) =>
        Assert.Equal(ticker, PaperInstrument.ForSymbol(symbol).Ticker);

    [Fact]
    public void A_symbol_with_a_foreign_character_is_refused() =>
        Assert.Contains("'A B'", Assert.Throws<ArgumentException>(() => PaperInstrument.ForSymbol("A B")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_account_in_another_currency_pays_the_conversion_fee_and_sees_the_rate()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Currency = "EUR", FxRates = new Dictionary<string, decimal> { ["USD"] = 1.25m } });
        await bed.Trade(10m, 100m);
        await bed.Trade(-10m, 110m);

        var items = (await bed.Get("equity/history/orders"))["items"]!;
        var buy = items[1]!["fill"]!["walletImpact"]!;
        Assert.Equal("EUR", buy["currency"]!.GetValue<string>());
        Assert.Equal(1.25m, buy["fxRate"]!.GetValue<decimal>());
        Assert.Equal(801.20m, buy["netValue"]!.GetValue<decimal>());
        var tax = buy["taxes"]!.AsArray().Single()!;
        Assert.Equal("CURRENCY_CONVERSION_FEE", tax["name"]!.GetValue<string>());
        Assert.Equal(-1.20m, tax["quantity"]!.GetValue<decimal>());
        Assert.Equal("EUR", tax["currency"]!.GetValue<string>());
        var sale = items[0]!["fill"]!["walletImpact"]!;
        Assert.Equal(878.68m, sale["netValue"]!.GetValue<decimal>());
        Assert.Equal(77.48m, sale["realisedProfitLoss"]!.GetValue<decimal>());
        Assert.Equal(100_077.48m, bed.Broker.ReadLedger().Cash);
    }

    [Fact]
    public async Task Pence_in_an_account_of_pounds_cost_no_conversion()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Currency = "GBP" });
        await bed.Trade(100m, 85m, "VODl_EQ");
        var fill = Assert.Single(bed.Broker.ReadLedger().Fills);
        Assert.Equal((100m, 85m, 0m), (fill.FxRate, fill.NetValue, fill.ConversionFee));
    }

    [Fact]
    public async Task The_date_header_follows_the_virtual_clock()
    {
        await using var bed = await PaperTestBed.Create();
        using var first = await bed.Http.GetAsync("equity/orders");
        bed.Clock.Advance(TimeSpan.FromDays(400));
        using var second = await bed.Http.GetAsync("equity/orders");
        using var problem = await bed.Http.GetAsync("equity/nothing");

        Assert.Equal(PaperTestBed.Start, first.Headers.Date);
        Assert.Equal(PaperTestBed.Start.AddDays(400), second.Headers.Date);
        Assert.Equal(PaperTestBed.Start.AddDays(400), problem.Headers.Date);
        Assert.Equal(HttpStatusCode.NotFound, problem.StatusCode);
    }
}
