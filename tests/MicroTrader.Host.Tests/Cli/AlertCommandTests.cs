using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>alert test</c>: what comes of a message by each channel.</summary>
public sealed class AlertCommandTests
{
    [Fact]
    public async Task Each_channel_gets_a_message_and_says_so()
    {
        await using var telegram = await FakeTelegram.StartAsync();
        await using var hook = await FakeHook.StartAsync();

        var run = await TestAsync(telegram, $"Alerts:Webhook:Url={hook.Secret}", $"Alerts:Heartbeat:Url={hook.Secret}");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["telegram: sent", "webhook: sent", "heartbeat: set up; only a running robot calls it"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()));
        Assert.Contains("[SIM] Test message", Assert.Single(telegram.Sent));
        Assert.Contains("\"mode\":\"SIM\"", Assert.Single(hook.Bodies));
        Assert.DoesNotContain("planted", run.All, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_that_fails_is_named_with_its_cause_and_the_exit_code_says_so()
    {
        await using var telegram = await FakeTelegram.StartAsync();
        telegram.Fail(400, "Bad Request: chat not found");
        await using var hook = await FakeHook.StartAsync();

        var run = await TestAsync(telegram, $"Alerts:Webhook:Url={hook.Secret}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("telegram: FAILED: Telegram answered 400: Bad Request: chat not found", run.Output);
        Assert.Contains("webhook: sent", run.Output);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_without_the_token()
    {
        var run = await CommandLine.RunAsync(
            "alert", "test", "--set", $"Alerts:Telegram:BotToken={FakeTelegram.Token}", "--set", "Alerts:Telegram:ChatId=4242", "--set", "Alerts:Telegram:Address=http://127.0.0.1:9");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("telegram: FAILED:", run.Output);
        Assert.DoesNotContain("planted", run.All, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_a_channel_it_says_what_makes_one()
    {
        var run = await CommandLine.RunAsync("alert", "test");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Alerts:Telegram:BotToken", run.ErrorLine);
    }

    private static Task<CommandLine> TestAsync(FakeTelegram telegram, params string[] settings) => CommandLine.RunAsync(
    [
        "alert", "test", "--set", $"Alerts:Telegram:BotToken={FakeTelegram.Token}", "--set", "Alerts:Telegram:ChatId=4242", "--set", $"Alerts:Telegram:Address={telegram.Address}",
        .. settings.SelectMany(s => new[] { "--set", s }),
    ]);
}
