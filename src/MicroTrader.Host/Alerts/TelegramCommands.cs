using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace MicroTrader.Host.Alerts;

/// <summary>
/// Answers the one chat's commands. What was written before this host listened is ignored, whatever the clocks say: a <c>/flatten</c> of yesterday must not
/// run today; so is what took long to arrive. Other chats are ignored, and logged once each.
/// </summary>
internal sealed class TelegramCommands(
    TelegramChannel telegram, TelegramAccess access, string mode, IRobotQueries queries, IRobotCommands commands, TimeProvider time, ILogger log)
{
    /// <summary>How long Telegram may hold a question for updates open, in seconds.</summary>
    public const int LongPollSeconds = 30;

    /// <summary>A command that is older than this when it arrives is not carried out.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromMinutes(5);

    /// <summary>How long a <c>/flatten</c> waits for its confirmation.</summary>
    public static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(60);

    private const int RememberedStrangers = 100;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly HashSet<long> _strangers = [];
    private DateTimeOffset? _flattenAskedAt;

    /// <summary>Listens until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        int? offset = null;
        var failures = 0;
        while (true)
        {
            try
            {
                offset = offset is null ? await SkipOldAsync(stop) : await ListenAsync(offset.Value, stop);
                if (failures > 0)
                    log.CommandsRead();
                failures = 0;
            }
            catch (Exception e) when (e is AlertFailedException or AlertRefusedException)
            {
                if (failures++ == 0)
                    log.CommandsFail(e.Message);
                // A token that is refused, or another program that reads the bot's updates, is not well a second later.
                var wait = e is AlertRefusedException ? LongestWait : AlertDelivery.Wait(e, failures - 1);
                await Task.Delay(wait, time, stop);
            }
        }
    }

    // The newest alone is asked for: Telegram then forgets all before it (getUpdates with a negative offset).
    private async Task<int> SkipOldAsync(CancellationToken stop)
    {
        var newest = await GetAsync(-1, 0, stop);
        if (newest.Length == 0)
            return 0;
        log.OldUpdates(newest.Length);
        return newest[^1].Id + 1;
    }

    private async Task<int> ListenAsync(int offset, CancellationToken stop)
    {
        foreach (var update in await GetAsync(offset, LongPollSeconds, stop))
        {
            offset = Math.Max(offset, update.Id + 1);
            if (update.Message is { Text: { } text } message)
                await TakeAsync(message, text.Trim(), stop);
        }

        return offset;
    }

    private Task<Update[]> GetAsync(int offset, int seconds, CancellationToken stop) => telegram.CallAsync(
        token => telegram.Bot.GetUpdates(offset, 100, seconds, [UpdateType.Message], token), TimeSpan.FromSeconds(seconds) + AlertHttp.Patience, stop);

    private async Task TakeAsync(Message message, string text, CancellationToken stop)
    {
        if (message.Chat.Id != access.ChatId)
        {
            if (_strangers.Count < RememberedStrangers && _strangers.Add(message.Chat.Id))
                log.StrangeChat(message.Chat.Id);
            return;
        }

        if (!text.StartsWith('/'))
            return;
        // In a group a command may carry the bot's name: /status@my_bot.
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var command = words[0].Split('@')[0].ToUpperInvariant();
        var sentAt = new DateTimeOffset(DateTime.SpecifyKind(message.Date, DateTimeKind.Utc));
        if (time.GetUtcNow() - sentAt > Stale)
        {
            await ReplyAsync($"{words[0]} was sent a while ago and is not carried out. Send it again if it is still wanted.", stop);
            return;
        }

        log.CommandTaken(command.ToLowerInvariant());
        await ReplyAsync(await AnswerAsync(command, words.Skip(1).FirstOrDefault(), stop), stop);
    }

    private async Task<string> AnswerAsync(string command, string? word, CancellationToken stop)
    {
        try
        {
            return command switch
            {
                "/STATUS" => TelegramText.Status(await queries.StatusAsync(stop), await queries.PositionsAsync(stop)),
                "/PAUSE" => (await commands.SetTradingStateAsync(TradingState.ExitOnly, "paused by Telegram", stop)).Message + ". Exits go on. resume, on the machine or the page, allows entries again.",
                "/FLATTEN" => await FlattenAsync(word, stop),
                "/HELP" or "/START" => TelegramText.Help,
                _ => $"I do not know {command.ToLowerInvariant()}.\n{TelegramText.Help}",
            };
        }
        catch (TimeoutException e)
        {
            return $"The robot does not answer ({e.Message}). It may be done or not; see to the machine.";
        }
    }

    private async Task<string> FlattenAsync(string? word, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var isConfirmed = string.Equals(word, "yes", StringComparison.OrdinalIgnoreCase);
        if (isConfirmed && _flattenAskedAt is { } asked && now - asked <= Confirmation)
        {
            _flattenAskedAt = null;
            return (await commands.FlattenAsync(stop)).Message;
        }

        var open = await queries.PositionsAsync(stop);
        _flattenAskedAt = now;
        return $"{(isConfirmed ? "Nothing waited for a yes. " : "")}This stops entries and sells: {OpenWords.Of(open)}.\nSend \"/flatten yes\" within {Confirmation.TotalSeconds} s to do it.";
    }

    private async Task ReplyAsync(string text, CancellationToken stop)
    {
        try
        {
            await telegram.SendAsync($"[{mode}] {text}", stop);
        }
        catch (Exception e) when (e is AlertFailedException or AlertRefusedException)
        {
            // What was asked is done; only its answer is lost. The next message says how it stands.
            log.AlertsFail("telegram", e.Message);
        }
    }
}
