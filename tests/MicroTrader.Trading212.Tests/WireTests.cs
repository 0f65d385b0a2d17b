using System.Text.Json;
using Xunit.Abstractions;

namespace MicroTrader.Trading212.Tests;

public sealed class WireTests
{
    private readonly ITestOutputHelper _output;

    public WireTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Unknown_words_and_fields_are_tolerated()
    {
        Order order = Read("""
            {"id":1,"side":"SHORT","status":"HALTED","type":{"a":[1]},"initiatedFrom":"WATCH","timeInForce":7,"strategy":null,"brandNew":{"x":[{}]},"extendedHours":true}
            """);

        Assert.Equal(OrderSide.Unknown, order.Side);
        Assert.Equal(OrderStatus.Unknown, order.Status);
        Assert.Equal(OrderType.Unknown, order.Type);
        Assert.Equal(InitiatedFrom.Unknown, order.InitiatedFrom);
        Assert.Equal(TimeValidity.Unknown, order.TimeInForce);
        Assert.Null(order.Strategy);
        Assert.Null(order.Quantity);
        Assert.True(order.ExtendedHours);
        Assert.False(order.IsFinal);
    }

    [Theory]
    [InlineData("BUY", 2, 2)]
    [InlineData("BUY", -2, 2)]
    [InlineData("SELL", 2, -2)]
    [InlineData("SELL", -2, -2)]
    [InlineData("SHORT", -2, -2)]
    [InlineData(null, 2, 2)]
    [InlineData(null, -2, -2)]
    public void The_side_decides_about_the_sign_where_it_is_present(string? side, int sent, int meant)
    {
        Order order = Read($$"""{"id":1,"quantity":{{sent}},"filledQuantity":{{sent}}{{(side is null ? "" : $",\"side\":\"{side}\"")}}}""");

        Assert.Equal(meant, order.SignedQuantity);
        Assert.Equal(meant, order.SignedFilledQuantity);
        Assert.Equal(2, order.AbsoluteQuantity);
        Assert.Equal(2, order.AbsoluteFilledQuantity);
    }

    [Fact]
    public void A_corporate_action_keeps_the_sign_that_was_sent()
    {
        HistoricalOrder split = new() { Order = new Order { Side = OrderSide.Sell }, Fill = new Fill { Type = FillType.StockSplit, Quantity = 9m } };

        Assert.Equal(9m, split.SignedFillQuantity);
        Assert.Null(new HistoricalOrder().SignedFillQuantity);
    }

    [Theory]
    [InlineData("2026-03-02T14:31:07Z", "2026-03-02T14:31:07.0000000+00:00")]
    [InlineData("2026-03-02T16:31:07.123+02:00", "2026-03-02T14:31:07.1230000+00:00")]
    [InlineData("2026-03-02T14:31:07", "2026-03-02T14:31:07.0000000+00:00")]
    [InlineData("2026-03-02T14:31:07.123456789Z", "2026-03-02T14:31:07.1234568+00:00")]
    [InlineData("2026-03-02T16:31:07+0200", "2026-03-02T14:31:07.0000000+00:00")]
    public void Times_are_read_and_one_without_an_offset_is_utc(string sent, string expected) =>
        Assert.Equal(expected, Read($$"""{"createdAt":"{{sent}}"}""").CreatedAt!.Value.ToUniversalTime().ToString("O"));

    [Theory]
    [InlineData("\"10:00\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-13-45\"")]
    [InlineData("17")]
    public void A_time_that_is_none_is_an_error(string sent) => Assert.Throws<JsonException>(() => Read($$"""{"createdAt":{{sent}}}"""));

