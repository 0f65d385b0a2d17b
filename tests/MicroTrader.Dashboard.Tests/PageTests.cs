using System.Net;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Tests;

/// <summary>The page as it is sent: whole without a script, so that it can be read as text.</summary>
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

        Assert.Contains($"<header class=\"mode-bar {style}\">", html, StringComparison.Ordinal);
        Assert.Contains($"{mode} {meaning}", PageText.Of(html), StringComparison.Ordinal);
        Assert.Contains($"<title>{WebUtility.HtmlEncode(mode)} ", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mode_that_is_unknown_is_taken_for_real_money()
    {
        var html = await GetAsync(new FixedRobot { Status = RobotData.Status, Silent = new HashSet<string> { "status" } });

        Assert.Contains("<header class=\"mode-bar live\">", html, StringComparison.Ordinal);
        Assert.Contains("MODE UNKNOWN The robot did not say: take it for real money", PageText.Of(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_robot_says_what_it_may_do_and_where_it_trades()
    {
        var html = await GetAsync(RobotData.Busy);
        var controls = Text(html, "controls");

        Assert.Contains("Active Entries and exits Reason: started", controls, StringComparison.Ordinal);
        Assert.Contains("Resume Pause Flatten Stop all Resume is off: it enters and leaves as it is.", controls, StringComparison.Ordinal);
        Assert.Contains("TP +1%, SL −0.5%, TIME 10.0 s", controls, StringComparison.Ordinal);
        Assert.Contains("Feed synthetic, a tick every 250 ms Venue paper broker at http://127.0.0.1:5299 Account 12345678", PageText.Of(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robot_that_is_not_ready_says_what_it_waits_for_and_who_stopped_it()
    {
        var status = RobotData.Status with { Ready = false, WaitingFor = ["the broker's positions", "AXSM's journal"], TradingState = "ExitOnly", TradingStateReason = "flatten" };

        var controls = Text(await GetAsync(new FixedRobot { Status = status }), "controls");

        Assert.Contains("Exits only No entries, exits go on Reason: flatten", controls, StringComparison.Ordinal);
        Assert.Contains("waits for: the broker's positions; AXSM's journal", controls, StringComparison.Ordinal);
        Assert.Contains("Pause is off: it enters nothing as it is. Flatten is off: nothing is open, and nothing is entered.", controls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_another_program_trades_needs_the_person()
    {
        var status = RobotData.Status with
        {
            TradingState = "ExitOnly",
            TradingStateReason = "another program trades this account: order 501, Buy 3 HUT_US_EQ",
            Shared = new SharedAccount("another program trades this account: order 501, Buy 3 HUT_US_EQ", RobotData.Now - TimeSpan.FromMinutes(2)),
        };

        var html = await GetAsync(new FixedRobot { Status = status });

        Assert.Contains("Needs you The account SHARED since 2026-10-14 14:28:05 : another program trades this account: order 501, Buy 3 HUT_US_EQ", Text(html, "needs"), StringComparison.Ordinal);
        Assert.Contains("resume when it is.", Text(html, "needs"), StringComparison.Ordinal);
        Assert.Contains("Act now needs you: account SHARED", Text(html, "health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_being_sold_shows_a_provisional_gain_that_the_price_does_not_move()
    {
        var sale = new SaleView(2m, RobotData.Now - TimeSpan.FromSeconds(3), null);
        var robot = new FixedRobot { Status = RobotData.Status, Positions = [RobotData.Leaving with { Pnl = null, PnlPercent = null, Sale = sale }], Symbols = [RobotData.Quick with { Symbol = "HUT" }] }
            .With(Tick(9, 41.00m), Tick(3.5, 41.50m), Tick(1, 30m));

        Assert.Contains("+0.50 USD +0.61% provisional", PageText.Rows(await GetAsync(robot), "positions")[0]);
        // Of a time that is forgotten nothing is known.
        robot.Positions = [robot.Positions[0] with { Sale = sale with { AcceptedAt = RobotData.Now - TimeSpan.FromHours(1) } }];
        Assert.Contains("–", PageText.Rows(await GetAsync(robot), "positions")[0]);

        static Domain.Market.Tick Tick(double secondsAgo, decimal price) => new(Domain.Market.Symbol.Parse("HUT"), Domain.Market.TickKind.Trade, RobotData.Now.AddSeconds(-secondsAgo), price, 1m);
    }

    [Fact]
    public async Task A_symbol_that_needs_the_person_comes_first_with_its_choices()
    {
        var html = await GetAsync(new FixedRobot { Status = RobotData.Status with { Blocked = [RobotData.Ambiguous] } });
        var needs = Text(html, "needs");

        Assert.Contains("Needs you DJT AMBIGUOUS since 2026-10-14 14:28:05 : orders 501, 502 could all be <DJT-4-B1>", needs, StringComparison.Ordinal);
        Assert.Contains("Our order: DJT-4-B1 · orders in question: 501, 502 · the robot holds 1.5", needs, StringComparison.Ordinal);
        Assert.Contains("resolve DJT mine --order 501 order 501 is DJT-4-B1", needs, StringComparison.Ordinal);
        Assert.Contains("resolve DJT not-mine orders 501, 502 are yours", needs, StringComparison.Ordinal);
        Assert.True(html.IndexOf("id=\"needs\"", StringComparison.Ordinal) < html.IndexOf("id=\"chart\"", StringComparison.Ordinal));
        Assert.Contains("Act now", PageText.Of(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_needs_the_person_nothing_says_so() =>
        Assert.DoesNotContain("Needs you", await GetAsync(RobotData.Busy), StringComparison.Ordinal);

    [Fact]
    public async Task Account_day_and_counts_lead_the_page()
    {
        var text = PageText.Of(await GetAsync(RobotData.Busy));

        Assert.Contains("Account value 10234.50 EUR 7.0 s ago", text, StringComparison.Ordinal);
        Assert.Contains("Cash 9876.54 EUR", text, StringComparison.Ordinal);
        Assert.Contains("P&L of the day, net +12.34 EUR 16 trades · loss limit 500.00 EUR", text, StringComparison.Ordinal);
        Assert.Contains("Open positions 2 3 trades over", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Symbols_show_price_age_and_why_no_entry()
    {
        var rows = PageText.Rows(await GetAsync(RobotData.Busy), "symbols");

        Assert.Equal(["AXSM position open", "157.345 USD", "1.2 s"], rows[0]);
        Assert.Equal(["DJT no tick yet", "–", "–"], rows[1]);
        Assert.Equal(["WULF warming up 4/15", "0.51234 USD", "3 min 20 s stale"], rows[2]);
    }

    [Theory]
    [InlineData("WULF", null, "", "WULF silent 3 min", "wait")]
    [InlineData("WULF", "WULF", "", "WULF held, silent 3 min", "bad")]
    [InlineData("DJT", null, "", "DJT no price yet", "wait")]
    [InlineData("AXSM", null, "", "Prices 1.2 s (AXSM)", "")]
    [InlineData("WULF", null, "market shut", "Market shut", "")]
    [InlineData("AXSM", "OLD", "", "OLD held, no prices", "bad")]
    public async Task The_bar_names_the_oldest_price_of_what_is_traded_or_held(string traded, string? held, string word, string words, string style)
    {
        var busy = RobotData.Busy;
        busy.Symbols = [.. busy.Symbols.Where(s => s.Symbol == traded || (s.Symbol == "AXSM" && word.Length == 0)).Select(s => word.Length > 0 ? s with { Prices = word } : s)];
        busy.Positions = held is null ? [] : [RobotData.Open with { Symbol = held }];
        var html = await GetAsync(busy);

        var bar = html[html.IndexOf("data-testid=\"bar-prices\"", StringComparison.Ordinal)..];
        Assert.Equal(words, WebUtility.HtmlDecode(bar[(bar.IndexOf('>', StringComparison.Ordinal) + 1)..bar.IndexOf("</a>", StringComparison.Ordinal)]));
        Assert.Contains($"<a class=\"{$"prices {style}"}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Positions_show_every_figure_and_say_needs_evidence_where_an_order_is_unresolved()
    {
        var rows = PageText.Rows(await GetAsync(RobotData.Busy), "positions");

        Assert.Equal(["AXSM AXSM-17-B1", "OPEN", "1.5", "157.125 USD", "157.345 USD", "+0.33 USD +0.14%", "158.6963 +1% 156.3394 −0.5%", "4.2 s", "5.7 s", "Close"], rows[0]);
        // Its own limits, not the general ones.
        Assert.Equal(
            ["HUT HUT-3-S1", "PENDING_CLOSE TIME needs evidence connection lost after the request was sent", "2", "41.25 USD", "–", "–", "42.075 +2% 40.7344 −1.25%", "2 min 05 s", "–", "Close its sell is on its way"],
            rows[1]);
    }

    [Fact]
    public async Task A_symbol_with_rules_of_its_own_shows_them_beside_the_general_ones_and_counts_down_its_own_TIME()
    {
        var busy = RobotData.Busy;
        busy.Positions = [RobotData.Open with { Exits = new ExitView(3m, 1m, 60) }];
        var html = await GetAsync(busy);

        Assert.Contains("Leaves at TP +1%, SL −0.5%, TIME 10.0 s. WULF leaves at TP +2%, SL −1.25%, TIME 1 min 00 s, TRAIL 0.3% below the highest from +0.5% on.", Text(html, "controls"), StringComparison.Ordinal);
        var row = Assert.Single(PageText.Rows(html, "positions"));
        Assert.Equal("161.8388 +3% 155.5538 −1%", row[6]);
        Assert.Equal("55.7 s", row[8]);
        Assert.Contains("entry 157.125, TP 161.8388, SL 155.5538", Text(html, "chart"), StringComparison.Ordinal);
        Assert.Contains("prices in USD, times in UTC", Text(html, "chart"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_that_leave_nothing_say_so()
    {
        var busy = RobotData.Busy;
        busy.Positions = [RobotData.Open with { Blocked = RobotData.Ambiguous with { Symbol = "AXSM" } }, RobotData.Open with { Symbol = "OLD", WatchesPrices = false }];
        var rows = PageText.Rows(await GetAsync(busy), "positions");

        Assert.Equal(("158.6963 +1% 156.3394 −0.5% waits for you", "waits for you"), (rows[0][6], rows[0][8]));
        Assert.Equal(("no feed: TIME alone", "5.7 s"), (rows[1][6], rows[1][8]));
    }

    [Fact]
    public async Task Trades_show_prices_times_reason_and_what_is_left()
    {
        var rows = PageText.Rows(await GetAsync(RobotData.Busy), "trades");

        Assert.Equal(["AXSM-16", "TP", "1", "157.10 USD", "159.10 USD", "+2.00 USD +1.27%", "+1.47 EUR", "8.8 s", "14:20:09"], rows[0]);
        Assert.Equal(["WULF-4", "SL", "10", "0.5125 USD", "0.50991 USD", "-0.0259 USD -0.51%", "-0.04 EUR", "1 min 05 s", "00:01:03"], rows[1]);
        Assert.Equal(["DJT-2", "REJECTED insufficient free funds", "0", "–", "–", "–", "–", "–", "14:01:02"], rows[2]);
    }

    [Fact]
    public async Task Signals_show_what_became_of_them_and_denials_are_counted()
    {
        var text = Text(await GetAsync(RobotData.Busy), "decisions");

        Assert.Contains("AXSM at 157.10 USD 14:30:00 +0.21% over the window, 3 up in a row, volume 2.4 x entered: AXSM-17", text, StringComparison.Ordinal);
        Assert.Contains("denied: COOL_DOWN: until 14:31:00", text, StringComparison.Ordinal);
        Assert.Contains("SPREAD × 12 COOL_DOWN × 3", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("positions", "positions")]
    [InlineData("symbols", "symbols")]
    [InlineData("trades", "trades")]
    [InlineData("status", "controls")]
    public async Task A_part_that_does_not_answer_costs_its_own_section_only(string part, string section)
    {
        var busy = RobotData.Busy;
        busy.Silent = new HashSet<string> { part };
        var html = await GetAsync(busy);

        Assert.Contains("The robot did not answer in time: ", PageText.Of(html), StringComparison.Ordinal);
        foreach (var id in new[] { "controls", "positions", "symbols", "trades" })
            Assert.Equal(id == section, PageText.Section(html, id).Contains("Unknown: the robot did not answer in time.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_robot_says_so_in_words()
    {
        var text = PageText.Of(await GetAsync(RobotData.Empty));

        Assert.Contains("Nothing is held, nothing is on its way.", text, StringComparison.Ordinal);
        Assert.Contains("No symbol is traded.", text, StringComparison.Ordinal);
        Assert.Contains("No trade is over yet.", text, StringComparison.Ordinal);
        Assert.Contains("No signal since the start.", text, StringComparison.Ordinal);
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
            Blocked = [RobotData.Ambiguous with { Symbol = Evil, Detail = Evil, Choices = [new BlockedChoice(Evil, Evil)] }],
        };
        var position = RobotData.Leaving with { Symbol = Evil, Ticker = Evil, Direction = Evil, Status = Evil, Reference = Evil, ExitReason = Evil, Currency = Evil, Detail = Evil };
        var trade = RobotData.Won with { Symbol = Evil, Direction = Evil, CloseReason = Evil, CloseDetail = Evil, Currency = Evil, NetCurrency = Evil };
        var symbol = new SymbolView(Evil, 1m, RobotData.Now, 1, 1, Evil);
        var robot = new FixedRobot
        {
            Status = status,
            Positions = [position],
            Trades = [trade],
            Symbols = [symbol],
            Decisions = [new DecisionView(RobotData.Now, Evil, 1m, 1m, 3, 1m, false, Evil)],
            Account = new AccountView(Evil, 1m, 1m, RobotData.Now, Evil),
        };

        var html = await GetAsync(robot);

        Assert.DoesNotContain("<script>alert", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.True(html.Split("&lt;script&gt;").Length > 25);
    }

    [Fact]
    public async Task A_trade_has_a_page_of_its_own_that_tells_it_step_by_step()
    {
        var steps = new[] { new ExplainedStep(RobotData.Now, 12, "outcome", "AXSM-16-B1", "Accepted: order 54250290001", 34, 2) };
        var orders = new[] { new ExplainedOrder("AXSM-16-B1", "BUY", 1m, "Settled", 54250290001, 1m, 157.1m, RobotData.Now) };
        await using var server = await DashboardServer.StartAsync(new FixedRobot
        {
            Status = RobotData.Status,
            Explained = new ExplainAnswer(new Explanation("AXSM-16", "AXSM", "AXSM_US_EQ", 16, "CLOSED", orders, steps, RobotData.Won, null), null),
        });

        var text = PageText.Of(await server.Client.GetStringAsync("/trades/AXSM-16"));

        Assert.Contains("AXSM-16 · AXSM_US_EQ CLOSED", text, StringComparison.Ordinal);
        Assert.Contains("Gross +2.00 USD +1.27% reason TP Net +1.47 EUR fees 0.15 EUR", text, StringComparison.Ordinal);
        Assert.Contains("+12 ms outcome Accepted: order 54250290001 took 34 ms × 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trade_that_nobody_knows_says_so_on_its_page()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);

        Assert.Contains("the journal knows no such trade", PageText.Of(await server.Client.GetStringAsync("/trades/AXSM-99")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trades_come_as_csv_all_of_them_or_those_of_a_symbol()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        using var response = await server.Client.GetAsync("/trades.csv");
        var all = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var some = (await server.Client.GetStringAsync("/trades.csv?symbol=wulf&reason=sl")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("attachment", response.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, all.Length);
        Assert.StartsWith("AXSM,AXSM-16,LONG,1,157.05,157.1,2026-10-14T14:20:01.000Z,159.1,2026-10-14T14:20:09.800Z,TP,,8.8,2,1.2731,USD,1.47,0.15,EUR,AXSM-16-B1,54250290001,54250290002", all[1], StringComparison.Ordinal);
        Assert.StartsWith("WULF,WULF-4,", Assert.Single(some.Skip(1)), StringComparison.Ordinal);
    }

    private static string Text(string html, string section) => PageText.Of("<body>" + PageText.Section(html, section));

    private static async Task<string> GetAsync(FixedRobot robot)
    {
        await using var server = await DashboardServer.StartAsync(robot);
        using var response = await server.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
