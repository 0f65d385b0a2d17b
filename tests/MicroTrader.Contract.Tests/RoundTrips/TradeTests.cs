using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;

namespace MicroTrader.Contract.Tests;

/// <summary>The real client and the real paper broker over HTTP, through a whole trade.</summary>
public class TradeTests
{
    [Fact]
    public async Task Bought_polled_held_sold_and_settled_the_profit_is_the_same_in_every_answer()
    {
        // Euros buy dollars here, so that the exchange rate and the conversion fee are in every figure.
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { Currency = "EUR", FxRates = new Dictionary<string, decimal> { ["USD"] = 1.25m }, SpreadPercent = 0.2m });
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);

        PlaceOrderResult.Placed bought = await PlaceAsync(client, 10m);
        Assert.Equal((OrderStatus.New, 0m, OrderSide.Buy, InitiatedFrom.Api), (bought.Order.Status, bought.Order.FilledQuantity, bought.Order.Side, bought.Order.InitiatedFrom));
        Order pending = Value(await client.GetOrderAsync(bought.OrderId));
        Assert.Equal((bought.OrderId, OrderStatus.New), (pending.Id, pending.Status));
        Assert.Equal(bought.OrderId, Assert.Single(Value(await client.GetPendingOrdersAsync())).Id);
        Assert.Empty(Value(await client.GetPositionsAsync()));
        Assert.True(Value(await client.GetAccountSummaryAsync()).Cash!.ReservedForOrders > 800m);

        bed.PassFillDelay();
        Assert.IsType<ReadResult<Order>.NotFound>(await client.GetOrderAsync(bought.OrderId));
        Position position = Assert.Single(Value(await client.GetPositionsAsync(PaperBed.Ticker)));
        // 100 and half of the spread; 10 x 100.1 / 1.25 = 800.80, and 0.15 % of it.
        Assert.Equal((PaperBed.Ticker, 10m, 10m, 100.1m), (position.Ticker, position.Quantity, position.QuantityAvailableForTrading, position.AveragePricePaid));
        Assert.Equal(802.00m, position.WalletImpact!.TotalCost);

        bed.Broker.PutPrice(PaperBed.Ticker, 103m);
        PlaceOrderResult.Placed sold = await PlaceAsync(client, -10m);
        Assert.Equal(OrderSide.Sell, sold.Order.Side);
        Assert.Equal(0m, Assert.Single(Value(await client.GetPositionsAsync())).QuantityAvailableForTrading);
        bed.PassFillDelay();
        Assert.Empty(Value(await client.GetPositionsAsync()));

        HistoryPage<HistoricalOrder> history = Value(await client.GetOrderHistoryAsync(new HistoryQuery { Ticker = PaperBed.Ticker }));
        Assert.True(history.IsLast);
        Assert.Equal([sold.OrderId, bought.OrderId], history.Items.Select(item => item.Order!.Id!.Value));
        Assert.All(history.Items, item => Assert.True(item.Order!.IsFinal));
        Assert.Equal([-10m, 10m], history.Items.Select(item => item.SignedFillQuantity!.Value));
        Assert.Equal([102.897m, 100.1m], history.Items.Select(item => item.Fill!.Price!.Value));
        FillWalletImpact sale = history.Items[0].Fill!.WalletImpact!;
        // 10 x 102.897 / 1.25 = 823.18 (rounded), less 0.15 %: 1.23; and less what the shares cost.
        Assert.Equal(("EUR", 1.25m, 821.95m, 19.95m), (sale.Currency, sale.FxRate, sale.NetValue, sale.RealisedProfitLoss));
        Assert.Equal((TaxName.CurrencyConversionFee, -1.23m), (sale.Taxes!.Single().Name, sale.Taxes!.Single().Quantity));
        Assert.Null(history.Items[1].Fill!.WalletImpact!.RealisedProfitLoss);

        AccountSummary account = Value(await client.GetAccountSummaryAsync());
        Assert.Equal((100_019.95m, 100_019.95m, 19.95m), (account.TotalValue, account.Cash!.AvailableToTrade, account.Investments!.RealizedProfitLoss));
        Assert.Equal((0m, 0m, 0m), (account.Cash.ReservedForOrders, account.Investments.TotalCost, account.Investments.UnrealizedProfitLoss));
    }

    [Fact]
    public async Task A_cancelled_order_leaves_the_pending_ones_and_comes_without_a_fill()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        long id = (await PlaceAsync(client, 1m)).OrderId;
        Assert.IsType<CancelOrderResult.Accepted>(await client.CancelOrderAsync(id));
        Assert.IsType<CancelOrderResult.NotFound>(await client.CancelOrderAsync(id));
        HistoricalOrder item = Assert.Single(Value(await client.GetOrderHistoryAsync()).Items);
        Assert.Equal((id, OrderStatus.Cancelled, null), (item.Order!.Id, item.Order.Status, item.Fill));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_page_is_read_with_and_without_the_prefix_and_new_orders_do_not_disturb_it(bool prefix)
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { NextPagePathHasPrefix = prefix });
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        List<long> placed = [];
        for (int i = 0; i < 11; i++)
            placed.Add(await TradeAsync());
        List<long> read = [];
        int pages = 0;
        await foreach (ReadResult<HistoryPage<HistoricalOrder>> page in client.GetOrderHistoryPagesAsync(new HistoryQuery { Limit = 3 }))
        {
            read.AddRange(Value(page).Items.Select(item => item.Order!.Id!.Value));
            pages++;
            await TradeAsync();
        }

        Assert.Equal(4, pages);
        Assert.Equal(placed.AsEnumerable().Reverse(), read);

        async Task<long> TradeAsync()
        {
            long id = (await PlaceAsync(client, 1m)).OrderId;
            bed.PassFillDelay();
            return id;
        }
    }

    [Fact]
    public async Task Metadata_names_the_tickers_and_the_sessions()
    {
        PaperSession session = new(PaperBed.Start.AddHours(-1), PaperBed.Start.AddHours(5));
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { Sessions = [session] });
        using Trading212Client client = bed.Client();
        IReadOnlyList<TradableInstrument> instruments = Value(await client.GetInstrumentsAsync());
        Assert.Equal("DWAC_US_EQ", instruments.Single(instrument => instrument.ShortName == "DJT").Ticker);
        long schedule = instruments.Single(instrument => instrument.Ticker == PaperBed.Ticker).WorkingScheduleId!.Value;
        IReadOnlyList<TimeEvent> events = Value(await client.GetExchangesAsync()).SelectMany(exchange => exchange.WorkingSchedules!).Single(candidate => candidate.Id == schedule).TimeEvents!;
        Assert.Equal([(TimeEventType.Open, session.OpensAt), (TimeEventType.Close, session.ClosesAt)], events.Select(moment => (moment.Type!.Value, moment.Date!.Value)));
    }

    private static async Task<PlaceOrderResult.Placed> PlaceAsync(Trading212Client client, decimal quantity) =>
        Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, quantity)));

    private static T Value<T>(ReadResult<T> result) => Assert.IsType<ReadResult<T>.Success>(result).Value;
}
