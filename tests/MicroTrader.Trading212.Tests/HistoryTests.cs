namespace MicroTrader.Trading212.Tests;

public sealed class HistoryTests
{
    private const string Item = """{"order":{"id":1,"ticker":"AXSM_US_EQ","side":"SELL","quantity":-1,"filledQuantity":-1,"status":"FILLED"},"fill":{"id":2,"type":"TRADE","quantity":1,"price":150.5,"filledAt":"2026-03-02T14:31:08.000Z","walletImpact":{"currency":"EUR","fxRate":1.08,"netValue":139.1,"realisedProfitLoss":1.25,"taxes":[{"name":"CURRENCY_CONVERSION_FEE","quantity":-0.21,"currency":"EUR"}]}}}""";

    [Theory]
    [InlineData("/api/v0/equity/history/orders?")]
    [InlineData("/equity/history/orders?")]
    [InlineData("equity/history/orders?")]
    [InlineData("/api/v0/equity/history/orders/?")]
    [InlineData("https://elsewhere.example/api/v0/equity/history/orders?")]
    [InlineData("?")]
    [InlineData("")]
    public async Task All_pages_are_read_whatever_form_the_next_page_path_has(string prefix)
    {
        await using RawServer server = RawServer.Of((request, connection) => connection.AnswerAsync(200, request.Target switch
        {
            "/api/v0/equity/history/orders?limit=2&ticker=AXSM_US_EQ" => $$"""{"items":[{{Item}},{{Item}}],"nextPagePath":"{{prefix}}limit=2&cursor=1760346100000"}""",
            "/api/v0/equity/history/orders?limit=2&cursor=1760346100000&ticker=AXSM_US_EQ" => $$"""{"items":[{{Item}}],"nextPagePath":null}""",
            _ => "unexpected " + request.Target,
        }));
        using Trading212Client client = new(server.Options());

        List<HistoricalOrder> items = [];
        await foreach (ReadResult<HistoryPage<HistoricalOrder>> result in client.GetOrderHistoryPagesAsync(new HistoryQuery { Limit = 2, Ticker = "AXSM_US_EQ" }))
            items.AddRange(Assert.IsType<ReadResult<HistoryPage<HistoricalOrder>>.Success>(result).Value.Items);

        Assert.Equal(3, items.Count);
        Assert.Equal(2, server.Requests.Count);
        HistoricalOrder item = items[0];
        Assert.Equal((-1m, -1m, 1m), (item.SignedFillQuantity, item.Order!.SignedQuantity, item.Order.AbsoluteFilledQuantity));
        Assert.Equal((1.08m, 139.1m, 1.25m), (item.Fill!.WalletImpact!.FxRate, item.Fill.WalletImpact.NetValue, item.Fill.WalletImpact.RealisedProfitLoss));
        Assert.Equal((TaxName.CurrencyConversionFee, -0.21m), (item.Fill.WalletImpact.Taxes![0].Name, item.Fill.WalletImpact.Taxes[0].Quantity));
    }

