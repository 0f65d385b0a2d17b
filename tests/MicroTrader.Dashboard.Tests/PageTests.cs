using System.Net;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Tests;

public sealed class PageTests
{
    [Theory]
    [InlineData("SIM", "sim", "Simulated money")]
    [InlineData("PRACTICE", "practice", "Practice money")]
    [InlineData("LIVE", "live", "Real money")]
    [InlineData("REPLAY", "replay", "Recorded prices")]
    [InlineData("<b>", "live", "Unknown mode: take it for real money")]
    public async Task The_mode_leads_the_page_and_its_title(string mode, string style, string meaning)
    {
        var html = await GetAsync(new FixedRobot { Status = RobotData.Status with { Mode = mode } });

        Assert.Contains($"<header class=\"banner {style}\">", html, StringComparison.Ordinal);
        Assert.StartsWith($" {mode} {meaning}", PageText.Of(html), StringComparison.Ordinal);
        Assert.Contains($"<title>{WebUtility.HtmlEncode(mode)} ", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_robot_says_where_it_trades_and_that_it_is_ready()
    {
        var text = PageText.Of(PageText.Section(await GetAsync(RobotData.Busy), "robot").Insert(0, "<body>"));

        Assert.Contains("Trading state Active Entries and exits Reason: started", text, StringComparison.Ordinal);
        Assert.Contains("Entries Ready", text, StringComparison.Ordinal);
        Assert.Contains("Open positions 2 Running for 1 h 05 min 00 s", text, StringComparison.Ordinal);
        Assert.Contains("Feed synthetic, a tick every 250 ms Venue paper broker at http://127.0.0.1:5299 Account 12345678", text, StringComparison.Ordinal);
        Assert.Contains("Started (UTC) 2026-10-14 13:25:05 Process 4711 Compared with the broker 12.4 s ago Journal data/sim-12345678/journal.db", text, StringComparison.Ordinal);
        Assert.Contains("SPREAD × 12 COOL_DOWN × 3", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_symbol_that_needs_the_person_comes_first_with_what_to_type()
    {
        var html = await GetAsync(new FixedRobot { Status = RobotData.Status with { Blocked = [RobotData.Ambiguous] } });
        var text = PageText.Of(PageText.Section(html, "needs").Insert(0, "<body>"));

        Assert.Contains("Needs you DJT AMBIGUOUS since 2026-10-14 14:28:05 : orders 501, 502 could all be <DJT-4-B1>", text, StringComparison.Ordinal);
        Assert.Contains("Our order: DJT-4-B1 · orders in question: 501, 502 · the robot holds 1.5", text, StringComparison.Ordinal);
        Assert.Contains("resolve DJT mine --order 501 order 501 is DJT-4-B1", text, StringComparison.Ordinal);
        Assert.Contains("resolve DJT not-mine orders 501, 502 are yours", text, StringComparison.Ordinal);
        Assert.True(html.IndexOf("aria-labelledby=\"needs\"", StringComparison.Ordinal) < html.IndexOf("aria-labelledby=\"robot\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_needs_the_person_nothing_says_so() =>
        Assert.DoesNotContain("Needs you", await GetAsync(RobotData.Busy), StringComparison.Ordinal);

    [Fact]
    public async Task A_robot_that_was_never_compared_says_so() =>
        Assert.Contains(
            "Compared with the broker never since the start",
            PageText.Of(await GetAsync(new FixedRobot { Status = RobotData.Status with { ReconciledAt = null, ReconciliationAgeSeconds = null } })),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_robot_that_is_not_ready_says_what_it_waits_for_and_who_stopped_it()
    {
        var status = RobotData.Status with
        {
            Ready = false,
            WaitingFor = ["the broker's positions", "AXSM's journal"],
            TradingState = "ExitOnly",
            TradingStateReason = "flatten",
        };

        var text = PageText.Of(await GetAsync(new FixedRobot { Status = status }));

        Assert.Contains("Not ready Waiting for: the broker's positions; AXSM's journal", text, StringComparison.Ordinal);
        Assert.Contains("ExitOnly No entries, exits go on Reason: flatten", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Symbols_show_price_age_counts_and_why_no_entry()
    {
        var rows = PageText.Rows(await GetAsync(RobotData.Busy), "symbols");

        Assert.Equal(["AXSM", "157.345", "2026-10-14 14:30:03", "1.2 s", "15873", "17", "position open"], rows[0]);
        Assert.Equal(["DJT", "–", "–", "–", "0", "0", "no tick yet"], rows[1]);
        Assert.Equal(["WULF", "0.51234", "2026-10-14 14:26:45", "3 min 20 s", "4", "0", "warming up 4/15"], rows[2]);
    }

    [Fact]
    public async Task A_tick_of_the_future_says_that_it_is_ahead()
    {
        var symbol = RobotData.Quick with { LastTickAt = RobotData.Now + TimeSpan.FromSeconds(2) };

        var rows = PageText.Rows(await GetAsync(new FixedRobot { Status = RobotData.Status, Symbols = [symbol] }), "symbols");

        Assert.Equal("2.0 s ahead", rows[0][3]);
    }

    [Fact]
    public async Task Positions_show_every_figure_and_say_needs_evidence_where_an_order_is_unresolved()
    {
        var html = await GetAsync(RobotData.Busy);
        var rows = PageText.Rows(html, "positions");

        Assert.Equal(
            ["AXSM LONG · AXSM_US_EQ", "OPEN", "1.5", "157.10 USD", "157.125 USD", "2026-10-14 14:30:00", "4.2 s", "–", "–", "54250294524", "–", "AXSM-17-B1"],
            rows[0]);
        Assert.Equal(
            [
                "HUT LONG · HUT_US_EQ", "PENDING_CLOSE needs evidence connection lost after the request was sent", "2", "41.20 USD", "41.25 USD",
                "2026-10-14 14:28:00", "2 min 05 s", "TIME", "-0.42 USD (-0.51%)", "54250294600", "54250294611", "HUT-3-S1",
            ],
            rows[1]);
        Assert.Equal(1, PageText.Of(html).Split("needs evidence").Length - 1);
    }

    [Fact]
    public async Task Trades_show_prices_times_reason_and_what_is_left()
    {
        var html = await GetAsync(RobotData.Busy);
        var rows = PageText.Rows(html, "trades");

        Assert.Equal(
            [
                "AXSM LONG · #16", "TP", "1", "157.10 USD", "159.10 USD", "2026-10-14 14:20:01", "2026-10-14 14:20:09", "8.8 s",
                "+2.00 USD (+1.27%)", "0.15 EUR", "+1.47 EUR", "54250290001", "54250290002",
            ],
            rows[0]);
        Assert.Equal(
            [
                "WULF LONG · #4", "SL", "10", "0.5125 USD", "0.50991 USD", "2026-10-13 23:59:58", "2026-10-14 00:01:03", "1 min 05 s",
                "-0.0259 USD (-0.51%)", "0.0123 EUR", "-0.04 EUR", "54250280001", "54250280002",
            ],
            rows[1]);
        Assert.Equal(
            ["DJT LONG · #2", "REJECTED insufficient free funds", "0", "–", "–", "–", "2026-10-14 14:01:02", "–", "–", "–", "–", "–", "–"],
            rows[2]);
    }

    [Fact]
    public async Task On_a_phone_every_cell_carries_the_heading_of_its_column()
    {
        var html = WebUtility.HtmlDecode(await GetAsync(RobotData.Busy));

        foreach (var id in new[] { "positions", "symbols", "trades" })
        {
            var section = PageText.Section(html, id);
            var headings = PageText.Values(section, "<th scope=\"col\"(?: class=\"n\")?>([^<]*)</th>").Skip(1).ToList();
            var labels = PageText.Values(section, "data-label=\"([^\"]*)\"");
            Assert.True(headings.Count >= 6, $"{id}: {string.Join(", ", headings)}");
            Assert.Equal(headings, labels.Take(headings.Count));
        }
    }

    [Fact]
    public async Task An_amount_is_apart_from_its_currency_and_its_percent()
    {
        var section = WebUtility.HtmlDecode(PageText.Section(await GetAsync(RobotData.Busy), "trades"));

        Assert.Contains("+2.00<span class=\"unit\"> USD</span></span> <span class=\"percent\">(+1.27%)</span>", section, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gain_and_a_loss_have_a_colour_each_and_nothing_has_none()
    {
        var section = PageText.Section(await GetAsync(RobotData.Busy), "trades");

        Assert.Equal(2, section.Split("<span class=\"gain\">").Length - 1);
        Assert.Equal(2, section.Split("<span class=\"loss\">").Length - 1);
        Assert.Equal(2, section.Split("<span class=\"even\">").Length - 1);
    }

    [Fact]
    public async Task The_page_shows_the_newest_fifty_trades_in_their_order()
    {
        var trades = Enumerable.Range(0, 60).Select(i => RobotData.Won with { TradeNumber = 60 - i }).ToList();

        var rows = PageText.Rows(await GetAsync(new FixedRobot { Status = RobotData.Status, Trades = trades }), "trades");

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"AXSM LONG · #{60 - i}"), rows.Select(r => r[0]));
    }

    [Fact]
    public async Task An_empty_robot_says_so_in_words()
    {
        var html = await GetAsync(RobotData.Empty);
        var text = PageText.Of(html);

        Assert.Contains("No open positions.", text, StringComparison.Ordinal);
        Assert.Contains("No symbols.", text, StringComparison.Ordinal);
        Assert.Contains("No trades yet.", text, StringComparison.Ordinal);
        Assert.Contains("Entries denied since the start none", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_stays_text_wherever_it_comes_from()
    {
        const string Evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&";
        var status = RobotData.Status with
        {
            Mode = Evil,
            Feed = Evil,
            Venue = Evil,
            Account = Evil,
            Journal = Evil,
            TradingState = Evil,
            TradingStateReason = Evil,
            Ready = false,
            WaitingFor = [Evil],
            Denials = new Dictionary<string, long> { [Evil] = 1 },
        };
        var position = RobotData.Leaving with
        {
            Symbol = Evil,
            Ticker = Evil,
            Direction = Evil,
            Status = Evil,
            Reference = Evil,
            ExitReason = Evil,
            Currency = Evil,
            Detail = Evil,
        };
        var trade = RobotData.Won with { Symbol = Evil, Direction = Evil, CloseReason = Evil, CloseDetail = Evil, Currency = Evil, NetCurrency = Evil };
        var symbol = new SymbolView(Evil, 1m, RobotData.Now, 1, 1, Evil);

        var html = await GetAsync(new FixedRobot { Status = status, Positions = [position], Trades = [trade], Symbols = [symbol] });

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        // Mode in title and banner, 8 in status, 2 in the symbol's row; in the position's row the currency stands 3 times, in the trade's 3 + 2.
        Assert.Equal(2 + 8 + 2 + 10 + 9, html.Split("&lt;script&gt;").Length - 1);
    }

    [Fact]
    public async Task The_page_loads_itself_every_two_seconds_and_stands_still_when_asked()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);

        var moving = await server.Client.GetStringAsync("/");
        var still = await server.Client.GetStringAsync("/?refresh=off");

        Assert.Contains("<meta http-equiv=\"refresh\" content=\"2\">", moving, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", still, StringComparison.Ordinal);
        Assert.Contains("Updates paused", PageText.Of(still), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_needs_no_script_and_no_style_but_its_own()
    {
        var html = await GetAsync(RobotData.Busy);

        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
    }

    private static async Task<string> GetAsync(FixedRobot robot)
    {
        await using var server = await DashboardServer.StartAsync(robot);
        using var response = await server.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
