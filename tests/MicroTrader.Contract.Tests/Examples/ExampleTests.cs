using System.Text.Json;
using MicroTrader.Trading212;
using Xunit.Abstractions;

namespace MicroTrader.Contract.Tests;

/// <summary>The client reads our recorded answers, wherever the tests run: without the description, without a network.</summary>
public class ExampleTests
{
    private static readonly Dictionary<string, (string Method, string Path)> Sources = new()
    {
        ["account-summary.json"] = ("GET", "/api/v0/equity/account/summary"),
        ["positions.json"] = ("GET", "/api/v0/equity/positions"),
        ["order-new.json"] = ("POST", "/api/v0/equity/orders/market"),
        ["order-filled.json"] = ("GET", "/api/v0/equity/orders/{id}"),
        ["orders-pending.json"] = ("GET", "/api/v0/equity/orders"),
        ["history-orders-first-page.json"] = ("GET", "/api/v0/equity/history/orders"),
        ["history-orders-second-page.json"] = ("GET", "/api/v0/equity/history/orders"),
        ["history-orders-last-page.json"] = ("GET", "/api/v0/equity/history/orders"),
        ["history-dividends.json"] = ("GET", "/api/v0/equity/history/dividends"),
        ["history-transactions.json"] = ("GET", "/api/v0/equity/history/transactions"),
        ["instruments.json"] = ("GET", "/api/v0/equity/metadata/instruments"),
        ["exchanges.json"] = ("GET", "/api/v0/equity/metadata/exchanges"),
    };

    private readonly ITestOutputHelper _output;

    public ExampleTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Every_example_but_the_quirks_keeps_the_schema_of_its_endpoint()
    {
        string[] plain = [.. Example.Names.Where(name => !name.StartsWith("quirk-", StringComparison.Ordinal) && name != "problems.json")];
        Assert.Equal(plain, Sources.Keys.Order(StringComparer.Ordinal));
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        SchemaValidator validator = new(api, SchemaRules.Answer);
        foreach (string name in plain)
        {
            (string method, string path) = Sources[name];
            ApiOperation operation = api.Operations.Single(operation => operation.Method == method && operation.Path == path);
            Assert.Equal((name, ""), (name, string.Join("; ", validator.Validate(Example.Text(name), operation.Responses[200]!))));
        }
    }

    [Fact]
    public async Task The_account_is_read_with_its_money()
    {
        AccountSummary account = await Example.ReadAsync("account-summary.json", client => client.GetAccountSummaryAsync());
        Assert.Equal((10_000_001, "EUR", 99_998.51m), (account.Id, account.Currency, account.TotalValue));
        Assert.Equal(new AccountCash { AvailableToTrade = 99_009.36m, ReservedForOrders = 102.15m, InPies = 0m }, account.Cash);
        Assert.Equal(new AccountInvestments { CurrentValue = 887m, TotalCost = 888.49m, RealizedProfitLoss = -1.74m, UnrealizedProfitLoss = -1.49m }, account.Investments);
    }

    [Fact]
    public async Task What_the_account_leaves_out_is_null_and_not_nought_and_what_it_adds_is_passed_over()
    {
        AccountSummary account = await Example.ReadAsync("quirk-account-missing-fields.json", client => client.GetAccountSummaryAsync());
        Assert.Equal(new AccountSummary { Id = 10_000_001, Currency = "USD" }, account);
    }

