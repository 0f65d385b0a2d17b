namespace MicroTrader.Host.Alerts;

/// <summary>What alerts say of themselves in the log. No text here may hold a secret.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(200, LogLevel.Warning, "Alerts by {Channel} do not get through and are tried again: {Failure}")]
    public static partial void AlertsFail(this ILogger log, string channel, string failure);

    [LoggerMessage(201, LogLevel.Information, "Alerts by {Channel} get through again")]
    public static partial void AlertsAgain(this ILogger log, string channel);

    [LoggerMessage(202, LogLevel.Error, "Alerts by {Channel} are refused: {Failure}. See to the settings Alerts:*; alert test tells when it is well")]
    public static partial void AlertsRefused(this ILogger log, string channel, string failure);

    [LoggerMessage(203, LogLevel.Warning, "{Count} alert(s) by {Channel} were not delivered before the end")]
    public static partial void AlertsLost(this ILogger log, int count, string channel);

    [LoggerMessage(204, LogLevel.Warning, "The heartbeat is not sent: {Failure}")]
    public static partial void HeartbeatFails(this ILogger log, string failure);

    [LoggerMessage(205, LogLevel.Information, "The heartbeat is sent again")]
    public static partial void HeartbeatAgain(this ILogger log);

    [LoggerMessage(206, LogLevel.Warning, "Telegram's commands cannot be read and are tried again: {Failure}")]
    public static partial void CommandsFail(this ILogger log, string failure);

    [LoggerMessage(207, LogLevel.Information, "Telegram's commands can be read")]
    public static partial void CommandsRead(this ILogger log);

    [LoggerMessage(208, LogLevel.Warning, "A Telegram chat that is not the robot's ({Chat}) writes to its bot: it is ignored, now and later")]
    public static partial void StrangeChat(this ILogger log, long chat);

    [LoggerMessage(209, LogLevel.Information, "Command by Telegram: {Command}")]
    public static partial void CommandTaken(this ILogger log, string command);

    [LoggerMessage(210, LogLevel.Information, "{Count} Telegram message(s) from before the start are ignored")]
    public static partial void OldUpdates(this ILogger log, int count);

    [LoggerMessage(211, LogLevel.Error, "Part of the alerts failed and is started again ({Part}): {Failure}")]
    public static partial void PartFailed(this ILogger log, string part, string failure);
}
