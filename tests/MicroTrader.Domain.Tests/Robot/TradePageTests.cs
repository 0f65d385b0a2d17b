using MicroTrader.Domain.Robot;

namespace MicroTrader.Domain.Tests.Robot;

public sealed class TradePageTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 14, 14, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Pages_hold_every_trade_once_in_order_and_say_how_many_there_are()
    {
        var trades = Enumerable.Range(1, 10).Select(n => Trade(n)).ToList();

        var pages = Enumerable.Range(1, 5).Select(p => new TradeQuery(p, 3).Of(trades)).ToList();

        Assert.Equal([3, 3, 3, 1, 0], pages.Select(p => p.Trades.Count));
        Assert.Equal(trades, pages.SelectMany(p => p.Trades));
        Assert.All(pages, p => Assert.Equal(10, p.Total));
    }

    [Fact]
    public void A_symbol_and_a_reason_are_asked_for_in_any_case()
    {
        TradeView[] trades = [Trade(1, "AXSM", "TP"), Trade(2, "AXSM", "SL"), Trade(3, "DJT", "TP")];

        Assert.Equal([1L, 2L], new TradeQuery(Symbol: "axsm").Of(trades).Trades.Select(t => t.TradeNumber));
        Assert.Equal([1L, 3L], new TradeQuery(Reason: "tp").Of(trades).Trades.Select(t => t.TradeNumber));
        Assert.Equal((1, 1), (new TradeQuery(Symbol: "DJT", Reason: "TP").Of(trades).Total, new TradeQuery(Symbol: "DJT", Reason: "TP").Of(trades).Trades.Count));
    }

    [Fact]
    public void Days_and_words_are_asked_for_over_all_trades_and_a_page_before_a_moment_stays_what_it_is()
    {
        var trades = Enumerable.Range(1, 9).Reverse().Select(n => Trade(n, "AXSM", n % 2 == 0 ? "TP" : "TIME") with { CloseTime = Now.AddHours(n) }).ToList();

        Assert.Equal([4L, 3L], new TradeQuery(From: Now.AddHours(3), Before: Now.AddHours(5)).Of(trades).Trades.Select(t => t.TradeNumber));
        Assert.Equal(5, new TradeQuery(Text: "ime").Of(trades).Total);
        Assert.Equal([7L], new TradeQuery(Text: "sm-7").Of(trades).Trades.Select(t => t.TradeNumber));
        var second = new TradeQuery(2, 3, Before: Now.AddHours(9)).Of(trades[1..]);
        Assert.Equal(second.Trades, new TradeQuery(2, 3, Before: Now.AddHours(9)).Of(trades).Trades);
    }

    [Theory]
    [InlineData("2026-10-14", false, "2026-10-14T00:00:00Z")]
    [InlineData("2026-10-14", true, "2026-10-15T00:00:00Z")]
    [InlineData("2026-10-14T13:30", true, "2026-10-14T13:30:00Z")]
    [InlineData("14.10.2026", false, null)]
    [InlineData("9999-12-31", true, null)]
    [InlineData(null, false, null)]
    public void A_day_is_taken_in_whole_and_a_time_is_itself(string? text, bool isEnd, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), DayText.Parse(text, isEnd));

    [Fact]
    public void A_page_far_behind_the_end_is_empty() =>
        Assert.Empty(new TradeQuery(1_000_000, 1_000).Of([Trade(1)]).Trades);

    [Fact]
    public void What_holds_a_comma_or_a_quote_is_quoted_in_csv_and_what_a_spreadsheet_would_run_is_not_run()
    {
        var lines = TradeCsv.Of([Trade(1) with { CloseDetail = "a, \"b\"" }, Trade(2) with { CloseDetail = "=HYPERLINK(1)" }, Trade(3) with { Pnl = -1.5m }]).Split("\r\n");

        Assert.Contains(",\"a, \"\"b\"\"\",", lines[1], StringComparison.Ordinal);
        Assert.Contains(",'=HYPERLINK(1),", lines[2], StringComparison.Ordinal);
        // A loss is a number, not a formula.
        Assert.Contains(",-1.5,", lines[3], StringComparison.Ordinal);
        Assert.All(lines[..4], l => Assert.True(l.Split(',').Length >= lines[0].Split(',').Length));
    }

    private static TradeView Trade(long number, string symbol = "AXSM", string reason = "TP") => new(
        symbol, number, "LONG", 1m, 10m, 10m, Now, 11m, Now, reason, null, 9, 1m, 10m, "USD", 1m, "USD", 0m, $"{symbol}-{number}-B1", 1, 2);
}
