using System.Net;
using System.Text.Json.Nodes;
using MicroTrader.Simulators.Massive;

namespace MicroTrader.Simulators.Tests.Massive;

public class SnapshotTests
{
    [Fact]
    public async Task Trades_and_a_quote_make_the_day_the_minute_and_the_last_of_each()
    {
        await using var bed = await MassiveBed.Create();
        bed.Massive.SetPreviousDay("AXSM", new FakeDayBar(150m, 161m, 149m, 160m, 5000, 155.5m));
        bed.Trade("AXSM", 162m, 100);
        bed.Clock.Advance(TimeSpan.FromSeconds(70));
        bed.Trade("AXSM", 158m, 300);
        bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        bed.Massive.Publish(new FakeQuote("AXSM", 157.9m, 3, 158.2m, 2));
        var ticker = await bed.Ticker("AXSM");
        Assert.Equal("""{"o":162,"h":162,"l":158,"c":158,"v":400,"vw":159}""", ticker["day"]!.ToJsonString());
        Assert.Equal("""{"o":150,"h":161,"l":149,"c":160,"v":5000,"vw":155.5}""", ticker["prevDay"]!.ToJsonString());

        // 15:01 UTC in milliseconds; the trade at 15:01:10 and the quote a millisecond later in nanoseconds.
        Assert.Equal("""{"av":400,"t":1772463660000,"n":1,"o":158,"h":158,"l":158,"c":158,"v":300,"vw":158}""", ticker["min"]!.ToJsonString());
        Assert.Equal("""{"c":[],"i":"2","p":158,"s":300,"t":1772463670000000000,"x":4}""", ticker["lastTrade"]!.ToJsonString());
        Assert.Equal("""{"P":158.2,"S":2,"p":157.9,"s":3,"t":1772463670001000000}""", ticker["lastQuote"]!.ToJsonString());
        Assert.Equal((-2m, -1.25m), (ticker["todaysChange"]!.GetValue<decimal>(), ticker["todaysChangePerc"]!.GetValue<decimal>()));
        Assert.Equal(1772463670001000000, ticker["updated"]!.GetValue<long>());
    }

