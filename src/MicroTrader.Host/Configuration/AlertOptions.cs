namespace MicroTrader.Host.Configuration;

/// <summary>Who is told of what, while nobody watches.</summary>
public sealed class AlertOptions
{
    [Setting("Kinds that are told: all, or names separated by commas; a name after a minus is left out, e.g. all, -trade-opened")]
    public string Kinds { get; set; } = "all";

    [Setting("Most messages within a minute by each channel; what is left out is summed up in one message later, and what needs you is never left out", Min = 1, Max = 60)]
    public int PerMinute { get; set; } = 20;

    [Setting("How long the broker must not have been readable before that is told", Min = 1, Max = 86_400)]
    public TimeSpan BrokerUnreachableAfter { get; set; } = TimeSpan.FromMinutes(1);

    public TelegramOptions Telegram { get; } = new();

    public WebhookOptions Webhook { get; } = new();

    public HeartbeatOptions Heartbeat { get; } = new();
}

/// <summary>Telegram.</summary>
public sealed class TelegramOptions
{
    [Setting("The bot's token, from @BotFather", Secret = true)]
    public string BotToken { get; set; } = "";

    [Setting("The one chat that is told, and that may command: its number")]
    public string ChatId { get; set; } = "";

    [Setting("Address of a Bot API server of your own; empty for Telegram's")]
    public string Address { get; set; } = "";

    [Setting("Whether the chat may command: /status, /pause, /flatten")]
    public bool Commands { get; set; } = true;
}

/// <summary>A webhook.</summary>
public sealed class WebhookOptions
{
    [Setting("Address that each alert is sent to, as JSON; https, except to this machine", Secret = true)]
    public string Url { get; set; } = "";
}

/// <summary>A sign of life.</summary>
public sealed class HeartbeatOptions
{
    [Setting("Address that is called while the robot answers, so that a dead or hung host is noticed elsewhere; https, except to this machine", Secret = true)]
    public string Url { get; set; } = "";

    [Setting("Between two such calls", Min = 1, Max = 86_400)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);
}
