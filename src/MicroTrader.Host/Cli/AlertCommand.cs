using System.CommandLine;
using MicroTrader.Host.Alerts;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary><c>alert test</c>: sends one message by each channel that is set up, and says what came of it.</summary>
internal static class AlertCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output)
    {
        var test = new Command("test", "Sends one message by each channel that is set up, and says what came of it");
        var common = new CommonOptions();
        common.AddTo(test);
        test.SetAction(async (parsed, stop) =>
        {
            var options = common.Load(parsed);
            var plan = AlertPlan.Of(options.Alerts);
            var mode = JournalLocator.ModeOf(options).ToString().ToUpperInvariant();
            return await TestAsync(plan, mode, output, stop);
        });
        return new Command("alert", "Alerts: messages to you while nobody watches") { test };
    }

    private static async Task<int> TestAsync(AlertPlan plan, string mode, TextWriter output, CancellationToken stop)
    {
        using var client = AlertHttp.Client();
        var channels = AlertCenter.Channels(plan, client);
        var failed = 0;
        foreach (var channel in channels)
        {
            try
            {
                await channel.SendAsync(new AlertMessage(mode, "test", $"Test message from {Environment.MachineName}: alerts by {channel.Name} arrive", null, null, TimeProvider.System.GetUtcNow()), stop);
                await output.WriteLineAsync($"{channel.Name}: sent");
            }
            catch (Exception e) when (e is AlertFailedException or AlertRefusedException)
            {
                failed++;
                await output.WriteLineAsync($"{channel.Name}: FAILED: {e.Message}");
            }
        }

        if (plan.Heartbeat is not null)
            await output.WriteLineAsync("heartbeat: set up; only a running robot calls it");
        if (channels.Count == 0)
            throw new StartException("alert test: no channel is set up; Alerts:Telegram:BotToken and Alerts:Telegram:ChatId, or Alerts:Webhook:Url, make one");
        return failed == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
