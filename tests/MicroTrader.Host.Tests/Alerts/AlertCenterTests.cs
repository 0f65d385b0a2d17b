using System.Diagnostics;
using System.Text.Json;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Alerts;
using MicroTrader.Host.Tests.Support;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Tests.Alerts;

/// <summary>Alerts on their way, over real HTTP to servers on loopback; only the waits are of a clock that the test moves.</summary>
public sealed class AlertCenterTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 14, 14, 20, 5, TimeSpan.Zero);

    [Fact]
    public async Task A_notice_reaches_every_channel_with_the_mode_in_it()
    {
        await using var telegram = await FakeTelegram.StartAsync();
        await using var hook = await FakeHook.StartAsync();
        await using (var center = Center(new HeardLog(), TimeProvider.System, [.. Telegram(telegram), ("Alerts:Webhook:Url", hook.Secret)]))
            center.Notify(Closed("AXSM"));

        Assert.Equal(["4242: [PRACTICE] Closed AXSM: +2.00 USD (AXSM-1-S1, 2026-10-14 14:20:05Z)"], telegram.Sent);
        using var json = JsonDocument.Parse(Assert.Single(hook.Bodies));
        Assert.Equal(
            ["mode=PRACTICE", "kind=trade-closed", "text=Closed AXSM: +2.00 USD", "symbol=AXSM", "reference=AXSM-1-S1", "time=2026-10-14T14:20:05+00:00"],
            json.RootElement.EnumerateObject().Select(p => $"{p.Name}={p.Value}"));
        Assert.Equal("POST", hook.Methods.Single());
    }

    [Fact]
    public async Task A_kind_that_is_switched_off_is_not_told()
    {
        await using var hook = await FakeHook.StartAsync();
        await using (var center = Center(new HeardLog(), TimeProvider.System, ("Alerts:Webhook:Url", hook.Secret), ("Alerts:Kinds", "all,-trade-closed")))
        {
            center.Notify(Closed("AXSM"));
            center.Notify(Needs("DJT"));
        }

        Assert.Contains("needs-you", Assert.Single(hook.Bodies));
    }

    [Fact]
    public async Task Telegram_s_wish_to_wait_is_heeded()
    {
        await using var telegram = await FakeTelegram.StartAsync();
        var clock = new VirtualTimeProvider(Start);
        var log = new HeardLog();
        await using var center = Center(log, clock, Telegram(telegram));
        var attempts = new List<DateTimeOffset>();
        telegram.OnAttempt = () => attempts.Add(clock.GetUtcNow());
        telegram.Fail(429, "Too Many Requests: retry after 37", 37);

        center.Notify(Closed("AXSM"));
        await Eventually.TrueAsync(() => telegram.Sent.Count == 1 && log.Count(201) == 1, "it is sent after all", clock);

        Assert.Equal([Start, Start.AddSeconds(37)], attempts);
        Assert.Equal((1, 1), (log.Count(200), log.Count(201)));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(408)]
    public async Task A_server_that_fails_is_asked_again_with_growing_waits(int status)
    {
        await using var hook = await FakeHook.StartAsync();
        var clock = new VirtualTimeProvider(Start);
        var log = new HeardLog();
        await using var center = Center(log, clock, ("Alerts:Webhook:Url", hook.Secret));
        for (var i = 0; i < 3; i++)
            hook.Fail(status);

        center.Notify(Needs("DJT"));
        await Eventually.TrueAsync(() => hook.Bodies.Count == 4 && log.Count(201) == 1, "it is delivered at the fourth go", clock);

        // 1, 2 and 4 seconds.
        Assert.Equal(Start.AddSeconds(7), clock.GetUtcNow());
        Assert.Equal(1, log.Count(200));
        Assert.DoesNotContain("planted", log.Text);
    }

    [Fact]
    public async Task A_token_that_is_refused_says_so_once_and_shows_nowhere()
    {
        await using var telegram = await FakeTelegram.StartAsync();
        var log = new HeardLog();
        var wrong = FakeTelegram.Token[..^1] + "X";
        await using (var center = Center(log, TimeProvider.System, ("Alerts:Telegram:BotToken", wrong), ("Alerts:Telegram:ChatId", "4242"), ("Alerts:Telegram:Address", telegram.Address.ToString())))
        {
            center.Notify(Needs("DJT"));
            center.Notify(Needs("AXSM"));
        }

        Assert.Equal((1, 0), (log.Count(202), telegram.Sent.Count));
        Assert.Contains("401", log.Text);
        Assert.DoesNotContain("planted", log.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_more_than_the_pace_allows_is_summed_up_in_one_message_later()
    {
        await using var hook = await FakeHook.StartAsync();
        var clock = new VirtualTimeProvider(Start);
        await using var center = Center(new HeardLog(), clock, ("Alerts:Webhook:Url", hook.Secret), ("Alerts:PerMinute", "4"));
        for (var i = 0; i < 50; i++)
            center.Notify(Closed($"S{i}"));
        center.Notify(Needs("DJT"));

        await Eventually.TrueAsync(() => hook.Bodies.Any(b => b.Contains("left-out", StringComparison.Ordinal)), "the sum", clock);
        var kinds = hook.Bodies.Select(b => JsonDocument.Parse(b).RootElement.GetProperty("kind").GetString()).ToList();
        Assert.Equal(["trade-closed", "trade-closed", "trade-closed", "needs-you", "left-out"], kinds);
        Assert.Contains("47 message(s) were left out: 47 trade-closed", hook.Bodies.Last());
        Assert.Equal(Start.AddMinutes(1), clock.GetUtcNow());
    }

    // The robot tells from its actors: whatever becomes of the message, telling takes no time.
    [Fact]
    public async Task A_dead_endpoint_delays_nobody_who_tells_and_the_end_only_a_little()
    {
        await using var hook = await FakeHook.StartAsync();
        hook.Hangs = true;
        var log = new HeardLog();
        var center = Center(log, TimeProvider.System, ("Alerts:Webhook:Url", hook.Secret));
        center.Notify(Needs("DJT"));
        await Eventually.TrueAsync(() => hook.Bodies.Count == 1, "it hangs");

        var telling = Stopwatch.StartNew();
        for (var i = 0; i < 10_000; i++)
            center.Notify(Closed($"S{i % 500}"));
        telling.Stop();
        Assert.True(telling.Elapsed < TimeSpan.FromSeconds(2), $"10,000 notices took {telling.Elapsed}");

        var ending = Stopwatch.StartNew();
        await center.DisposeAsync();
        Assert.True(ending.Elapsed < TimeSpan.FromSeconds(15), $"the end took {ending.Elapsed}");
        Assert.Equal(1, log.Count(203));
    }

    [Fact]
    public async Task A_webhook_that_sends_elsewhere_is_not_followed()
    {
        await using var hook = await FakeHook.StartAsync();
        var log = new HeardLog();
        hook.Fail(302);
        await using (var center = Center(log, TimeProvider.System, ("Alerts:Webhook:Url", hook.Secret)))
            center.Notify(Needs("DJT"));

        Assert.Single(hook.Bodies);
        Assert.Contains("answered 302", log.Text);
        Assert.DoesNotContain("planted", log.Text);
    }

    [Fact]
    public async Task The_heart_beats_only_while_the_robot_answers()
    {
        await using var hook = await FakeHook.StartAsync();
        var clock = new VirtualTimeProvider(Start);
        var log = new HeardLog();
        var silent = new HashSet<string>();
        var robot = new FixedRobot { Silent = silent };
        await using var center = Center(log, clock, ("Alerts:Heartbeat:Url", hook.Secret), ("Alerts:Heartbeat:Interval", "1m"));
        center.Attend(robot, robot);
        await Eventually.TrueAsync(() => hook.Bodies.Count >= 3, "three beats", clock);
        Assert.InRange(clock.GetUtcNow() - Start, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));

        silent.Add("status");
        await Eventually.TrueAsync(() => log.Count(204) == 1, "it is said that there is none", clock);
        var before = hook.Bodies.Count;
        var from = clock.GetUtcNow();
        await Eventually.TrueAsync(() => clock.GetUtcNow() - from > TimeSpan.FromMinutes(5), "a while", clock);
        Assert.Equal((before, 1), (hook.Bodies.Count, log.Count(204)));

        silent.Clear();
        await Eventually.TrueAsync(() => hook.Bodies.Count > before && log.Count(205) == 1, "it beats again", clock);
        Assert.All(hook.Methods, m => Assert.Equal("GET", m));
        Assert.DoesNotContain("planted", log.Text);
    }

    internal static (string, string)[] Telegram(FakeTelegram telegram) =>
        [("Alerts:Telegram:BotToken", FakeTelegram.Token), ("Alerts:Telegram:ChatId", "4242"), ("Alerts:Telegram:Address", telegram.Address.ToString())];

    internal static AlertCenter Center(HeardLog log, TimeProvider time, params (string, string)[] settings) =>
        new(AlertPlan.Of(Settings.Of(settings).Alerts), "PRACTICE", time, log);

    private static RobotNotice Closed(string symbol) => new(NoticeKind.TradeClosed, symbol, $"{symbol}-1-S1", $"Closed {symbol}: +2.00 USD", Start);

    private static RobotNotice Needs(string symbol) => new(NoticeKind.NeedsYou, symbol, null, $"{symbol} needs you", Start);
}
