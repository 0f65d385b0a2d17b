using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;

namespace MicroTrader.Contract.Tests;

/// <summary>Every way in which the paper broker says no, as the client hears it.</summary>
public class RefusalTests
{
    private const string Strict = "STRICT_US_EQ";
    private const string NoExtendedHours = "VODl_EQ";

    public static TheoryData<string, string, decimal, bool?> Refusals => new()
    {
        { nameof(ProblemReason.SellingEquityNotOwned), PaperBed.Ticker, -1m, null },
        { nameof(ProblemReason.InsufficientFreeForStocksBuy), PaperBed.Ticker, 9_900m, null },
        { nameof(ProblemReason.MinOpenedPositionExceeded), Strict, 0.5m, null },
        { nameof(ProblemReason.MinimumQuantity), Strict, 0.01m, null },
        { nameof(ProblemReason.InstrumentNotFound), "NOSUCH_US_EQ", 1m, null },
        { nameof(ProblemReason.InvalidQuantityPrecision), PaperBed.Ticker, 1.00001m, null },
        { nameof(ProblemReason.InvalidPayload), NoExtendedHours, 1m, true },
        { nameof(ProblemReason.InvalidPayload), NoExtendedHours, 1m, false },
        { nameof(ProblemReason.Unrecognised), Strict, 101m, null },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_order_gets_the_reason_and_leaves_no_trace(string reason, string ticker, decimal quantity, bool? extendedHours)
    {
        PaperInstrument strict = new() { Ticker = Strict, ShortName = "STRICT", Name = "Strict", MinTradeQuantity = 0.02330155m, MinOpenQuantity = 1m, MaxOpenQuantity = 100m };
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { Instruments = [.. PaperInstruments.Bundled, strict], StartingCash = 1_000_000m });
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        bed.Broker.PutPrice(Strict, 10m);
        PlaceOrderResult result = await client.PlaceMarketOrderAsync(new MarketOrderRequest(ticker, quantity, extendedHours));
        PlaceOrderResult.Rejected rejected = Assert.IsType<PlaceOrderResult.Rejected>(result);
        Assert.Equal((reason, 400, 400), (rejected.Problem.Reason.ToString(), rejected.Problem.Status, rejected.Info.StatusCode));
        Assert.StartsWith("/api-errors/", rejected.Problem.Type, StringComparison.Ordinal);
        Assert.NotEmpty(rejected.Problem.Detail);
        Assert.Empty(bed.Broker.ReadLedger().Orders);
    }

    [Fact]
    public async Task The_hold_back_is_what_a_buy_needs_beyond_its_price()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { StartingCash = 1_000m });
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        Assert.IsType<PlaceOrderResult.Rejected>(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 10m)));
        Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 9.8m)));
    }

    [Fact]
    public async Task The_fifty_first_pending_order_of_a_ticker_is_refused()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 1m);
        for (int i = 0; i < 50; i++)
            Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 1m)));
        Assert.IsType<PlaceOrderResult.Rejected>(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 1m)));
        Assert.IsType<PlaceOrderResult.Placed>(await client.PlaceMarketOrderAsync(new MarketOrderRequest("DWAC_US_EQ", 1m)));
    }

    [Fact]
    public async Task A_wrong_secret_is_unauthorized_for_reads_and_a_refusal_for_orders()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using Trading212Client client = bed.Client(options => options with { ApiSecret = "wrong" });
        ReadResult<AccountSummary>.Failed read = Assert.IsType<ReadResult<AccountSummary>.Failed>(await client.GetAccountSummaryAsync());
        Assert.Equal(ReadFailureKind.Unauthorized, read.Kind);
        PlaceOrderResult.Rejected placed = Assert.IsType<PlaceOrderResult.Rejected>(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 1m)));
        Assert.Equal(401, placed.Info.StatusCode);
        CancelOrderResult.Rejected cancelled = Assert.IsType<CancelOrderResult.Rejected>(await client.CancelOrderAsync(1));
        Assert.Equal(401, cancelled.Info.StatusCode);
    }

    [Theory]
    [InlineData(403, ReadFailureKind.Forbidden)]
    [InlineData(408, ReadFailureKind.Timeout)]
    [InlineData(429, ReadFailureKind.RateLimited)]
    [InlineData(500, ReadFailureKind.ServerError)]
    [InlineData(503, ReadFailureKind.ServerError)]
    public async Task A_read_that_the_venue_fails_says_how(int status, ReadFailureKind kind)
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using Trading212Client client = bed.Client();
        bed.Broker.Faults.Next(PaperEndpoint.Positions, PaperFault.StatusBefore(status));
        ReadResult<IReadOnlyList<Position>>.Failed failed = Assert.IsType<ReadResult<IReadOnlyList<Position>>.Failed>(await client.GetPositionsAsync());
        Assert.Equal((kind, status), (failed.Kind, failed.Info!.StatusCode));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_order_that_the_venue_fails_is_unknown_whether_it_was_taken_or_not(int status)
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using Trading212Client client = bed.Client();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        bed.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.StatusBefore(status));
        bed.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.StatusAfter(status));
        foreach (int orders in new[] { 0, 1 })
        {
            PlaceOrderResult.Unknown unknown = Assert.IsType<PlaceOrderResult.Unknown>(await client.PlaceMarketOrderAsync(new MarketOrderRequest(PaperBed.Ticker, 1m)));
            Assert.Equal((status, orders), (unknown.StatusCode, bed.Broker.ReadLedger().Orders.Count));
        }
    }
}
