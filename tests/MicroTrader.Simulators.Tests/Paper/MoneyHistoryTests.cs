using System.Globalization;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class MoneyHistoryTests
{
    private const string Ticker = PaperTestBed.Ticker;

    [Fact]
    public async Task The_starting_cash_is_the_first_deposit()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Currency = "EUR", StartingCash = 1_234.5m });
        var page = await bed.Get("equity/history/transactions");
        var item = page["items"]!.AsArray().Single()!;
        Assert.Equal("DEPOSIT", item["type"]!.GetValue<string>());
        Assert.Equal(1_234.5m, item["amount"]!.GetValue<decimal>());
        Assert.Equal("EUR", item["currency"]!.GetValue<string>());
        Assert.Equal("2026-03-02T15:00:00.000Z", item["dateTime"]!.GetValue<string>());
        Assert.False(string.IsNullOrEmpty(item["reference"]!.GetValue<string>()));
        Assert.Null(page["nextPagePath"]);
        Assert.True(page.AsObject().ContainsKey("nextPagePath"));
    }

    [Fact]
    public async Task An_account_without_starting_cash_has_no_deposit_and_no_dividends()
    {
        await using var bed = await PaperTestBed.Create(o => o with { StartingCash = 0m });
        const string empty = """{"items":[],"nextPagePath":null}""";
        Assert.Equal(empty, (await bed.Get("equity/history/transactions")).ToJsonString());
        Assert.Equal(empty, (await bed.Get("equity/history/dividends")).ToJsonString());
    }

    [Fact]
    public async Task Transactions_can_be_read_from_a_time()
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Single((await bed.Get("equity/history/transactions?time=2026-03-02T15:00:00Z"))["items"]!.AsArray());
        Assert.Empty((await bed.Get("equity/history/transactions?time=2026-03-02T15:00:01Z"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_dividend_is_paid_in_account_currency_for_the_shares_held()
    {
        await using var bed = await PaperTestBed.Create(o => o with { Currency = "GBP", FxRates = new Dictionary<string, decimal> { ["USD"] = 1.25m, ["EUR"] = 1.2m } });
        await bed.Trade(10m, 100m);
        var cash = bed.Broker.ReadLedger().Cash;
        bed.Broker.PayDividend(Ticker, 0.5m);
        bed.Broker.PayDividend("FB_US_EQ", 0.5m);

        var ledger = bed.Broker.ReadLedger();
        Assert.Equal(cash + 4m, ledger.Cash);
        var item = (await bed.Get("equity/history/dividends"))["items"]!.AsArray().Single()!;
        Assert.Equal(Ticker, item["ticker"]!.GetValue<string>());
        Assert.Equal(Ticker, item["instrument"]!["ticker"]!.GetValue<string>());
        Assert.Equal("ORDINARY", item["type"]!.GetValue<string>());
        Assert.Equal((4m, "GBP"), (item["amount"]!.GetValue<decimal>(), item["currency"]!.GetValue<string>()));
        Assert.Equal(4.8m, item["amountInEuro"]!.GetValue<decimal>());
        Assert.Equal((0.5m, "USD"), (item["grossAmountPerShare"]!.GetValue<decimal>(), item["tickerCurrency"]!.GetValue<string>()));
        Assert.Equal(10m, item["quantity"]!.GetValue<decimal>());

        await bed.Restart();
        Assert.Equivalent(ledger, bed.Broker.ReadLedger(), strict: true);
    }

    [Fact]
    public async Task Dividends_come_in_pages_newest_first_and_each_once_while_new_ones_arrive()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(1m, 100m);
        await bed.Trade(1m, 100m, "FB_US_EQ");
        for (var i = 1; i <= 7; i++)
        {
            bed.Broker.PayDividend(Ticker, i);
            bed.Broker.PayDividend("FB_US_EQ", i);
        }

        var seen = new List<decimal>();
        var path = $"equity/history/dividends?limit=3&ticker={Ticker}";
        while (path is not null)
        {
            var page = await bed.Get(path);
            seen.AddRange(page["items"]!.AsArray().Select(i => i!["amount"]!.GetValue<decimal>()));
            bed.Broker.PayDividend(Ticker, 100m + seen.Count);
            path = page["nextPagePath"]?.GetValue<string>()["/api/v0/".Length..];
        }

        Assert.Equal([7m, 6m, 5m, 4m, 3m, 2m, 1m], seen);
    }

    [Theory]
    [InlineData("dividends?limit=51")]
    [InlineData("dividends?cursor=x")]
    [InlineData("transactions?limit=0")]
    [InlineData("transactions?cursor=x")]
    [InlineData("transactions?time=yesterday")]
    public async Task A_bad_argument_is_400(string query)
    {
        await using var bed = await PaperTestBed.Create();
        using var response = await bed.Http.GetAsync("equity/history/" + query);
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_dividend_of_nothing_or_of_an_unknown_ticker_is_refused()
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Throws<ArgumentOutOfRangeException>(() => bed.Broker.PayDividend(Ticker, 0m));
        Assert.Contains("NOPE", Assert.Throws<ArgumentException>(() => bed.Broker.PayDividend("NOPE", 1m)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 3, 12, 25)]
    [InlineData(1.5, 3, 4.5, 66.66666667)]
    [InlineData(0.1, 3, 0.3, 1000)]
    public async Task A_split_keeps_the_cost_and_shows_the_added_shares_in_the_history(double factor, double held, double after, double average)
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade((decimal)held, 100m);
        bed.Broker.ApplySplit(Ticker, (decimal)factor);

        var ledger = bed.Broker.ReadLedger();
        var holding = Assert.Single(ledger.Holdings);
        Assert.Equal(((decimal)after, 300m, (decimal)average), (holding.Quantity, holding.TotalCost, holding.AveragePricePaid));
        var item = (await bed.Get("equity/history/orders"))["items"]![0]!;
        Assert.Equal("SYSTEM", item["order"]!["initiatedFrom"]!.GetValue<string>());
        Assert.Equal("FILLED", item["order"]!["status"]!.GetValue<string>());
        Assert.Equal(factor > 1 ? "BUY" : "SELL", item["order"]!["side"]!.GetValue<string>());
        Assert.Equal("STOCK_SPLIT", item["fill"]!["type"]!.GetValue<string>());
        Assert.Equal((decimal)after - (decimal)held, item["fill"]!["quantity"]!.GetValue<decimal>());
        Assert.Equal(0m, item["fill"]!["walletImpact"]!["netValue"]!.GetValue<decimal>());

        // Worth as much as before, until the feed has a price of the new shares.
        var position = (await bed.Get("equity/positions"))[0]!;
        Assert.InRange(position["walletImpact"]!["currentValue"]!.GetValue<decimal>(), 299.99m, 300.01m);
        await bed.Restart();
        Assert.Equivalent(ledger, bed.Broker.ReadLedger(), strict: true);
        Assert.InRange((await bed.Get("equity/positions"))[0]!["walletImpact"]!["currentValue"]!.GetValue<decimal>(), 299.99m, 300.01m);
    }

    [Fact]
    public async Task A_split_cancels_the_pending_orders_of_its_ticker_only()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(4m, 100m);
        bed.Broker.MoveToPie(Ticker, 1m);
        var sale = await bed.Limit(-2m, 150m);
        var other = await bed.Limit(1m, 50m, "DAY", "FB_US_EQ");
        bed.Broker.ApplySplit(Ticker, 2m);
        Assert.Equal(PaperOrderStatus.Cancelled, bed.Order(sale).Status);
        Assert.True(bed.Order(other).IsPending);
        var holding = Assert.Single(bed.Broker.ReadLedger().Holdings);
        Assert.Equal((8m, 2m), (holding.Quantity, holding.QuantityInPies));

        // The next order executes at the new shares' price.
        await bed.Place(-6m);
        Assert.Equal("/api-errors/selling-equity-not-owned", (await bed.Refused(-1m)).Type);
        bed.Settle();
        Assert.Equal(50m, bed.Broker.ReadLedger().Fills[^1].Price);
    }

    [Fact]
    public async Task A_reverse_split_that_leaves_nothing_is_a_loss()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(0.05m, 100m);
        bed.Broker.ApplySplit(Ticker, 0.001m);
        var ledger = bed.Broker.ReadLedger();
        Assert.Empty(ledger.Holdings);
        Assert.Equal((-5m, 99_995m), (ledger.RealisedProfitLoss, ledger.Cash));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("10001")]
    public async Task An_impossible_split_is_refused(string factor)
    {
        await using var bed = await PaperTestBed.Create();
        Assert.Throws<ArgumentOutOfRangeException>(() => bed.Broker.ApplySplit(Ticker, decimal.Parse(factor, CultureInfo.InvariantCulture)));
        Assert.Throws<ArgumentException>(() => bed.Broker.ApplySplit("NOPE", 2m));
    }
}
