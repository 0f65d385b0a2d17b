using System.Globalization;
using MicroTrader.Domain.Robot;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MicroTrader.Dashboard.Tests;

/// <summary>Every trade can be reached on the page, and what is looked at stays where it is.</summary>
public sealed class TradesTests(ITestOutputHelper output)
{
    private const int Many = 2_345;

    [Fact]
    public async Task Every_trade_is_within_reach_and_the_page_that_is_read_does_not_move_while_further_ones_end()
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        var robot = new FixedRobot { Status = RobotData.Status, Symbols = [RobotData.Quick], Trades = Numbered(Many) };
        await using var server = await DashboardServer.StartAsync(robot);
        var page = browser.Page;
        await browser.OpenAsync(server.Address);
        var rows = page.Locator("#trades tbody tr");
        var range = page.GetByTestId("range");
        await Expect(range).ToHaveTextAsync("1 to 50 of 2345");
        await Expect(rows).ToHaveCountAsync(50);
        await Expect(page.GetByTestId("newer")).ToBeDisabledAsync();

        await page.GetByTestId("older").ClickAsync();
        await Expect(range).ToHaveTextAsync("51 to 100 of 2345");
        await Expect(rows.First).ToContainTextAsync("AXSM-2295");
        robot.Trades = Numbered(Many + 3);
        // Who looks at the newest sees them; who reads further down is not pushed about.
        await Expect(page.Locator("#trades-title")).ToHaveTextAsync("Trades (2348)");
        await page.GetByTestId("older").ClickAsync();
        await Expect(rows.First).ToContainTextAsync("AXSM-2245");
        await page.GetByTestId("newer").ClickAsync();
        await Expect(rows.First).ToContainTextAsync("AXSM-2295");

        await page.GetByTestId("oldest").ClickAsync();
        await Expect(range).ToHaveTextAsync("2301 to 2345 of 2345");
        await Expect(rows.Last).ToContainTextAsync("AXSM-1");
        await Expect(page.GetByTestId("older")).ToBeDisabledAsync();
        await page.GetByTestId("newest").ClickAsync();
        await Expect(rows.First).ToContainTextAsync("AXSM-2348");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Trades_are_filtered_by_name_reason_and_day_over_all_of_them_and_so_is_their_file()
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        var robot = new FixedRobot { Status = RobotData.Status, Symbols = [RobotData.Quick], Trades = [.. Numbered(Many), RobotData.Lost with { CloseTime = Day(2).AddHours(1) }] };
        await using var server = await DashboardServer.StartAsync(robot);
        var page = browser.Page;
        await browser.OpenAsync(server.Address);
        await Expect(page.GetByTestId("pause")).ToBeEnabledAsync();
        var rows = page.Locator("#trades tbody tr");

