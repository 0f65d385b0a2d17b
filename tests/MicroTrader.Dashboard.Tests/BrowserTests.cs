using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MicroTrader.Domain.Market;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MicroTrader.Dashboard.Tests;

/// <summary>What a real browser makes of the page: whether the policy lets in what it needs, and whether it is live, is only known there.</summary>
public sealed class BrowserTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("light", 1500, 1200)]
    [InlineData("dark", 1500, 1200)]
    [InlineData("phone", 390, 844)]
    public async Task A_browser_shows_the_page_and_complains_of_nothing(string name, int width, int height)
    {
        await using var browser = await Browser.StartAsync(output, width, height, name == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        if (browser is null)
            return;
        await using var server = await DashboardServer.StartAsync(RobotData.Busy.With(Ticks()));

        await browser.OpenAsync(server.Address);
        var page = browser.Page;
        await Expect(page.Locator("#chart .candlestick, #chart .boxlayer .trace").First).ToBeAttachedAsync();
        await Expect(page.Locator("#log .line")).ToHaveCountAsync(3);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", name == "dark" ? "dark" : "light");
        output.WriteLine(await browser.PictureAsync(name));

        Assert.Empty(browser.Complaints);
        // Nothing sticks out to the side, where a thumb would push the page about.
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("trades/AXSM-16")]
    public async Task A_page_to_which_nothing_new_comes_says_that_it_is_old_and_no_longer_once_it_does(string path)
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        var page = browser.Page;
        // The way is there and carries nothing: as with a host that hangs, no connection ends.
        var held = new Queue<IWebSocketFrame>();
        var (gate, isCut) = (new Lock(), false);
        IWebSocketRoute? toPage = null;
        await page.RouteWebSocketAsync(new Regex("_blazor"), route =>
        {
            toPage = route;
            route.ConnectToServer().OnMessage(frame =>
            {
                lock (gate)
                {
                    if (isCut)
                        held.Enqueue(frame);
                    else
                        Pass(route, frame);
                }
            });
        });
        await page.GotoAsync(server.Address + path);
        var first = await page.Locator("[data-beat]").GetAttributeAsync("data-beat");
        await Expect(page.Locator("[data-beat]")).Not.ToHaveAttributeAsync("data-beat", first!);
        await Expect(page.Locator("#old")).ToBeHiddenAsync();

        lock (gate)
            isCut = true;
        await Expect(page.Locator("#old")).ToBeVisibleAsync();
        await Expect(page.Locator("#old")).ToContainTextAsync("What stands here is old: nothing new has come for");
        output.WriteLine(await browser.PictureAsync($"old{path.Length}", whole: false));
        lock (gate)
        {
            isCut = false;
            while (held.TryDequeue(out var frame))
                Pass(toPage!, frame);
        }

        await Expect(page.Locator("#old")).ToBeHiddenAsync();
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_browser_that_slept_does_not_call_the_page_old_for_the_time_that_it_slept()
    {
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        var page = browser.Page;
        var isCut = false;
        await page.RouteWebSocketAsync(new Regex("_blazor"), route => route.ConnectToServer().OnMessage(frame =>
        {
            if (!Volatile.Read(ref isCut))
                Pass(route, frame);
        }));
        await page.Clock.InstallAsync();
        await page.GotoAsync(server.Address.ToString());
        var first = await page.Locator("[data-beat]").GetAttributeAsync("data-beat");
        await Expect(page.Locator("[data-beat]")).Not.ToHaveAttributeAsync("data-beat", first!);

        // It wakes, and what has come since is not there yet. After half a minute of silence Blazor knows by itself that its connection is gone: far from that, for a busy
        // machine needs time for the rest.
        Volatile.Write(ref isCut, true);
        // What came last is looked at before it sleeps: else it would be news when it wakes.
        await page.Clock.RunForAsync(2_000);
        await page.Clock.FastForwardAsync(8_000);
        Assert.True(await page.Locator("#old").IsHiddenAsync());
        // What goes on to be silent is old, as ever.
        await Expect(page.Locator("#old")).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    private static void Pass(IWebSocketRoute route, IWebSocketFrame frame)
    {
        if (frame.Binary is { } bytes)
            route.Send(bytes);
        else
            route.Send(frame.Text!);
    }

    private static Tick[] Ticks()
    {
        var random = new Random(7);
        var price = 156.4m;
        return [.. Enumerable.Range(0, 600).Select(i =>
        {
            price += Math.Round((decimal)(random.NextDouble() - 0.487) * 0.12m, 2);
            return new Tick(Symbol.Parse("AXSM"), TickKind.Trade, RobotData.Now - TimeSpan.FromSeconds(600 - i), price, random.Next(50, 400));
        })];
    }
}