    [Fact]
    public void Every_word_of_the_description_is_known()
    {
        Assert.Equal(OrderStatus.PartiallyFilled, Read("""{"status":"PARTIALLY_FILLED"}""").Status);
        Assert.Equal(InitiatedFrom.InstrumentAutoinvest, Read("""{"initiatedFrom":"INSTRUMENT_AUTOINVEST"}""").InitiatedFrom);
        Assert.Equal(TimeValidity.GoodTillCancel, Read("""{"timeInForce":"GOOD_TILL_CANCEL"}""").TimeInForce);
        string? root = Shared.Folder("trading212");
        if (root is null)
        {
            _output.WriteLine("Skipped: ../shared/trading212 is absent.");
            return;
        }

        // The enums of the description, word by word, through the converter.
        HashSet<string> described = [.. File.ReadLines(Path.Combine(root, "openapi.yaml")).Select(line => line.Trim()).Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..])];
        Assert.Empty(UnknownWords<OrderSide>(described, "BUY", "SELL"));
        Assert.Empty(UnknownWords<OrderStatus>(described, "LOCAL", "UNCONFIRMED", "CONFIRMED", "NEW", "CANCELLING", "CANCELLED", "PARTIALLY_FILLED", "FILLED", "REJECTED", "REPLACING", "REPLACED"));
        Assert.Empty(UnknownWords<OrderType>(described, "LIMIT", "STOP", "MARKET", "STOP_LIMIT"));
        Assert.Empty(UnknownWords<InitiatedFrom>(described, "API", "IOS", "ANDROID", "WEB", "SYSTEM", "AUTOINVEST", "INSTRUMENT_AUTOINVEST"));
        Assert.Empty(UnknownWords<FillType>(described, "TRADE", "STOCK_SPLIT", "STOCK_DISTRIBUTION", "FOP", "FOP_CORRECTION", "CUSTOM_STOCK_DISTRIBUTION", "EQUITY_RIGHTS", "SCRIP_STOCK_DIVIDENDS", "STOCK_DIVIDENDS", "STOCK_ACQUISITION", "CASH_AND_STOCK_ACQUISITION", "SPIN_OFF"));
        Assert.Empty(UnknownWords<TradingMethod>(described, "TOTV", "OTC"));
        Assert.Empty(UnknownWords<TaxName>(described, "COMMISSION_TURNOVER", "CURRENCY_CONVERSION_FEE", "FINRA_FEE", "FRENCH_TRANSACTION_TAX", "PTM_LEVY", "STAMP_DUTY", "STAMP_DUTY_RESERVE_TAX", "TRANSACTION_FEE"));
        Assert.Empty(UnknownWords<InstrumentType>(described, "CRYPTOCURRENCY", "ETF", "FOREX", "FUTURES", "INDEX", "STOCK", "WARRANT", "CRYPTO", "CVR", "CORPACT"));
        Assert.Empty(UnknownWords<TimeEventType>(described, "OPEN", "CLOSE", "BREAK_START", "BREAK_END", "PRE_MARKET_OPEN", "AFTER_HOURS_OPEN", "AFTER_HOURS_CLOSE", "OVERNIGHT_OPEN"));
        Assert.Empty(UnknownWords<TransactionType>(described, "WITHDRAW", "DEPOSIT", "FEE", "TRANSFER"));
    }

    [Fact]
    public async Task The_real_list_of_instruments_is_read_whole()
    {
        string? root = Shared.Folder("trading212");
        if (root is null)
        {
            _output.WriteLine("Skipped: ../shared/trading212 is absent.");
            return;
        }

        byte[] packed = await File.ReadAllBytesAsync(Path.Combine(root, "instruments.json.gz"));
        await using RawServer server = RawServer.Of((_, connection) => connection.AnswerAsync(200, packed, "Content-Encoding: gzip", "Content-Type: application/json"));
        using Trading212Client client = new(server.Options());

        IReadOnlyList<TradableInstrument> all = Assert.IsType<ReadResult<IReadOnlyList<TradableInstrument>>.Success>(await client.GetInstrumentsAsync()).Value;

        Assert.Equal(13056, all.Count);
        Assert.All(all, instrument => Assert.True(instrument is { ShortName: not null, CurrencyCode: not null, Isin: not null, WorkingScheduleId: not null, AddedOn: not null, MaxOpenQuantity: >= 0 }));
        Assert.Equal((8157, 4879, 20), (all.Count(i => i.Type == InstrumentType.Stock), all.Count(i => i.Type == InstrumentType.Etf), all.Count(i => i.Type == InstrumentType.Warrant)));
        TradableInstrument djt = Assert.Single(all, i => i is { ShortName: "DJT", CurrencyCode: "USD" });
        Assert.Equal("DWAC_US_EQ", djt.Ticker);
    }

    private static Order Read(string json) => JsonSerializer.Deserialize(json, Trading212JsonContext.Default.Order)!;

    /// <summary>Words that the description lacks, and words that the enum lacks or that no member stands for.</summary>
    private static List<string> UnknownWords<T>(HashSet<string> described, params string[] words)
        where T : struct, Enum
    {
        JsonSerializerOptions options = new() { Converters = { new TolerantEnumConverter<T>() } };
        List<string> unknown = [.. words.Where(word => !described.Contains(word) || JsonSerializer.Deserialize<T>($"\"{word}\"", options).Equals(default(T)))];
        if (Enum.GetValues<T>().Length != words.Length + 1)
            unknown.Add($"{typeof(T).Name} has {Enum.GetValues<T>().Length - 1} words instead of {words.Length}");
        return unknown;
    }
}