    [Fact]
    public async Task Only_what_is_asked_for_and_has_traded_is_there()
    {
        await using var bed = await MassiveBed.Create();
        bed.Trade("AXSM", 157m);
        bed.Trade("DJT", 18m);
        bed.Massive.Publish(new FakeQuote("HUT", 41m, 1, 41.1m, 1));
        Assert.Equal(["AXSM", "DJT"], Symbols(await bed.Snapshot()));
        Assert.Equal(["AXSM", "DJT"], Symbols(await bed.Snapshot("?tickers=")));
        Assert.Equal(["DJT"], Symbols(await bed.Snapshot("?tickers=HUT,DJT,NOPE")));
        // Tickers are case-sensitive.
        Assert.Empty(await bed.Snapshot("?tickers=axsm"));
        var whole = await bed.Get($"{MassiveBed.Tickers}?tickers=AXSM,DJT");
        Assert.Equal(("OK", 2), (whole["status"]!.GetValue<string>(), whole["count"]!.GetValue<int>()));
        Assert.Equal("AXSM", (await bed.Get($"{MassiveBed.Tickers}/AXSM"))["ticker"]!["ticker"]!.GetValue<string>());
        using var unknown = await bed.Http.GetAsync($"{MassiveBed.Tickers}/NOPE");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_plan_without_trades_and_quotes_leaves_the_last_of_each_out()
    {
        await using var bed = await MassiveBed.Create(o => o with { HasTrades = false, HasQuotes = false });
        bed.Trade("AXSM", 157m);
        bed.Massive.Publish(new FakeQuote("AXSM", 156m, 1, 158m, 1));
        var ticker = (await bed.Ticker("AXSM")).AsObject();
        Assert.False(ticker.ContainsKey("lastTrade") || ticker.ContainsKey("lastQuote"));
        Assert.Equal(157m, ticker["min"]!["c"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task A_delayed_plan_stamps_everything_a_quarter_of_an_hour_earlier()
    {
        await using var bed = await MassiveBed.Create(o => o with { Delay = TimeSpan.FromMinutes(15) });
        bed.Trade("AXSM", 157m);
        var ticker = await bed.Ticker("AXSM");
        var stamp = MassiveBed.Start.AddMinutes(-15).ToUnixTimeMilliseconds();
        Assert.Equal(stamp * 1_000_000, ticker["lastTrade"]!["t"]!.GetValue<long>());
        Assert.Equal(stamp, ticker["min"]!["t"]!.GetValue<long>());
        Assert.EndsWith("/delayed/stocks", bed.Massive.SocketAddress.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_open_the_day_is_all_zeros_and_after_it_holds_the_volume_of_before()
    {
        // 09:29 in New York.
        await using var bed = await MassiveBed.Create(o => o with { Hours = FakeMarketHours.NewYork }, new DateTimeOffset(2026, 3, 2, 14, 29, 0, TimeSpan.Zero));
        bed.Trade("AXSM", 157m, 40);
        Assert.Equal("""{"o":0,"h":0,"l":0,"c":0,"v":0,"vw":0}""", (await bed.Ticker("AXSM"))["day"]!.ToJsonString());
        bed.Clock.Advance(TimeSpan.FromMinutes(1));
        bed.Trade("AXSM", 158m, 60);
        Assert.Equal("""{"o":158,"h":158,"l":158,"c":158,"v":100,"vw":157.6}""", (await bed.Ticker("AXSM"))["day"]!.ToJsonString());
    }

    [Fact]
    public async Task At_half_past_three_in_New_York_the_day_becomes_the_one_before()
    {
        // 03:29:59 in New York, summer time.
        await using var bed = await MassiveBed.Create(start: new DateTimeOffset(2026, 7, 2, 7, 29, 59, TimeSpan.Zero));
        bed.Trade("AXSM", 157m);
        Assert.Single(await bed.Snapshot());
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await bed.Snapshot());
        bed.Trade("AXSM", 158m);
        var ticker = await bed.Ticker("AXSM");
        Assert.Equal((157m, 1m), (ticker["prevDay"]!["c"]!.GetValue<decimal>(), ticker["todaysChange"]!.GetValue<decimal>()));
        Assert.Equal(100, ticker["day"]!["v"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_trade_that_is_reported_late_counts_in_the_day_and_is_not_the_last()
    {
        await using var bed = await MassiveBed.Create();
        bed.Trade("AXSM", 157m);
        bed.Massive.Publish(new FakeTrade("AXSM", 150m, 50) { Time = MassiveBed.Start.AddSeconds(-90) });
        var ticker = await bed.Ticker("AXSM");
        Assert.Equal(157m, ticker["lastTrade"]!["p"]!.GetValue<decimal>());
        Assert.Equal((150, 150m, 100), (ticker["day"]!["v"]!.GetValue<long>(), ticker["day"]!["l"]!.GetValue<decimal>(), ticker["min"]!["v"]!.GetValue<long>()));
        // One of another day changes nothing at all.
        bed.Massive.Publish(new FakeTrade("AXSM", 1m, 1000) { Time = MassiveBed.Start.AddDays(-1) });
        Assert.True(JsonNode.DeepEquals(ticker, await bed.Ticker("AXSM")));
    }

    [Theory]
    [InlineData(null, null, 401, "API Key was not provided")]
    [InlineData("Bearer wrong", null, 401, "Unknown API Key")]
    [InlineData(null, "wrong", 401, "Unknown API Key")]
    [InlineData(null, MassiveBed.Key, 200, "OK")]
    [InlineData("bearer " + MassiveBed.Key, null, 200, "OK")]
    public async Task The_key_opens_by_header_or_query(string? header, string? query, int status, string says)
    {
        await using var bed = await MassiveBed.Create();
        bed.Http.DefaultRequestHeaders.Authorization = null;
        if (header is not null)
        {
            bed.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        }

        using var response = await bed.Http.GetAsync(MassiveBed.Tickers + (query is null ? "" : $"?apiKey={query}"));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "v3/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", MassiveBed.Tickers, HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "stocks", HttpStatusCode.BadRequest)]
    [InlineData("GET", "delayed/stocks", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_refused(string method, string path, HttpStatusCode status)
    {
        await using var bed = await MassiveBed.Create();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await bed.Http.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    // The hours of New York in winter (UTC-5) and, on the last line of each pair, in summer (UTC-4).
    [InlineData("2026-03-02T08:59:59Z", "closed", false, false)]
    [InlineData("2026-03-02T09:00:00Z", "extended-hours", true, false)]
    [InlineData("2026-03-02T14:30:00Z", "open", false, false)]
    [InlineData("2026-03-09T13:29:59Z", "extended-hours", true, false)]
    [InlineData("2026-03-09T13:30:00Z", "open", false, false)]
    [InlineData("2026-10-30T19:59:59Z", "open", false, false)]
    [InlineData("2026-11-02T20:59:59Z", "open", false, false)]
    [InlineData("2026-03-02T21:00:00Z", "extended-hours", false, true)]
    [InlineData("2026-03-03T01:00:00Z", "closed", false, false)]
    [InlineData("2026-03-07T16:00:00Z", "closed", false, false)]
    [InlineData("2026-11-26T16:00:00Z", "closed", false, false)]
    [InlineData("2026-11-27T17:59:59Z", "open", false, false)]
    [InlineData("2026-11-27T18:00:00Z", "extended-hours", false, true)]
    public async Task The_market_status_follows_the_hours_of_New_York(string now, string market, bool early, bool after)
    {
        await using var bed = await MassiveBed.Create(
            o => o with { Hours = FakeMarketHours.NewYork, Holidays = [new FakeHoliday(new DateOnly(2026, 11, 26), "Thanksgiving"), new FakeHoliday(new DateOnly(2026, 11, 27), "Thanksgiving", new TimeOnly(13, 0))] },
            DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        var status = await bed.Get("v1/marketstatus/now");
        Assert.Equal((market, early, after), (status["market"]!.GetValue<string>(), status["earlyHours"]!.GetValue<bool>(), status["afterHours"]!.GetValue<bool>()));
        Assert.Equal(market, status["exchanges"]!["nyse"]!.GetValue<string>());
        Assert.Equal(bed.Clock.GetUtcNow(), DateTimeOffset.Parse(status["serverTime"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture));
        bed.Massive.MarketState = FakeMarketState.Closed;
        Assert.Equal("closed", (await bed.Get("v1/marketstatus/now"))["market"]!.GetValue<string>());
    }

    [Fact]
    public async Task Holidays_that_are_over_are_not_upcoming()
    {
        await using var bed = await MassiveBed.Create(
            o => o with { Holidays = [new FakeHoliday(new DateOnly(2026, 3, 1), "Past"), new FakeHoliday(new DateOnly(2026, 11, 27), "Thanksgiving", new TimeOnly(13, 0))] });
        var holidays = (await bed.Get("v1/marketstatus/upcoming")).AsArray();
        Assert.Equal(["NYSE", "NASDAQ", "OTC"], holidays.Select(h => h!["exchange"]!.GetValue<string>()));
        Assert.Equal(
            """{"close":"2026-11-27T18:00:00.000Z","date":"2026-11-27","exchange":"NYSE","name":"Thanksgiving","open":"2026-11-27T14:30:00.000Z","status":"early-close"}""",
            holidays[0]!.ToJsonString());
    }

    private static IEnumerable<string> Symbols(JsonArray tickers) => tickers.Select(t => t!["ticker"]!.GetValue<string>());
}
