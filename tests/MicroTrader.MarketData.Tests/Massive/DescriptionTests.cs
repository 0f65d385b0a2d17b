using System.Text;
using System.Text.Json;
using MicroTrader.Domain.Market;
using Xunit.Abstractions;

namespace MicroTrader.MarketData.Tests.Massive;

/// <summary>The parsers against the official description: its own examples are read, and every field that is read is there with that type.</summary>
public sealed class DescriptionTests(ITestOutputHelper output)
{
    private const string SnapshotPath = "/v2/snapshot/locale/us/markets/stocks/tickers";

    // After the newest stamp of the examples.
    private static readonly DateTimeOffset Now = new(2023, 5, 18, 13, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_snapshot_s_example_is_a_tick()
    {
        if (Open("rest.json") is not { } description)
            return;
        using var _ = description;
        var symbols = new MassiveSymbols([Symbol.Parse("BCAT")]);
        var rows = new SnapshotRow[1];
        var example = Json(description, SnapshotPath).GetProperty("example").GetRawText();
        Assert.True(SnapshotParser.TryRead(Encoding.UTF8.GetBytes(example), symbols, rows, out var status, out var problem), problem);
        Assert.Equal("OK", status);
        var counters = new FeedCounters();
        var ticks = new List<Tick>();
        new SnapshotBook(symbols, new MassiveRestOptions { ApiKey = "key", Symbols = [Symbol.Parse("BCAT")], MaxQuoteAge = TimeSpan.FromDays(1) }, counters, _ => { })
            .Take(rows, saysDelayed: false, isOpen: true, Now, ticks);
        var tick = Assert.Single(ticks);
        var expected = new Tick(
            Symbol.Parse("BCAT"),
            TickKind.Snapshot,
            DateTimeOffset.UnixEpoch.AddTicks(1605192894630916600 / 100),
            20.506m,
            null,
            20.5m,
            20.6m,
            PriceBasis.Trade,
            TickTraits.Delayed);
        Assert.Equal(expected, tick);
        Assert.Equal((37216m, 20.506m, 1684428600000), (rows[0].DayVolume, rows[0].BarClose, rows[0].BarStart));
        Assert.Equal(0, counters.Read().Malformed);
    }

    [Fact]
    public void Every_field_of_the_snapshot_that_is_read_is_described_with_its_type()
    {
        if (Open("rest.json") is not { } description)
            return;
        using var _ = description;
        var schema = Json(description, SnapshotPath).GetProperty("schema").GetProperty("allOf");
        Assert.Equal("string", schema[0].GetProperty("properties").GetProperty("status").GetProperty("type").GetString());
        var row = schema[1].GetProperty("properties").GetProperty("tickers").GetProperty("items").GetProperty("properties");
        Assert.Equal("string", Type(row, "ticker"));
        Typed("lastTrade", ("p", "number"), ("t", "integer"), ("c", "array"));
        Typed("lastQuote", ("p", "number"), ("P", "number"), ("t", "integer"));
        Typed("min", ("c", "number"), ("t", "integer"));
        Typed("day", ("v", "number"));
        Assert.Contains("nanosecond", row.GetProperty("lastTrade").GetProperty("properties").GetProperty("t").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Contains("Msec timestamp for the start", row.GetProperty("min").GetProperty("properties").GetProperty("t").GetProperty("description").GetString(), StringComparison.Ordinal);

        void Typed(string part, params (string Name, string Type)[] fields)
        {
            foreach (var (name, type) in fields)
                Assert.Equal((part, name, type), (part, name, Type(row.GetProperty(part).GetProperty("properties"), name)));
        }
    }

    [Theory]
    [InlineData("T", "MSFT", 114.125, 100.0, 1536036818784)]
    [InlineData("A", "SPCE", 25.39, 200.0, 1610144869000)]
    [InlineData("AM", "GTE", 0.4486, 4110.0, 1610144700000)]
    public void The_stream_s_examples_are_ticks(string channel, string symbol, double price, double volume, long unixMs)
    {
        if (Open("websocket.json") is not { } description)
            return;
        using var _ = description;
        var ticks = new List<Tick>();
        Assert.True(Read(symbol, $"[{Json(description, "/stocks/" + channel).GetProperty("example").GetRawText()}]", ticks));
        var tick = Assert.Single(ticks);
        Assert.Equal(((decimal)price, (decimal?)(decimal)volume, DateTimeOffset.FromUnixTimeMilliseconds(unixMs)), (tick.Price, tick.Volume, tick.Time));
    }

    [Fact]
    public void The_stream_s_quote_is_the_bid_and_ask_of_the_trade_after_it()
    {
        if (Open("websocket.json") is not { } description)
            return;
        using var _ = description;
        var ticks = new List<Tick>();
        Assert.True(Read("MSFT", $"[{Json(description, "/stocks/Q").GetProperty("example").GetRawText()},{Json(description, "/stocks/T").GetProperty("example").GetRawText()}]", ticks));
        Assert.Equal((114.125m, 114.128m), (ticks[0].Bid, ticks[0].Ask));
    }

    [Fact]
    public void Every_field_of_the_stream_that_is_read_is_described_with_its_type()
    {
        if (Open("websocket.json") is not { } description)
            return;
        using var _ = description;
        Typed("T", ("sym", "string"), ("x", "integer"), ("i", "string"), ("p", "number"), ("s", "integer"), ("c", "array"), ("t", "integer"), ("q", "integer"));
        Typed("Q", ("sym", "string"), ("bp", "number"), ("ap", "number"), ("t", "integer"));
        Typed("A", ("sym", "string"), ("c", "number"), ("v", "integer"), ("e", "integer"));
        Typed("AM", ("sym", "string"), ("c", "number"), ("v", "integer"), ("e", "integer"));

        void Typed(string channel, params (string Name, string Type)[] fields)
        {
            var schema = Json(description, "/stocks/" + channel).GetProperty("schema");
            var properties = (schema.TryGetProperty("allOf", out var all) ? all[0] : schema).GetProperty("properties");
            foreach (var (name, type) in fields)
                Assert.Equal((channel, name, type), (channel, name, Type(properties, name)));
        }
    }

    [Fact]
    public void The_examples_of_the_market_s_status_and_days_are_read()
    {
        if (Open("rest.json") is not { } description)
            return;
        using var _ = description;
        var status = JsonSerializer.Deserialize(Json(description, "/v1/marketstatus/now").GetProperty("example"), MassiveJson.Default.MassiveMarketStatus)!;
        Assert.Equal(("extended-hours", true, false, new DateTimeOffset(2020, 11, 10, 17, 37, 37, TimeSpan.FromHours(-5))), (status.Market, status.AfterHours, status.EarlyHours, status.ServerTime));
        Assert.Equal((false, true), (status.IsOpen(extendedHours: false), status.IsOpen(extendedHours: true)));
        var days = JsonSerializer.Deserialize(Json(description, "/v1/marketstatus/upcoming").GetProperty("example"), MassiveJson.Default.IReadOnlyListMassiveHoliday)!;
        Assert.Equal(5, days.Count);
        Assert.Equal(new MassiveHoliday { Exchange = "NYSE", Date = new DateOnly(2020, 11, 26), Name = "Thanksgiving", Status = "closed" }, days[0]);
        var early = days[^1];
        Assert.Equal(("early-close", new DateTimeOffset(2020, 11, 27, 18, 0, 0, TimeSpan.Zero)), (early.Status, early.Close));
        // The rules know these days already: the correction agrees with them.
        var corrected = MassiveMarket.Correct(new Domain.Calendar.NyseCalendar(), days);
        for (var at = new DateTimeOffset(2020, 11, 25, 0, 0, 0, TimeSpan.Zero); at < new DateTimeOffset(2020, 11, 29, 0, 0, 0, TimeSpan.Zero); at = at.AddMinutes(15))
            Assert.Equal(new Domain.Calendar.NyseCalendar().At(at), corrected.At(at));
    }

    private static string? Type(JsonElement properties, string name) => properties.GetProperty(name).GetProperty("type").GetString();

    private static JsonElement Json(JsonDocument description, string path) => description.RootElement.GetProperty("paths").GetProperty(path)
        .GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json");

    private static bool Read(string symbol, string message, List<Tick> ticks)
    {
        var symbols = new MassiveSymbols([Symbol.Parse(symbol)]);
        // The trade of the examples is a Form T.
        var sink = new Sink(new StreamBook(symbols, new MassiveSocketOptions { ApiKey = "key", Symbols = [Symbol.Parse(symbol)], ExtendedHours = true }), ticks);
        return new StreamParser(symbols, sink).TryRead(Encoding.UTF8.GetBytes(message));
    }

    private JsonDocument? Open(string file) => SharedData.Massive(file, output) is { } path ? JsonDocument.Parse(File.ReadAllBytes(path)) : null;

    private sealed class Sink(StreamBook book, List<Tick> ticks) : IStreamSink
    {
        public void OnEvent(in StreamEvent e)
        {
            var verdict = book.Take(e, Now.UtcTicks, out var tick);
            Assert.NotEqual(StreamVerdict.Malformed, verdict);
            if (verdict == StreamVerdict.Tick)
                ticks.Add(tick);
        }

        public void OnStatus(string status, string message) => Assert.Fail(status);

        public void OnMalformed() => Assert.Fail("malformed");
    }
}