        // The oldest of all: no page but the last would have it.
        await page.Locator("#trades-filter").FillAsync("wulf");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToContainTextAsync("WULF-4");
        await page.GetByTestId("trades-from").FillAsync("2026-09-03");
        await Expect(page.Locator("#trades .empty")).ToHaveTextAsync("No such trade.");
        await page.GetByTestId("trades-from").FillAsync("2026-09-02");
        await page.GetByTestId("trades-to").FillAsync("2026-09-02");
        await Expect(rows).ToHaveCountAsync(1);
        var link = await page.GetByTestId("csv").GetAttributeAsync("href");
        Assert.Equal("/trades.csv?from=2026-09-02&to=2026-09-02&text=wulf", link);
        Assert.Equal(2, (await server.Client.GetStringAsync(link)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        await page.Locator("#trades-filter").FillAsync("tp");
        await page.GetByTestId("trades-from").FillAsync("");
        await page.GetByTestId("trades-to").FillAsync("");
        await Expect(page.GetByTestId("range")).ToHaveTextAsync("1 to 50 of 2345");
        // A filter is as live as the list.
        robot.Trades = [.. Numbered(Many + 1)];
        await Expect(page.GetByTestId("range")).ToHaveTextAsync("1 to 50 of 2346");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_file_has_them_all_however_many_there_are_and_refuses_a_day_that_is_none()
    {
        await using var server = await DashboardServer.StartAsync(new FixedRobot { Status = RobotData.Status, Trades = Numbered(Many) });

        var lines = (await server.Client.GetStringAsync("/trades.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        using var refused = await server.Client.GetAsync("/trades.csv?to=yesterday");

        Assert.Equal(Many + 1, lines.Length);
        Assert.Equal(Enumerable.Range(1, Many).Reverse().Select(n => string.Create(CultureInfo.InvariantCulture, $"AXSM-{n}")), lines.Skip(1).Select(l => l.Split(',')[1]));
        Assert.Equal((400, "to: 'yesterday' is not allowed; allowed is a day or a time in UTC, e.g. 2026-10-14 or 2026-10-14T13:30\n"), ((int)refused.StatusCode, await refused.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_a_failed_download_and_no_short_file()
    {
        var robot = new FixedRobot { Status = RobotData.Status, Trades = Numbered(Many), BeforeTrades = q => q.Page == 3 ? throw new TimeoutException("the robot did not answer about trades") : Task.CompletedTask };
        await using var server = await DashboardServer.StartAsync(robot);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.Client.GetStringAsync("/trades.csv"));
        robot.BeforeTrades = _ => throw new TimeoutException("the robot did not answer about trades");
        using var refused = await server.Client.GetAsync("/trades.csv");

        Assert.Equal((503, "the robot did not answer about trades\n"), ((int)refused.StatusCode, await refused.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task An_answer_that_comes_late_replaces_nothing_and_one_that_never_comes_is_asked_for_again()
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        var slow = new TaskCompletionSource();
        var again = new TaskCompletionSource();
        var asked = 0;
        var robot = new FixedRobot
        {
            Status = RobotData.Status,
            Symbols = [RobotData.Quick],
            Trades = Numbered(Many),
            BeforeTrades = q => q.Text switch
            {
                "slow" => slow.Task,
                "axsm-7" when Interlocked.Increment(ref asked) == 1 => throw new TimeoutException("the robot did not answer about trades"),
                "axsm-7" => again.Task,
                _ => Task.CompletedTask,
            },
        };
        await using var server = await DashboardServer.StartAsync(robot);
        var page = browser.Page;
        await browser.OpenAsync(server.Address);
        await Expect(page.GetByTestId("pause")).ToBeEnabledAsync();

        await page.Locator("#trades-filter").FillAsync("slow");
        await Expect(page.Locator("#trades .empty")).ToHaveTextAsync("Reading…");
        await page.Locator("#trades-filter").FillAsync("tp");
        await Expect(page.GetByTestId("range")).ToHaveTextAsync("1 to 50 of 2345");
        slow.SetResult();
        await DrawnTwiceAsync();
        await Expect(page.GetByTestId("range")).ToHaveTextAsync("1 to 50 of 2345");

        await page.Locator("#trades-filter").FillAsync("axsm-7");
        await Expect(page.Locator("#trades .unknown")).ToHaveTextAsync("Unknown: the robot did not answer about trades.");
        // Once: it is not asked for with each look while that is under way.
        await DrawnTwiceAsync();
        Assert.Equal(2, Volatile.Read(ref asked));
        again.SetResult();
        await Expect(page.Locator("#trades tbody tr").First).ToContainTextAsync("AXSM-7");
        Assert.Empty(browser.Complaints);

        // What was to come of something has come then.
        async Task DrawnTwiceAsync()
        {
            for (var i = 0; i < 2; i++)
            {
                var beat = await page.Locator("[data-beat]").GetAttributeAsync("data-beat");
                await Expect(page.Locator("[data-beat]")).Not.ToHaveAttributeAsync("data-beat", beat!);
            }
        }
    }

    // Newest first, a minute apart.
    private static IReadOnlyList<TradeView> Numbered(int count) =>
        [.. Enumerable.Range(1, count).Reverse().Select(n => RobotData.Won with { TradeNumber = n, CloseTime = Day(10).AddMinutes(n) })];

    private static DateTimeOffset Day(int day) => new(2026, 9, day, 0, 0, 0, TimeSpan.Zero);
}
