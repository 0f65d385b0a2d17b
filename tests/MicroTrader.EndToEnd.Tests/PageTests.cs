using System.Globalization;
using System.Net;
using Microsoft.Playwright;
using MicroTrader.Dashboard.Tests;
using MicroTrader.EndToEnd.Tests.Support;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>The page of a real robot in a real browser: what it shows, what it steers, and whom it lets.</summary>
public sealed class PageTests(ITestOutputHelper output)
{
    // Says that the picture in docs/ is to be made anew: everything else leaves the checkout as it is.
    private const string RenewPictures = "MICROTRADER_RENEW_PICTURES";

    [Fact]
    public async Task The_page_shows_a_trade_opening_and_closing_and_pause_stops_entries_until_resume()
    {
        await using var folder = new HostFolder();
        var script = folder.Write("prices.csv", PriceScript.Rises(200, 500, "AXSM", "DJT").ToString());
        var robot = await folder.TradeAsync("--symbols", "AXSM,DJT", "--feed", "script", "--data", script, "--set", "Exits:MaxHold=3s");
        await robot.PositionAsync("AXSM", "OPEN");
        // Without a browser, too, it is all there as text; the first time a page is asked for may take longer than a position lasts.
        await robot.WaitForTextAsync("/", "SIM");
        await robot.WaitForTextAsync("/", "OPEN");
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;

        var page = browser.Page;
        await browser.OpenAsync(robot.Page);
        await Expect(page.Locator(".mode-bar .word")).ToHaveTextAsync("SIM");
        await Expect(page.Locator("#positions .tag", new() { HasText = "OPEN" }).First).ToBeVisibleAsync();
        await Expect(page.Locator("#chart .boxlayer .trace").First).ToBeAttachedAsync();
        await Expect(page.Locator("#trades tbody tr", new() { HasText = "TIME" }).First).ToBeVisibleAsync();
        await Expect(page.Locator("#decisions .outcome.good").First).ToBeVisibleAsync();
        await Expect(page.Locator("#log .line", new() { HasText = "Position CLOSED: " }).First).ToBeAttachedAsync();

        await AHundredClientsAsync(robot);

        await page.GetByTestId("pause").ClickAsync();
        await Expect(page.GetByTestId("bar-state")).ToHaveTextAsync("Exits only");
        await robot.WaitUntilAsync("positions", p => p.GetArrayLength() == 0, "nothing held");
        var paused = (await robot.AskAsync("trades")).GetArrayLength();
        // The prices still rise: each wish to enter is turned down.
        await robot.WaitUntilAsync("decisions", d => d.EnumerateArray().First().GetProperty("taken") is { ValueKind: System.Text.Json.JsonValueKind.False }, "denied");
        await Expect(page.Locator("#decisions li").First.Locator(".outcome.bad")).ToBeVisibleAsync();
        Assert.Equal(paused, (await robot.AskAsync("trades")).GetArrayLength());

        await page.GetByTestId("resume").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("simulated money");
        await page.GetByTestId("confirm").ClickAsync();
        await Expect(page.GetByTestId("trading-state")).ToContainTextAsync("Active");
        // During the pause the closing figures had all reads of the history; entries go on once there are some for their own, a minute later at the latest.
        await Expect(page.Locator("#positions .tag", new() { HasText = "OPEN" }).First).ToBeVisibleAsync(new() { Timeout = 90_000 });

        await page.Locator("#trades tbody a").First.ClickAsync();
        await Expect(page.Locator("#steps .steps li").First).ToBeVisibleAsync();
        await Expect(page.Locator("#steps")).ToContainTextAsync("CLOSED, reason TIME");
        output.WriteLine(await browser.PictureAsync("trade"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Flatten_names_what_is_sold_and_sells_it_other_sites_can_do_nothing_and_the_page_comes_back_after_a_restart()
    {
        await using var folder = new HostFolder();
        var script = folder.Write("prices.csv", PriceScript.Rises(200, 300, "AXSM", "DJT").ToString());
        string[] settings = ["--symbols", "AXSM,DJT", "--feed", "script", "--data", script, "--set", "Exits:MaxHold=10m"];
        var robot = await folder.TradeAsync(settings);
        await robot.PositionAsync("AXSM", "OPEN");
        await robot.PositionAsync("DJT", "OPEN");
        await OnlyThisMachinesNamesAreAnsweredAsync(robot);
        await using var browser = await Browser.StartAsync(output);
        if (browser is null)
            return;

        var page = browser.Page;
        await AnotherSiteCanDoNothingAsync(browser, robot);
        await browser.OpenAsync(robot.Page);
        await page.GetByTestId("flatten").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("AXSM x 1, last price");
        await Expect(dialog).ToContainTextAsync("DJT x 1, last price");
        await page.GetByTestId("cancel").ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        Assert.Equal(2, (await robot.AskAsync("positions")).GetArrayLength());

        await RowsStayTheSameAsync(page);
        await page.Locator("#positions tbody tr", new() { HasText = "DJT" }).GetByTestId("close").ClickAsync();
        await Expect(dialog).ToContainTextAsync("DJT x 1");
        await page.GetByTestId("confirm").ClickAsync();
        await Expect(page.Locator("#trades tbody tr", new() { HasText = "CLOSE" }).First).ToBeVisibleAsync();

        await page.GetByTestId("flatten").ClickAsync();
        await page.GetByTestId("confirm").ClickAsync();
        await Expect(page.Locator("#trades tbody tr", new() { HasText = "FLATTEN" }).First).ToBeVisibleAsync();
        await Expect(page.Locator("#positions .empty")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("trading-state")).ToContainTextAsync("Exits only");
        Assert.Empty(browser.Complaints);

        await page.EvaluateAsync("window.drawnByTheFirstHost = true");
        await robot.Process.KillAsync();
        await Expect(page.Locator("#away")).ToBeVisibleAsync();
        var second = folder.Start(["run", "--port", robot.Page.Port.ToString(CultureInfo.InvariantCulture), .. settings]);
        await second.WaitForAsync("^  page      http");
        await Expect(page.Locator("footer")).ToContainTextAsync(second.Id.ToString(CultureInfo.InvariantCulture));
        Assert.True(await page.EvaluateAsync<bool>("window.drawnByTheFirstHost === undefined"));
        await Expect(page.Locator("#away")).ToBeHiddenAsync();
        // What was set before holds, and the page is live again.
        await Expect(page.GetByTestId("trading-state")).ToContainTextAsync("Exits only");
        await Expect(page.GetByTestId("resume")).ToBeEnabledAsync();
        await Expect(page.Locator("#symbols tbody tr").First).ToContainTextAsync("AXSM");
    }

    [Fact]
    public async Task The_picture_of_the_documents_is_taken_of_a_robot_that_trades()
    {
        await using var browser = await Browser.StartAsync(output, 1500, 1000);
        if (browser is null)
            return;
        await using var folder = new HostFolder();
        var robot = await folder.TradeAsync("--set", "Feed:Interval=100ms", "--set", "Exits:TakeProfitPercent=0.6", "--set", "Exits:StopLossPercent=0.3");
        var page = browser.Page;
        await browser.OpenAsync(robot.Page);
        await robot.WaitUntilAsync("trades", t => t.GetArrayLength() >= 4, "four trades");
        await Expect(page.Locator("#positions .tag", new() { HasText = "OPEN" }).First).ToBeVisibleAsync();
        await Expect(page.Locator("#chart .boxlayer .trace").First).ToBeAttachedAsync();
        var picture = await browser.PictureAsync("page", whole: false);
        output.WriteLine(picture);
        Assert.True(new FileInfo(picture).Length > 50_000);
        if (Environment.GetEnvironmentVariable(RenewPictures) is { Length: > 0 })
            File.Copy(picture, Path.Combine(Checkout.Root, "docs", "images", "page.png"), overwrite: true);
        Assert.Empty(browser.Complaints);
    }

    // A row that is drawn anew with every price loses the click that is on its way to it.
    private static async Task RowsStayTheSameAsync(IPage page)
    {
        await page.EvaluateAsync("document.querySelectorAll('#positions tbody tr, #symbols tbody tr').forEach(row => row.isTheFirst = true)");
        for (var i = 0; i < 6; i++)
        {
            var beat = await page.Locator("[data-beat]").GetAttributeAsync("data-beat");
            await Expect(page.Locator("[data-beat]")).Not.ToHaveAttributeAsync("data-beat", beat!);
        }

        Assert.Equal(4, await page.EvaluateAsync<int>("[...document.querySelectorAll('#positions tbody tr, #symbols tbody tr')].filter(row => row.isTheFirst).length"));
    }

    // A hundred programs ask at once, again and again: each is answered, and trades go on meanwhile and after.
    private static async Task AHundredClientsAsync(Robot robot)
    {
        var before = (await robot.AskAsync("trades")).GetArrayLength();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 100 }) { BaseAddress = robot.Page, Timeout = HostProcess.Patience };
        string[] paths = ["/api/v1/status", "/api/v1/trades?size=20", "/api/v1/symbols", "/", "/api/v1/health"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async client =>
        {
            var seen = new List<HttpStatusCode>();
            foreach (var path in paths)
            {
                using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
                seen.Add(response.StatusCode);
            }

            return seen;
        }));
        Assert.All(answers.SelectMany(a => a), status => Assert.Equal(HttpStatusCode.OK, status));
        await robot.WaitUntilAsync("trades", t => t.GetArrayLength() > before, "a further trade");
        Assert.Empty(robot.Process.Find("journal failed|needs you|ERR"));
    }

