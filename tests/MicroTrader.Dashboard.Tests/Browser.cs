using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace MicroTrader.Dashboard.Tests;

/// <summary>
/// Debian's Chromium, and a page in it. What the browser complains of is kept. One browser serves every test, for its start takes longer than most tests;
/// each has a profile of its own in it.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly Lazy<Task<IBrowser>> Shared = new(LaunchAsync);

    private readonly IBrowserContext _profile;

    private Browser(IBrowserContext profile, IPage page)
    {
        _profile = profile;
        Page = page;
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Warnings and errors of the console, and scripts that failed.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Where screenshots go.</summary>
    public static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults")).FullName;

    /// <summary>Starts it; null, said so, where it is not there.</summary>
    public static async Task<Browser?> StartAsync(ITestOutputHelper output, int width = 1500, int height = 1200, ColorScheme scheme = ColorScheme.Light)
    {
        if (!File.Exists(Chromium))
        {
            output.WriteLine($"SKIPPED: there is no {Chromium}; apt-get install chromium gives it.");
            return null;
        }

        var browser = await Shared.Value;
        var profile = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        profile.SetDefaultTimeout(60_000);
        var page = await profile.NewPageAsync();
        var made = new Browser(profile, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                made.Complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => made.Complaints.Enqueue($"script: {error}");
        return made;
    }

    /// <summary>Opens an address and waits until the page is live.</summary>
    public async Task OpenAsync(Uri address)
    {
        var link = Page.WaitForWebSocketAsync();
        await Page.GotoAsync(address.ToString());
        await link;
    }

    /// <summary>Keeps a picture of the page as test output.</summary>
    public async Task<string> PictureAsync(string name, bool whole = true)
    {
        var path = Path.Combine(Pictures, name + ".png");
        await Page.ScreenshotAsync(new() { Path = path, FullPage = whole, Animations = ScreenshotAnimations.Disabled });
        return path;
    }

    public async ValueTask DisposeAsync() => await _profile.DisposeAsync();

    // It ends with the process that started it.
    private static async Task<IBrowser> LaunchAsync()
    {
        // The machine may be busy with something else: a browser that starts takes its time.
        Assertions.SetDefaultExpectTimeout(45_000);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"] });
    }
}
