using System.Globalization;
using System.Text.RegularExpressions;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Alerts;

/// <summary>How Telegram is reached. It never shows the token.</summary>
/// <param name="Token">The bot's token.</param>
/// <param name="ChatId">The one chat.</param>
/// <param name="Address">A Bot API server; null for Telegram's own.</param>
/// <param name="Commands">Whether the chat may command.</param>
internal sealed record TelegramAccess(string Token, long ChatId, Uri? Address, bool Commands)
{
    /// <inheritdoc/>
    public override string ToString() => "Telegram";
}

/// <summary>Who is told of what, checked.</summary>
internal sealed partial class AlertPlan
{
    private AlertPlan(AlertOptions options)
    {
        Kinds = ReadKinds(options.Kinds);
        PerMinute = options.PerMinute;
        Telegram = ReadTelegram(options.Telegram);
        Webhook = Secret("Alerts:Webhook:Url", options.Webhook.Url);
        Heartbeat = Secret("Alerts:Heartbeat:Url", options.Heartbeat.Url);
        HeartbeatInterval = options.Heartbeat.Interval;
    }

    /// <summary>The kinds that are told.</summary>
    public IReadOnlySet<NoticeKind> Kinds { get; }

    /// <summary>Most messages within a minute by each channel.</summary>
    public int PerMinute { get; }

    /// <summary>Telegram; null where it is not set up.</summary>
    public TelegramAccess? Telegram { get; }

    /// <summary>The webhook; null where there is none. Its address is a secret.</summary>
    public Uri? Webhook { get; }

    /// <summary>What is called while the robot answers; null for nothing. Its address is a secret.</summary>
    public Uri? Heartbeat { get; }

    /// <summary>Between two such calls.</summary>
    public TimeSpan HeartbeatInterval { get; }

    /// <summary>What no log may show.</summary>
    public SecretRedactor Redactor => new([Telegram?.Token, Webhook?.ToString(), Webhook?.OriginalString, Webhook?.PathAndQuery, Heartbeat?.ToString(), Heartbeat?.OriginalString, Heartbeat?.PathAndQuery]);

    /// <summary>Checks the settings.</summary>
    /// <exception cref="SettingsException">One is impossible; the message holds no secret.</exception>
    public static AlertPlan Of(AlertOptions options) => new(options);

    private static HashSet<NoticeKind> ReadKinds(string text)
    {
        var kinds = new HashSet<NoticeKind>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var without = part.StartsWith('-');
            var name = without ? part[1..].Trim() : part;
            if (name.Equals("all", StringComparison.OrdinalIgnoreCase) && !without)
                kinds.UnionWith(Enum.GetValues<NoticeKind>());
            else if (!NoticeWords.All.TryGetValue(name, out var kind))
                throw new SettingsException($"Alerts:Kinds: '{part}' is not allowed; allowed are all, {string.Join(", ", NoticeWords.All.Keys)}, and each after a minus");
            else if (without)
                kinds.Remove(kind);
            else
                kinds.Add(kind);
        }

        return kinds;
    }

    private static TelegramAccess? ReadTelegram(TelegramOptions options)
    {
        if (options.BotToken.Length == 0 && options.ChatId.Length == 0)
            return null;
        if (options.BotToken.Length == 0)
            throw new SettingsException("Alerts:Telegram:BotToken: missing, where a ChatId is set; @BotFather gives one");
        if (options.ChatId.Length == 0)
            throw new SettingsException("Alerts:Telegram:ChatId: missing, where a BotToken is set; write to the bot, and @userinfobot or getUpdates tells the chat's number");
        // Not repeated: it is a secret, however wrong it is.
        if (!Token().IsMatch(options.BotToken))
            throw new SettingsException("Alerts:Telegram:BotToken: is not allowed as it was given; allowed is what @BotFather gave, e.g. 123456789:AA...");
        if (!long.TryParse(options.ChatId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chat) || chat == 0)
            throw new SettingsException($"Alerts:Telegram:ChatId: '{options.ChatId}' is not allowed; allowed is a chat's number, e.g. 123456789, or -1001234567890 for a group");
        return new TelegramAccess(options.BotToken, chat, options.Address.Length == 0 ? null : Address("Alerts:Telegram:Address", options.Address), options.Commands);
    }

    private static Uri Address(string setting, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new SettingsException($"{setting}: '{text}' is not allowed; allowed is an address such as https://bots.example.org");
        if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            throw new SettingsException($"{setting}: carries a user name, query or fragment; allowed is a server's address alone");
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new SettingsException($"{setting}: '{text}' is not allowed; a token goes over https only, except to this machine");
        return address;
    }

    // Whoever knows such an address can use it: it is treated as a password is, and never repeated.
    private static Uri? Secret(string setting, string text)
    {
        if (text.Length == 0)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new SettingsException($"{setting}: is not allowed as it was given; allowed is an address such as https://hooks.example.org/...");
        return address.Scheme == "https" || address.IsLoopback
            ? address
            : throw new SettingsException($"{setting}: is not allowed as it was given; it goes over https only, except to this machine");
    }

    [GeneratedRegex("^[0-9]{1,20}:[A-Za-z0-9_-]{10,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