    [Fact]
    public async Task A_page_that_fails_ends_the_pages_and_is_handed_out()
    {
        int requests = 0;
        await using RawServer server = RawServer.Of((_, connection) => Interlocked.Increment(ref requests) == 1
            ? connection.AnswerAsync(200, $$"""{"items":[{{Item}}],"nextPagePath":"/api/v0/equity/history/orders?cursor=5"}""")
            : connection.AnswerAsync(429, ""));
        using Trading212Client client = new(server.Options());

        List<ReadResult<HistoryPage<HistoricalOrder>>> results = await client.GetOrderHistoryPagesAsync().ToListAsync();

        Assert.Equal(2, results.Count);
        Assert.Equal(ReadFailureKind.RateLimited, Assert.IsType<ReadResult<HistoryPage<HistoricalOrder>>.Failed>(results[1]).Kind);
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end_as_malformed()
    {
        await using RawServer server = RawServer.Of((request, connection) => connection.AnswerAsync(
            200, $$"""{"items":[],"nextPagePath":"/equity/history/orders?cursor={{(request.Target.EndsWith("cursor=5", StringComparison.Ordinal) ? 6 : 5)}}"}"""));
        using Trading212Client client = new(server.Options());

        List<ReadResult<HistoryPage<HistoricalOrder>>> results = await client.GetOrderHistoryPagesAsync().ToListAsync();

        Assert.Equal(ReadFailureKind.Malformed, Assert.IsType<ReadResult<HistoryPage<HistoricalOrder>>.Failed>(results[^1]).Kind);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"nextPagePath":null}""")]
    [InlineData("""{"items":[null]}""")]
    [InlineData("""{"items":[{}]}""")]
    [InlineData("""{"items":[],"nextPagePath":"/equity/history/orders?limit=50"}""")]
    [InlineData("""{"items":[],"nextPagePath":"/equity/history/dividends?cursor=5"}""")]
    [InlineData("""{"items":[],"nextPagePath":"/equity/history/orders?cursor="}""")]
    public async Task A_page_that_is_incomplete_is_malformed_and_never_empty(string body)
    {
        await using RawServer server = RawServer.Answering(200, body);
        using Trading212Client client = new(server.Options());

        Assert.Equal(ReadFailureKind.Malformed, Assert.IsType<ReadResult<HistoryPage<HistoricalOrder>>.Failed>(await client.GetOrderHistoryAsync()).Kind);
    }

    [Fact]
    public async Task An_empty_page_is_a_success()
    {
        await using RawServer server = RawServer.Answering(200, """{"items":[]}""");
        using Trading212Client client = new(server.Options());

        HistoryPage<HistoricalOrder> page = Assert.IsType<ReadResult<HistoryPage<HistoricalOrder>>.Success>(await client.GetOrderHistoryAsync()).Value;

        Assert.Empty(page.Items);
        Assert.True(page.IsLast);
        Assert.Null(page.NextCursor);
        Assert.Equal("/api/v0/equity/history/orders?limit=50", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task Dividends_and_transactions_are_read()
    {
        await using RawServer server = RawServer.Of((request, connection) => connection.AnswerAsync(
            200,
            request.Target.Contains("dividends", StringComparison.Ordinal)
                ? """{"items":[{"ticker":"AAPL_US_EQ","type":"ORDINARY","amount":0.5,"paidOn":"2026-02-01T00:00:00Z"}],"nextPagePath":null}"""
                : """{"items":[{"type":"DEPOSIT","amount":100,"currency":"EUR","dateTime":"2026-02-01T00:00:00Z","reference":"r"}],"nextPagePath":"limit=50&cursor=a%2Bb%3D&time=x"}"""));
        using Trading212Client client = new(server.Options());

        DividendItem dividend = Assert.IsType<ReadResult<HistoryPage<DividendItem>>.Success>(await client.GetDividendsAsync()).Value.Items[0];
        HistoryPage<TransactionItem> transactions = Assert.IsType<ReadResult<HistoryPage<TransactionItem>>.Success>(await client.GetTransactionsAsync()).Value;
        await client.GetTransactionsAsync(new HistoryQuery { Cursor = transactions.NextCursor });

        Assert.Equal(("ORDINARY", 0.5m), (dividend.Type, dividend.Amount));
        Assert.Equal((TransactionType.Deposit, 100m), (transactions.Items[0].Type, transactions.Items[0].Amount));
        Assert.Equal("/api/v0/equity/history/transactions?limit=50&cursor=a%2Bb%3D", server.Requests.Last().Target);
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetTransactionsAsync(new HistoryQuery { Ticker = "A" }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public void A_limit_out_of_range_is_refused(int limit) =>
        Assert.Contains($"is {limit}; allowed are 1 to 50", Assert.Throws<ArgumentOutOfRangeException>(() => new HistoryQuery { Limit = limit }).Message, StringComparison.Ordinal);
}
