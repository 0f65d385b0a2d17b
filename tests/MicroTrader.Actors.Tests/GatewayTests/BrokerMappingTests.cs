using MicroTrader.Actors.Gateway;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Trading212;
using DomainSide = MicroTrader.Domain.Orders.OrderSide;
using Fill = MicroTrader.Trading212.Fill;
using OrderSide = MicroTrader.Trading212.OrderSide;
using OrderStatus = MicroTrader.Trading212.OrderStatus;

namespace MicroTrader.Actors.Tests.GatewayTests;

public sealed class BrokerMappingTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Fills_of_one_order_are_put_together_and_one_that_comes_twice_counts_once()
    {
        var order = Sale(OrderStatus.Filled);
        HistoricalOrder[] items =
        [
            new() { Order = order, Fill = new Fill { Id = 2, Quantity = -3m, Price = 11m, FilledAt = At } },
            new() { Order = order, Fill = new Fill { Id = 1, Quantity = -1m, Price = 10m, FilledAt = At } },
            new() { Order = order, Fill = new Fill { Id = 2, Quantity = -3m, Price = 11m, FilledAt = At } },
        ];
        var mapped = Assert.Single(BrokerMapping.History(items));
        Assert.Equal((7L, DomainSide.Sell, 4m, "FILLED", true), (mapped.OrderId, mapped.Side, mapped.Quantity, mapped.Status, mapped.IsFinal));
        Assert.Equal([(2L, 3m), (1L, 1m)], mapped.Fills.Select(f => (f.FillId!.Value, f.Quantity)));
    }

    [Theory]
    [InlineData(InitiatedFrom.Api, OrderOrigin.Api)]
    [InlineData(InitiatedFrom.Ios, OrderOrigin.Other)]
    [InlineData(InitiatedFrom.Unknown, OrderOrigin.NotGiven)]
    [InlineData(null, OrderOrigin.NotGiven)]
    public void Who_placed_an_order_is_the_program_somebody_else_or_not_said(InitiatedFrom? from, OrderOrigin origin) =>
        Assert.Equal(origin, BrokerMapping.Order(Sale(OrderStatus.New) with { InitiatedFrom = from })!.Origin);

    [Fact]
    public void An_order_without_id_or_ticker_says_nothing()
    {
        Assert.Null(BrokerMapping.Order(Sale(OrderStatus.New) with { Id = null }));
        Assert.Null(BrokerMapping.Order(Sale(OrderStatus.New) with { Ticker = null }));
    }

    [Fact]
    public void One_holding_that_makes_no_sense_spoils_them_all() =>
        Assert.Null(BrokerMapping.Holdings([new Position { Instrument = new Instrument { Ticker = "AXSM_US_EQ" }, Quantity = 1m }, new Position { Quantity = 1m }]));

    [Fact]
    public void A_refusal_s_code_is_the_end_of_its_type()
    {
        var problem = new Problem("https://docs.trading212.com/problems/insufficient-free-for-stocks-buy/", "x", 400, "not enough", default);
        var outcome = BrokerMapping.Outcome(new PlaceOrderResult.Rejected(problem, null!));
        Assert.Equal(new OrderOutcome.Rejected("insufficient-free-for-stocks-buy", "not enough"), outcome);
    }

    private static Order Sale(OrderStatus status) => new() { Id = 7, Ticker = "AXSM_US_EQ", Side = OrderSide.Sell, Quantity = -4m, FilledQuantity = -4m, Status = status, CreatedAt = At };
}
