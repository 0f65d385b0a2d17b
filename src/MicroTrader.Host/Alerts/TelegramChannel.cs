using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace MicroTrader.Host.Alerts;

/// <summary>Sends alerts to one Telegram chat. The token is part of each address: no text of the library leaves here uncleaned.</summary>
internal sealed class TelegramChannel : IAlertChannel
{
    // Telegram takes 4,096 characters (https://core.telegram.org/bots/api#sendmessage).
    private const int LongestText = 4_000;

    private readonly SecretRedactor _redactor;
    private readonly long _chat;

    public TelegramChannel(HttpClient client, TelegramAccess access, SecretRedactor redactor)
    {
        _redactor = redactor;
        _chat = access.ChatId;
        // Its own retries are off: waiting is this robot's business, which knows what else waits.
        var options = new TelegramBotClientOptions(access.Token, access.Address?.ToString().TrimEnd('/')) { RetryCount = 0, RetryThreshold = 0 };
        Bot = new TelegramBotClient(options, client);
    }

    /// <summary>The bot.</summary>
    public ITelegramBotClient Bot { get; }

    /// <inheritdoc/>
    public string Name => "telegram";

    /// <inheritdoc/>
    public Task SendAsync(AlertMessage message, CancellationToken stop) => SendAsync(message.Line(), stop);

    /// <summary>Sends a text to the chat.</summary>
    /// <exception cref="AlertFailedException">It did not get through, and may later.</exception>
    /// <exception cref="AlertRefusedException">It was refused.</exception>
    public Task SendAsync(string text, CancellationToken stop) => CallAsync(
        token => Bot.SendMessage(_chat, text.Length > LongestText ? text[..LongestText] + "..." : text, linkPreviewOptions: LinkPreviewOptions.Disabled, cancellationToken: token),
        AlertHttp.Patience,
        stop);

    /// <summary>Calls the bot's API, and says what went wrong without its secrets.</summary>
    /// <exception cref="AlertFailedException">It did not get through, and may later.</exception>
    /// <exception cref="AlertRefusedException">It was refused.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan patience, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(patience);
        try
        {
            return await call(deadline.Token);
        }
        catch (ApiRequestException e)
        {
            throw e.ErrorCode is 429 or >= 500
                ? new AlertFailedException($"Telegram answered {e.ErrorCode}", e.Parameters?.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null)
                : new AlertRefusedException($"Telegram answered {e.ErrorCode}: {_redactor.Clean(e.Message)}");
        }
        catch (RequestException e) when (!stop.IsCancellationRequested)
        {
            // What is no answer of its API, e.g. a proxy's page: cut off, time-outs, 5xx.
            throw new AlertFailedException(_redactor.Clean(e.InnerException?.Message ?? e.Message));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new AlertFailedException($"no answer within {patience.TotalSeconds} s");
        }
    }
}
