using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;

namespace MicroTrader.Contract.Tests;

/// <summary>Limit, stop and stop-limit orders, cancellations, dividends and splits: the real client against the real paper broker.</summary>
public class WaitingOrderTests
{
    [Fact]
    public async Task A_limit_order_waits_and_fills_at_its_price_or_better()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        Order placed = Placed(await client.PlaceLimitOrderAsync(new LimitOrderRequest(PaperBed.Ticker, 2m, 95m, TimeValidity.GoodTillCancel)));
        Assert.Equal((OrderType.Limit, OrderStatus.New, 95m, null, TimeValidity.GoodTillCancel), (placed.Type, placed.Status, placed.LimitPrice, placed.StopPrice, placed.TimeInForce));
        bed.PassFillDelay();
        Assert.Equal(placed, Value(await client.GetOrderAsync(placed.Id!.Value)));
        Put(bed, 95.01m);
        Assert.Single(Value(await client.GetPendingOrdersAsync()));
        Put(bed, 94m);
        Assert.Equal((2m, 94m), await FillAsync(client, placed));
    }

    [Fact]
    public async Task A_stop_order_becomes_a_market_order_at_its_price()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        Placed(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 3m)));
        bed.PassFillDelay();
        Order placed = Placed(await client.PlaceStopOrderAsync(new StopOrderRequest(PaperBed.Ticker, -3m, 98m, TimeValidity.Day)));
        Assert.Equal((OrderType.Stop, OrderSide.Sell, null, 98m, TimeValidity.Day), (placed.Type, placed.Side, placed.LimitPrice, placed.StopPrice, placed.TimeInForce));
        Assert.Equal((3m, 0m), (Assert.Single(Value(await client.GetPositionsAsync())).Quantity, Assert.Single(Value(await client.GetPositionsAsync())).QuantityAvailableForTrading));
        bed.PassFillDelay();
        Put(bed, 98.01m);
        Assert.Single(Value(await client.GetPendingOrdersAsync()));
        Put(bed, 97m);
        Assert.Equal((-3m, 97m), await FillAsync(client, placed));
        Assert.Empty(Value(await client.GetPositionsAsync()));
    }

    [Fact]
    public async Task A_stop_limit_order_that_the_price_ran_past_waits_for_it_to_come_back()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        Order placed = Placed(await client.PlaceStopLimitOrderAsync(new StopLimitOrderRequest(PaperBed.Ticker, 1m, 105m, 106m, TimeValidity.GoodTillCancel)));
        Assert.Equal((OrderType.StopLimit, 106m, 105m), (placed.Type, placed.LimitPrice, placed.StopPrice));
        bed.PassFillDelay();
        Put(bed, 108m);
        Assert.Single(Value(await client.GetPendingOrdersAsync()));
        Put(bed, 105.5m);
        Assert.Equal((1m, 105.5m), await FillAsync(client, placed));
    }

    [Fact]
    public async Task A_cancellation_that_lost_the_race_leaves_a_filled_order()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { CancelDelay = TimeSpan.FromSeconds(1) });
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        Order placed = Placed(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 1m)));
        Assert.IsType<CancelOrderResult.Accepted>(await client.CancelOrderAsync(placed.Id!.Value));
        Order cancelling = Value(await client.GetOrderAsync(placed.Id.Value));
        Assert.Equal((OrderStatus.Cancelling, false), (cancelling.Status, cancelling.IsFinal));
        bed.PassFillDelay();
        Assert.Equal((1m, 100m), await FillAsync(client, placed));
    }

    [Theory]
    [InlineData("-1", ProblemReason.SellingEquityNotOwned)]
    [InlineData("2000", ProblemReason.InsufficientFreeForStocksBuy)]
    [InlineData("1.00001", ProblemReason.InvalidQuantityPrecision)]
    [InlineData("0.001", ProblemReason.MinOpenedPositionExceeded)]
    public async Task A_refused_waiting_order_gets_the_reason_too(string shares, ProblemReason reason)
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        decimal quantity = decimal.Parse(shares, System.Globalization.CultureInfo.InvariantCulture);
        PlaceOrderResult[] results =
        [
            await client.PlaceLimitOrderAsync(new LimitOrderRequest(PaperBed.Ticker, quantity, 99m, TimeValidity.Day)),
            await client.PlaceStopOrderAsync(new StopOrderRequest(PaperBed.Ticker, quantity, 101m, TimeValidity.Day)),
            await client.PlaceStopLimitOrderAsync(new StopLimitOrderRequest(PaperBed.Ticker, quantity, 101m, 102m, TimeValidity.Day)),
        ];
        Assert.All(results, result => Assert.Equal(reason, Assert.IsType<PlaceOrderResult.Rejected>(result).Problem.Reason));
        Assert.Empty(bed.Broker.ReadLedger().Orders);
    }

    [Fact]
    public async Task A_dividend_a_deposit_and_a_split_are_where_the_client_looks_for_them()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { Currency = "EUR", StartingCash = 5_000m, FxRates = new Dictionary<string, decimal> { ["USD"] = 1.25m } });
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        Placed(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 10m)));
        bed.PassFillDelay();
        bed.Broker.PayDividend(PaperBed.Ticker, 0.5m);
        bed.Broker.ApplySplit(PaperBed.Ticker, 4m);

        DividendItem dividend = Assert.Single(Value(await client.GetDividendsAsync()).Items);
        Assert.Equal((PaperBed.Ticker, 10m, 0.5m, "USD", 4m, "EUR"), (dividend.Ticker, dividend.Quantity, dividend.GrossAmountPerShare, dividend.TickerCurrency, dividend.Amount, dividend.Currency));
        TransactionItem deposit = Assert.Single(Value(await client.GetTransactionsAsync()).Items);
        Assert.Equal((TransactionType.Deposit, 5_000m, "EUR"), (deposit.Type, deposit.Amount, deposit.Currency));
        Position position = Assert.Single(Value(await client.GetPositionsAsync()));
        Assert.Equal((40m, 25m, 25m), (position.Quantity, position.AveragePricePaid, position.CurrentPrice));
        HistoricalOrder split = Value(await client.GetOrderHistoryAsync()).Items[0];
        Assert.Equal((FillType.StockSplit, 30m, InitiatedFrom.System), (split.Fill!.Type, split.SignedFillQuantity, split.Order!.InitiatedFrom));
    }

    [Fact]
    public async Task Two_accounts_of_one_broker_know_nothing_of_each_other()
    {
        PaperAccountOptions first = new() { ApiKey = "first", ApiSecret = "one", AccountId = 11 };
        PaperAccountOptions second = new() { ApiKey = "second", ApiSecret = "two", AccountId = 22, Currency = "EUR" };
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { Accounts = [first, second], EnforceRateLimits = true });
        using Trading212Client one = bed.Client(options => options with { ApiKey = "first", ApiSecret = "one" });
        using Trading212Client two = bed.Client(options => options with { ApiKey = "second", ApiSecret = "two" });
        using Trading212Client mixed = bed.Client(options => options with { ApiKey = "first", ApiSecret = "two" });
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        Order order = Placed(await one.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 1m)));
        Assert.Single(Value(await one.GetPendingOrdersAsync()));
        Assert.Empty(Value(await two.GetPendingOrdersAsync()));
        Assert.IsType<ReadResult<Order>.NotFound>(await two.GetOrderAsync(order.Id!.Value));
        Assert.IsType<CancelOrderResult.NotFound>(await two.CancelOrderAsync(order.Id.Value));
        AccountSummary mine = Value(await one.GetAccountSummaryAsync());
        AccountSummary theirs = Value(await two.GetAccountSummaryAsync());
        Assert.Equal((11, "USD", 22, "EUR"), (mine.Id, mine.Currency, theirs.Id, theirs.Currency));
        Assert.Equal(ReadFailureKind.Unauthorized, Assert.IsType<ReadResult<AccountSummary>.Failed>(await mixed.GetAccountSummaryAsync()).Kind);
    }

    private static void Put(PaperBed bed, decimal price)
    {
        bed.Broker.PutPrice(PaperBed.Ticker, price);
        bed.PassFillDelay();
    }

    private static async Task<(decimal Quantity, decimal Price)> FillAsync(Trading212Client client, Order order)
    {
        HistoricalOrder item = Value(await client.GetOrderHistoryAsync()).Items.Single(item => item.Order!.Id == order.Id);
        Assert.Equal(OrderStatus.Filled, item.Order!.Status);
        Assert.Equal((order.LimitPrice, order.StopPrice, order.TimeInForce), (item.Order.LimitPrice, item.Order.StopPrice, item.Order.TimeInForce));
        return (item.SignedFillQuantity!.Value, item.Fill!.Price!.Value);
    }

    private static Order Placed(PlaceOrderResult result) => Assert.IsType<PlaceOrderResult.Placed>(result).Order;

    private static T Value<T>(ReadResult<T> result) => Assert.IsType<ReadResult<T>.Success>(result).Value;
}