    // A page of another site must neither read the robot (a name that leads here) nor steer it (a call without the header).
    private static async Task OnlyThisMachinesNamesAreAnsweredAsync(Robot robot)
    {
        using var http = new HttpClient { BaseAddress = robot.Page };
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        asked.Headers.Host = "evil.example";
        using var named = await http.SendAsync(asked);
        Assert.Equal(HttpStatusCode.BadRequest, named.StatusCode);
        using var unmarked = await http.PostAsync(new Uri("/api/v1/flatten", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Forbidden, unmarked.StatusCode);
    }

    // What a browser that has both open lets another site's page do: send what needs no leave, ask for leave, and connect.
    private static async Task AnotherSiteCanDoNothingAsync(Browser browser, Robot robot)
    {
        var page = browser.Page;
        await page.RouteAsync("http://elsewhere.example/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<h1>another site</h1>" }));
        await page.GotoAsync("http://elsewhere.example/");
        var sent = new List<int>();
        page.Response += (_, response) =>
        {
            if (response.Url.StartsWith(robot.Page.ToString(), StringComparison.Ordinal))
                sent.Add(response.Status);
        };
        var said = await page.EvaluateAsync<string[]>(
            """
            async robot => {
              const attempt = async what => { try { return await what(); } catch { return 'refused'; } };
              return [
                await attempt(async () => (await fetch(robot + 'api/v1/flatten', { method: 'POST', mode: 'no-cors' })).type),
                await attempt(async () => (await fetch(robot + 'api/v1/flatten', { method: 'POST', headers: { 'X-MicroTrader': 'x' } })).status),
                await attempt(async () => (await fetch(robot + 'api/v1/status')).status),
                await attempt(() => new Promise((yes, no) => { const s = new WebSocket(robot.replace('http', 'ws') + '_blazor'); s.onopen = () => yes('open'); s.onerror = no; })),
              ];
            }
            """,
            robot.Page.ToString());
        // The first leaves the browser, which shows its answer to nobody: the robot must refuse it itself.
        Assert.Equal(["refused", "refused", "refused"], said[1..]);
        Assert.All(sent, status => Assert.InRange(status, 400, 499));
        Assert.Equal("Active", (await robot.AskAsync("state")).Text("state"));
        Assert.Equal(2, (await robot.AskAsync("positions")).GetArrayLength());
        browser.Complaints.Clear();
    }
}
