using Microsoft.Extensions.Time.Testing;

namespace MicroTrader.Trading212.Tests;

public sealed class ObserverTests
{
    [Fact]
    public async Task The_hand_over_of_an_order_is_timed_and_called_back_before_the_server_sees_it()
    {
        FakeTimeProvider time = new();
        int requestsAtHandOver = -1;
        long calledBackAt = 0;
        await using RawServer server = RawServer.Of((_, connection) =>
        {
            time.Advance(TimeSpan.FromMilliseconds(40));
            return connection.AnswerAsync(200, Samples.NewOrder);
        });
        RecordingObserver observer = new();
        using Trading212Client client = new(server.Options(), time, observer);

        await client.PlaceMarketOrderAsync(Samples.Buy, () =>
        {
            requestsAtHandOver = server.Requests.Count;
            calledBackAt = time.GetTimestamp();
        });

        HttpExchange exchange = Assert.Single(observer.Exchanges);
        Assert.Equal(0, requestsAtHandOver);
        Assert.Equal(calledBackAt, exchange.HandedOverTimestamp);
        Assert.Equal(exchange.StartedTimestamp, exchange.HandedOverTimestamp);
        Assert.Equal(("PlaceMarketOrder", "POST", "/equity/orders/market", 1, 200), (exchange.Operation, exchange.Method, exchange.Path, exchange.Attempt, exchange.StatusCode));
        Assert.Equal((HttpExchangeOutcome.Answered, TimeSpan.FromMilliseconds(40)), (exchange.Outcome, exchange.Elapsed));
    }

    [Fact]
    public async Task A_read_is_reported_without_its_query()
    {
        await using RawServer server = RawServer.Answering(200, """{"items":[]}""");
        RecordingObserver observer = new();
        using Trading212Client client = new(server.Options(), observer: observer);

        await client.GetOrderHistoryAsync(new HistoryQuery { Ticker = "AXSM_US_EQ" });

        HttpExchange exchange = Assert.Single(observer.Exchanges);
        Assert.Equal(("GetOrderHistory", "/equity/history/orders"), (exchange.Operation, exchange.Path));
        Assert.Null(exchange.HandedOverTimestamp);
    }

    [Fact]
    public async Task An_observer_that_throws_does_not_change_the_result_and_stays_visible()
    {
        await using RawServer server = RawServer.Answering(200, Samples.NewOrder);
        using Trading212Client client = new(server.Options(), observer: new ThrowingObserver());
        Assert.Null(client.LastObserverFailure);

        Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceMarketOrderAsync(Samples.Buy));

        Assert.IsType<InvalidTimeZoneException>(client.LastObserverFailure);
    }

    private sealed class ThrowingObserver : IHttpExchangeObserver
    {
        public void OnExchange(HttpExchange exchange) => throw new InvalidTimeZoneException();
    }
}
