using System.Diagnostics;
using System.Net;
using MicroTrader.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>The page, as a program and as a browser see it.</summary>
public sealed class PageTests(ITestOutputHelper output)
{
    private const string Chromium = "/usr/bin/chromium";

    [Fact]
    public async Task The_page_shows_mode_symbols_positions_and_trades()
    {
        await using var folder = new HostFolder();
        var script = folder.Write("prices.csv", PriceScript.Rises(60, 500, "AXSM", "DJT").ToString());
        var robot = await folder.TradeAsync("--symbols", "AXSM,DJT", "--feed", "script", "--data", script, "--set", "Exits:MaxHold=3s");
        await robot.PositionAsync("AXSM", "OPEN");
        var held = await robot.ReadAsync("/");
        Assert.Contains("SIM", held, StringComparison.Ordinal);
        Assert.Contains("DJT", held, StringComparison.Ordinal);
        Assert.Contains("OPEN", held, StringComparison.Ordinal);

        var order = (await robot.Process.WaitForAsync("BUY order created: (?<id>[0-9]+)$"))["id"];
        await robot.Process.WaitForAsync("Position CLOSED: AXSM ");
        await folder.DoAsync("pause");
        await robot.WaitUntilAsync("positions", p => p.GetArrayLength() == 0, "nothing held");
        await robot.WaitUntilAsync("trades", t => t.EnumerateArray().Any(x => x.Id("entryOrderId")!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) == order), "the trade");
        var page = await robot.ReadAsync("/");
        Assert.Contains("AXSM", page, StringComparison.Ordinal);
        Assert.Contains("TIME", page, StringComparison.Ordinal);
        Assert.Contains("157.50", page, StringComparison.Ordinal);

        await OnlyThisMachinesNamesAreAnsweredAsync(robot);
        await InABrowserAsync(folder, robot);
    }

    // A page of another site must neither read the robot (a name that leads here) nor steer it (a call without the header).
    private static async Task OnlyThisMachinesNamesAreAnsweredAsync(Robot robot)
    {
        using var http = new HttpClient { BaseAddress = robot.Page };
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        asked.Headers.Host = "evil.example";
        using var named = await http.SendAsync(asked);
        Assert.False(named.IsSuccessStatusCode);
        using var unmarked = await http.PostAsync(new Uri("/api/v1/flatten", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Forbidden, unmarked.StatusCode);
    }

    private async Task InABrowserAsync(HostFolder folder, Robot robot)
    {
        if (!File.Exists(Chromium))
        {
            output.WriteLine($"SKIPPED: there is no {Chromium}");
            return;
        }

        var address = new Uri(robot.Page, "/?refresh=off").ToString();
        var dom = await BrowseAsync(folder, "dom", "--dump-dom", address);
        Assert.Contains("AXSM", dom, StringComparison.Ordinal);
        Assert.Contains("TIME", dom, StringComparison.Ordinal);
        var picture = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults")).FullName, "page.png");
        File.Delete(picture);
        await BrowseAsync(folder, "picture", $"--screenshot={picture}", "--window-size=1400,1000", address);
        Assert.True(new FileInfo(picture).Length > 1_000);
        output.WriteLine($"a picture of the page: {picture}");
    }

    private static async Task<string> BrowseAsync(HostFolder folder, string profile, params string[] arguments)
    {
        var start = new ProcessStartInfo(Chromium) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path };
        foreach (var argument in (string[])[
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            $"--user-data-dir={folder.In("chromium-" + profile)}", .. arguments])
            start.ArgumentList.Add(argument);
        using var browser = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(HostProcess.Patience);
        try
        {
            var said = browser.StandardOutput.ReadToEndAsync(deadline.Token);
            var complained = browser.StandardError.ReadToEndAsync(deadline.Token);
            await browser.WaitForExitAsync(deadline.Token);
            Assert.True(browser.ExitCode == 0, await complained);
            return await said;
        }
        finally
        {
            if (!browser.HasExited)
                browser.Kill(entireProcessTree: true);
        }
    }
}