    [Fact]
    public async Task Positions_carry_their_ticker_in_the_instrument_and_null_where_the_venue_said_nothing()
    {
        IReadOnlyList<Position> positions = await Example.ReadAsync("positions.json", client => client.GetPositionsAsync());
        Assert.Equal(["AXSM_US_EQ", "DWAC_US_EQ"], positions.Select(position => position.Ticker));
        Position first = positions[0];
        Assert.Equal((7m, 5.5m, 1.5m, 101.5m, 100.05m), (first.Quantity, first.QuantityAvailableForTrading, first.QuantityInPies, first.CurrentPrice, first.AveragePricePaid));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 15, 0, 0, 150, TimeSpan.Zero), first.CreatedAt);
        Assert.Equal(new PositionWalletImpact { Currency = "EUR", TotalCost = 603.2m, CurrentValue = 611.03m, UnrealizedProfitLoss = 7.83m, FxImpact = 0m }, first.WalletImpact);
        Assert.Equal(new Instrument { Ticker = "AXSM_US_EQ", Name = "Axsome Therapeutics", Isin = "US05464T1043", Currency = "USD" }, first.Instrument);
        Assert.Equal((0.1234567m, null, null, null), (positions[1].Quantity, positions[1].QuantityAvailableForTrading, positions[1].CurrentPrice, positions[1].WalletImpact));
    }

    [Fact]
    public async Task An_accepted_order_is_new_and_has_an_id_beyond_32_bits()
    {
        PlaceOrderResult result = await Example.AnswerAsync(200, Example.Text("order-new.json"), client => client.PlaceMarketOrderAsync(new MarketOrderRequest("AXSM_US_EQ", 1.5m)));
        PlaceOrderResult.Placed placed = Assert.IsType<PlaceOrderResult.Placed>(result);
        Assert.Equal(54_250_294_524, placed.OrderId);
        Order order = placed.Order;
        Assert.Equal((OrderType.Market, OrderSide.Buy, OrderStatus.New, OrderStrategy.Quantity, InitiatedFrom.Api), (order.Type, order.Side, order.Status, order.Strategy, order.InitiatedFrom));
        Assert.Equal((1.5m, 0m, "USD", false), (order.Quantity, order.FilledQuantity, order.Currency, order.ExtendedHours));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 14, 31, 7, 123, TimeSpan.Zero), order.CreatedAt);
        Assert.False(order.IsFinal);
    }

    [Fact]
    public async Task An_order_that_is_answered_with_a_final_status_is_passed_on()
    {
        Order order = await Example.ReadAsync("order-filled.json", client => client.GetOrderAsync(54_250_294_524));
        Assert.True(order.IsFinal);
        Assert.Equal((OrderStatus.Filled, 1.5m, null), (order.Status, order.SignedFilledQuantity, order.TimeInForce));
    }

    [Fact]
    public async Task Pending_orders_of_every_type_are_read()
    {
        IReadOnlyList<Order> orders = await Example.ReadAsync("orders-pending.json", client => client.GetPendingOrdersAsync());
        Assert.Equal([OrderType.Limit, OrderType.StopLimit, OrderType.Market], orders.Select(order => order.Type!.Value));
        Assert.Equal([InitiatedFrom.Api, InitiatedFrom.Android, InitiatedFrom.Ios], orders.Select(order => order.InitiatedFrom!.Value));
        Assert.Equal((104.25m, null, -2m, -0.5m, TimeValidity.GoodTillCancel), (orders[0].LimitPrice, orders[0].StopPrice, orders[0].SignedQuantity, orders[0].SignedFilledQuantity, orders[0].TimeInForce));
        Assert.Equal((16.75m, 16.5m, OrderStatus.Confirmed, TimeValidity.Day), (orders[1].LimitPrice, orders[1].StopPrice, orders[1].Status, orders[1].TimeInForce));
        Assert.Equal((OrderStrategy.Value, 250m, 0m, null), (orders[2].Strategy, orders[2].Value, orders[2].FilledValue, orders[2].Quantity));
    }

    [Fact]
    public async Task A_sale_is_negative_whatever_sign_the_venue_sent()
    {
        IReadOnlyList<Order> orders = await Example.ReadAsync("quirk-orders-sell-signs.json", client => client.GetPendingOrdersAsync());
        Assert.Equal([-2m, -2m, -2m, 2m], orders.Select(order => order.SignedQuantity!.Value));
        Assert.Equal([-1m, -1m, -1m, 0m], orders.Select(order => order.SignedFilledQuantity!.Value));
        Assert.Equal([2m, 2m, 2m, 2m], orders.Select(order => order.AbsoluteQuantity!.Value));
        Assert.All(orders, order => Assert.Equal("AXSM_US_EQ", order.ResolvedTicker));
    }

    [Fact]
    public async Task A_word_that_the_client_does_not_know_is_unknown_and_the_rest_is_read()
    {
        Order order = Assert.Single(await Example.ReadAsync("quirk-orders-grown-enums.json", client => client.GetPendingOrdersAsync()));
        Assert.Equal(
            (OrderSide.Unknown, OrderType.Unknown, OrderStatus.Unknown, OrderStrategy.Unknown, TimeValidity.Unknown, InitiatedFrom.Unknown),
            (order.Side, order.Type, order.Status, order.Strategy, order.TimeInForce, order.InitiatedFrom));
        Assert.Equal((54_250_294_540, 1m, false), (order.Id, order.SignedQuantity, order.IsFinal));
    }

    [Fact]
    public async Task A_history_page_has_fills_fees_and_a_cancelled_order_without_a_fill()
    {
        HistoryPage<HistoricalOrder> page = await Example.ReadAsync("history-orders-first-page.json", client => client.GetOrderHistoryAsync());
        Assert.Equal((2, "1772463000000", false), (page.Items.Count, page.NextCursor, page.IsLast));
        Assert.Equal(OrderStatus.Cancelled, page.Items[0].Order!.Status);
        Assert.Null(page.Items[0].Fill);
        HistoricalOrder sale = page.Items[1];
        Assert.Equal((-3m, 101.45m, FillType.Trade, TradingMethod.Totv), (sale.SignedFillQuantity, sale.Fill!.Price, sale.Fill.Type, sale.Fill.TradingMethod));
        FillWalletImpact impact = sale.Fill.WalletImpact!;
        Assert.Equal(("EUR", 261.35m, 1.16279070m, 2.84m), (impact.Currency, impact.NetValue, impact.FxRate, impact.RealisedProfitLoss));
        Assert.Equal(new Tax { Name = TaxName.CurrencyConversionFee, Quantity = -0.39m, Currency = "EUR", ChargedAt = new DateTimeOffset(2026, 3, 2, 15, 5, 0, 150, TimeSpan.Zero) }, Assert.Single(impact.Taxes!));
    }

    [Fact]
    public async Task A_buy_has_no_realised_profit_and_a_next_page_may_lack_the_prefix()
    {
        HistoryPage<HistoricalOrder> page = await Example.ReadAsync("history-orders-second-page.json", client => client.GetOrderHistoryAsync());
        Assert.Equal("1771600000000", page.NextCursor);
        Assert.Null(page.Items[0].Fill!.WalletImpact!.RealisedProfitLoss);
        Assert.Equal((10m, 861.72m), (page.Items[0].SignedFillQuantity, page.Items[0].Fill!.WalletImpact!.NetValue));
        Assert.Equal((FillType.StockSplit, InitiatedFrom.Web, null), (page.Items[1].Fill!.Type, page.Items[1].Order!.InitiatedFrom, page.Items[1].Fill!.WalletImpact));
    }

    [Fact]
    public async Task An_empty_last_page_is_the_end_and_no_failure()
    {
        HistoryPage<HistoricalOrder> page = await Example.ReadAsync("history-orders-last-page.json", client => client.GetOrderHistoryAsync());
        Assert.Equal((0, null, true), (page.Items.Count, page.NextCursor, page.IsLast));
    }

    [Fact]
    public async Task A_positive_sale_is_negative_and_a_corporate_action_of_tomorrow_keeps_its_sign()
    {
        HistoryPage<HistoricalOrder> page = await Example.ReadAsync("quirk-history-positive-sell.json", client => client.GetOrderHistoryAsync());
        Assert.True(page.IsLast);
        Assert.Equal(-3m, page.Items[0].SignedFillQuantity);
        HistoricalOrder action = page.Items[1];
        Assert.Equal((FillType.Unknown, TradingMethod.Unknown, -2m), (action.Fill!.Type, action.Fill.TradingMethod, action.SignedFillQuantity));
        Assert.Equal(TaxName.Unknown, Assert.Single(action.Fill.WalletImpact!.Taxes!).Name);
        Assert.Equal(new DateTimeOffset(2026, 2, 28, 22, 0, 0, TimeSpan.Zero), action.Fill.FilledAt);
    }

    [Fact]
    public async Task A_dividend_is_read_in_all_its_currencies()
    {
        HistoryPage<DividendItem> page = await Example.ReadAsync("history-dividends.json", client => client.GetDividendsAsync());
        DividendItem item = Assert.Single(page.Items);
        Assert.Equal(("AAPL_US_EQ", "ORDINARY", 12.5m, 2.43m, "EUR"), (item.Ticker, item.Type, item.Quantity, item.Amount, item.Currency));
        Assert.Equal((2.43m, 0.26m, "USD", "div-2026-02-13-1"), (item.AmountInEuro, item.GrossAmountPerShare, item.TickerCurrency, item.Reference));
        Assert.Equal(new DateTimeOffset(2026, 2, 13, 9, 0, 0, TimeSpan.Zero), item.PaidOn);
        Assert.True(page.IsLast);
    }

    [Fact]
    public async Task Transactions_are_read_and_their_cursor_is_text()
    {
        HistoryPage<TransactionItem> page = await Example.ReadAsync("history-transactions.json", client => client.GetTransactionsAsync());
        Assert.Equal([(TransactionType.Withdraw, -50m), (TransactionType.Deposit, 1000m)], page.Items.Select(item => (item.Type!.Value, item.Amount!.Value)));
        Assert.Equal(("tx-1", "tx-2"), (page.NextCursor, page.Items[0].Reference));
    }

    [Fact]
    public async Task Instruments_are_read_with_the_symbol_beside_the_venues_own_ticker()
    {
        IReadOnlyList<TradableInstrument> instruments = await Example.ReadAsync("instruments.json", client => client.GetInstrumentsAsync());
        Assert.Equal([("AXSM_US_EQ", "AXSM"), ("DWAC_US_EQ", "DJT"), ("METAl_EQ", "META")], instruments.Select(instrument => (instrument.Ticker!, instrument.ShortName!)));
        Assert.Equal((InstrumentType.Stock, 28_390m, true, 1, "USD"), (instruments[0].Type, instruments[0].MaxOpenQuantity, instruments[0].ExtendedHours, instruments[0].WorkingScheduleId, instruments[0].CurrencyCode));
        Assert.Equal(new DateTimeOffset(2018, 7, 12, 4, 10, 14, TimeSpan.Zero), instruments[0].AddedOn);
        Assert.Equal(InstrumentType.Etf, instruments[2].Type);
    }

    [Fact]
    public async Task Exchanges_are_read_also_where_a_schedule_is_missing()
    {
        IReadOnlyList<Exchange> exchanges = await Example.ReadAsync("exchanges.json", client => client.GetExchangesAsync());
        IReadOnlyList<TimeEvent> events = Assert.Single(exchanges[0].WorkingSchedules!).TimeEvents!;
        Assert.Equal(
            [TimeEventType.PreMarketOpen, TimeEventType.Open, TimeEventType.Close, TimeEventType.AfterHoursOpen, TimeEventType.AfterHoursClose, TimeEventType.OvernightOpen],
            events.Select(moment => moment.Type!.Value));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 14, 30, 0, TimeSpan.Zero), events[1].Date);
        Assert.Null(exchanges[1].WorkingSchedules);
    }

    [Fact]
    public async Task Every_refusal_gets_its_reason_and_every_reason_has_an_example()
    {
        using JsonDocument problems = JsonDocument.Parse(Example.Text("problems.json"));
        HashSet<ProblemReason> seen = [];
        foreach (JsonElement problem in problems.RootElement.EnumerateArray())
        {
            JsonElement body = problem.GetProperty("body");
            int status = problem.GetProperty("status").GetInt32();
            string text = body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();
            PlaceOrderResult result = await Example.AnswerAsync(status, text, client => client.PlaceMarketOrderAsync(new MarketOrderRequest("AXSM_US_EQ", 1m)));
            PlaceOrderResult.Rejected rejected = Assert.IsType<PlaceOrderResult.Rejected>(result);
            Assert.Equal((problem.GetProperty("reason").GetString(), text), (rejected.Problem.Reason.ToString(), text));
            Assert.Equal(status, rejected.Problem.Status);
            Assert.NotEmpty(rejected.Problem.Title);
            seen.Add(rejected.Problem.Reason);
        }

        Assert.Equal(Enum.GetValues<ProblemReason>().Order(), seen.Order());
    }
}
