using System.Globalization;
using Microsoft.Playwright;
using MicroTrader.Domain.Robot;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MicroTrader.Dashboard.Tests;

/// <summary>What a person does on the page reaches the robot, and only what they meant.</summary>
public sealed class SteeringTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_symbol_that_needs_the_person_is_resolved_in_two_steps_by_keyboard_alone()
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        var robot = new FixedRobot { Status = RobotData.Status with { Mode = "LIVE", Blocked = [RobotData.Ambiguous] }, Symbols = [RobotData.Quick] };
        await using var server = await DashboardServer.StartAsync(robot);
        var page = browser.Page;
        await browser.OpenAsync(server.Address);
        var choice = page.GetByTestId("resolve").First;
        await Expect(choice).ToBeEnabledAsync();
        output.WriteLine(await browser.PictureAsync("needs-you", whole: false));

        await choice.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("DJT: would do this: order 501 is DJT-4-B1");
        Assert.Equal(["would resolve DJT mine 501"], robot.Told);

        await page.GetByTestId("cancel").PressAsync("Enter");
        await Expect(dialog).ToBeHiddenAsync();
        Assert.Single(robot.Told);

        await choice.PressAsync("Enter");
        await page.GetByTestId("confirm").PressAsync("Enter");
        await Expect(page.Locator(".mud-snackbar")).ToContainTextAsync("order 501 is DJT-4-B1");
        Assert.Equal("resolve DJT mine 501", robot.Told.Last());
    }

    [Fact]
    public async Task Stop_all_says_what_stays_unmanaged_and_a_robot_that_refuses_is_heard()
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        var robot = new FixedRobot { Status = RobotData.Status, Positions = [RobotData.Open], Answer = new CommandResult(false, "the journal cannot be written to") };
        await using var server = await DashboardServer.StartAsync(robot);
        var page = browser.Page;
        await browser.OpenAsync(server.Address);

        await page.GetByTestId("stop-all").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Unmanaged: AXSM x 1.5 (OPEN, bought at 157.125)");
        Assert.Empty(robot.Told);
        await page.GetByTestId("confirm").ClickAsync();
        await Expect(page.Locator(".mud-snackbar")).ToContainTextAsync("the journal cannot be written to");
        Assert.Equal(["Stopped: stopped by a person, on the page"], robot.Told);
    }

    [Theory]
    [InlineData("Active", true, "pause flatten stop-all")]
    [InlineData("Active", false, "pause flatten stop-all")]
    [InlineData("ExitOnly", true, "resume flatten stop-all")]
    [InlineData("ExitOnly", false, "resume stop-all")]
    [InlineData("Stopped", true, "resume pause flatten")]
    [InlineData("Stopped", false, "resume pause flatten")]
    public async Task A_button_that_would_do_nothing_is_off_and_says_why(string state, bool holds, string on)
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        var robot = new FixedRobot { Status = RobotData.Status with { TradingState = state }, Positions = holds ? [RobotData.Open, RobotData.Leaving] : [] };
        await using var server = await DashboardServer.StartAsync(robot);
        var page = browser.Page;
        await browser.OpenAsync(server.Address);

        foreach (var (button, word) in new[] { ("resume", "Resume"), ("pause", "Pause"), ("flatten", "Flatten"), ("stop-all", "Stop all") })
        {
            var isOn = on.Split(' ').Contains(button);
            await Expect(page.GetByTestId(button)).ToBeEnabledAsync(new() { Enabled = isOn });
            if (isOn)
                await Expect(page.GetByTestId("off")).Not.ToContainTextAsync($"{word} is off");
            else
                await Expect(page.GetByTestId("off")).ToContainTextAsync($"{word} is off: ");
        }

        if (!holds)
            return;
        await Expect(page.GetByTestId("close").First).ToBeEnabledAsync();
        await Expect(page.GetByTestId("close").Nth(1)).ToBeDisabledAsync();
        await Expect(page.Locator("#positions tbody tr").Nth(1)).ToContainTextAsync("its sell is on its way");
    }

    [Fact]
    public async Task Where_all_orders_are_stopped_a_pause_lets_exits_go_on_and_asks_first()
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        var robot = new FixedRobot { Status = RobotData.Status with { TradingState = "Stopped" }, Positions = [RobotData.Open] };
        await using var server = await DashboardServer.StartAsync(robot);
        var page = browser.Page;
        await browser.OpenAsync(server.Address);

        await page.GetByTestId("pause").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("what is due by TP, SL, TIME or your wish is sold at once");
        Assert.Empty(robot.Told);
        await page.GetByTestId("confirm").ClickAsync();
        await Expect(page.Locator(".mud-snackbar")).ToContainTextAsync("done as told");
        Assert.Equal(["ExitOnly: paused by a person, on the page"], robot.Told);
    }

    [Fact]
    public async Task Five_hundred_symbols_are_drawn_as_far_as_they_are_seen_and_none_is_out_of_reach()
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        var symbols = Enumerable.Range(0, 500).Select(i => RobotData.Quick with { Symbol = string.Create(CultureInfo.InvariantCulture, $"S{i:000}") }).ToList();
        var robot = new FixedRobot { Status = RobotData.Status, Symbols = symbols };
        await using var server = await DashboardServer.StartAsync(robot);
        var page = browser.Page;
        await browser.OpenAsync(server.Address);
        var rows = page.Locator("#symbols tbody tr");
        await Expect(rows.First).ToContainTextAsync("S000");
        Assert.InRange(await rows.CountAsync(), 5, 60);

        // All prices change at once, again and again, while the longest time between two drawings is taken.
        var n = 1m;
        // Each look finds other prices than the one before.
        var changing = server.View.Watch(_ => robot.Symbols = [.. symbols.Select(s => s with { LastPrice = 100m + n, Ticks = (long)n++ })]);
        var gap = await page.EvaluateAsync<double>(
            """
            () => new Promise(done => {
              let longest = 0, last = performance.now(), end = last + 4000;
              const frame = now => { longest = Math.max(longest, now - last); last = now; now < end ? requestAnimationFrame(frame) : done(longest); };
              requestAnimationFrame(frame);
            })
            """);
        // An idle machine needs 20 to 60 ms; how long a busy one needs says nothing.
        output.WriteLine($"longest time between two frames while 500 symbols changed: {gap:0} ms");
        // Each change is drawn, while they go on.
        for (var i = 0; i < 3; i++)
        {
            var shown = await rows.First.InnerTextAsync();
            await Expect(rows.First).Not.ToHaveTextAsync(shown, new() { UseInnerText = true });
        }

        changing.Dispose();

        await page.Locator("#symbols .mud-table-container").EvaluateAsync("e => e.scrollTop = e.scrollHeight");
        await Expect(page.Locator("#symbols")).ToContainTextAsync("S499");
        await page.Locator("#symbols-filter").FillAsync("S250");
        await Expect(rows.Filter(new() { HasText = "S250" })).ToBeVisibleAsync();
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Light_and_dark_are_chosen_and_stay_chosen()
    {
        await using var browser = await Browser.StartAsync(output, scheme: ColorScheme.Dark);
        if (browser is null)
            return;
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        var page = browser.Page;
        await browser.OpenAsync(server.Address);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Light colours" })).ToBeEnabledAsync();
        await Expect(page.GetByTestId("pause")).ToBeEnabledAsync();

        await page.GetByTestId("theme").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await browser.OpenAsync(server.Address);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task With_a_token_a_browser_logs_in_once_and_is_live()
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        const string Token = "a-token-of-a-test-0123456789";
        await using var server = await DashboardServer.StartAsync(RobotData.Busy, new WebGate { Token = Token });
        var page = browser.Page;
        await page.GotoAsync(server.Address + "trades/AXSM-16");
        await page.Locator("#token").FillAsync("not-the-token-of-this-test-1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not the token.");
        await page.Locator("#token").FillAsync(Token);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".mode-bar .word")).ToHaveTextAsync("SIM");
        Assert.EndsWith("/trades/AXSM-16", page.Url, StringComparison.Ordinal);

        await browser.OpenAsync(server.Address);
        await Expect(page.GetByTestId("pause")).ToBeEnabledAsync();
        Assert.DoesNotContain(Token, await page.ContentAsync(), StringComparison.Ordinal);
    }
}
