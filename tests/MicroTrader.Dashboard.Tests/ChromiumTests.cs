using System.Buffers.Binary;
using System.Diagnostics;
using Xunit.Abstractions;

namespace MicroTrader.Dashboard.Tests;

/// <summary>What a real browser makes of the page: whether the policy lets the style sheet in is only known there.</summary>
public sealed class ChromiumTests(ITestOutputHelper output) : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("microtrader-chromium-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1400, 1000)]
    [InlineData(390, 844)]
    public async Task A_browser_shows_the_page(int width, int height)
    {
        if (!File.Exists(Chromium))
        {
            output.WriteLine($"Skipped: there is no {Chromium}; apt-get install chromium gives it.");
            return;
        }

        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        // Standing still: a page that reloads for ever never comes to the rest that a headless browser waits for.
        var page = new Uri(server.Address, "/?refresh=off").ToString();
        var picture = Path.Combine(_folder.FullName, "page.png");

        var (dom, _) = await RunAsync("--dump-dom", page);
        var (_, complaints) = await RunAsync("--enable-logging=stderr", $"--window-size={width},{height}", $"--screenshot={picture}", page);

        Assert.Contains("+2.00 USD (+1.27%)", PageText.Of(dom), StringComparison.Ordinal);
        Assert.Contains("needs evidence", PageText.Of(dom), StringComparison.Ordinal);
        Assert.DoesNotContain("Content Security Policy", complaints, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("CONSOLE", complaints, StringComparison.Ordinal);
        var png = await File.ReadAllBytesAsync(picture);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]);
        // The header chunk of a PNG holds width and height from byte 16 on; source: https://www.w3.org/TR/png/#11IHDR.
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(height, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    private async Task<(string Out, string Error)> RunAsync(params string[] arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var process = new Process { StartInfo = new ProcessStartInfo(Chromium) { RedirectStandardOutput = true, RedirectStandardError = true } };
        string[] all =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars", $"--user-data-dir={Path.Combine(_folder.FullName, "profile")}",
            .. arguments,
        ];
        foreach (var argument in all)
            process.StartInfo.ArgumentList.Add(argument);
        process.Start();
        try
        {
            var stdout = process.StandardOutput.ReadToEndAsync(patience.Token);
            var stderr = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"chromium ended with {process.ExitCode}: {await stderr}");
            return (await stdout, await stderr);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
