using System.Globalization;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Diagnostics;

/// <summary>How actors name and report themselves.</summary>
internal static class Reports
{
    /// <summary>An actor's path within the system: <c>/user/robot/risk</c>.</summary>
    public static string PathOf(IActorRef actor) => actor.Path.ToStringWithoutAddress();

    /// <summary>Writes a report to the log, in one line, and gives it back for whoever asked.</summary>
    public static ActorReport Log(ILogger log, IActorRef actor, params (string Name, object? Value)[] fields)
    {
        var report = new ActorReport(
            PathOf(actor),
            fields.ToDictionary(f => f.Name, f => Convert.ToString(f.Value, CultureInfo.InvariantCulture) ?? "", StringComparer.Ordinal));
        if (log.IsEnabled(LogLevel.Debug))
            log.StateReport(report.Actor, string.Join(", ", fields.Select(f => $"{f.Name}={report.Fields[f.Name]}")));
        return report;
    }

    /// <summary>A time as logs and reports write it: UTC, to the millisecond; <c>-</c> for none.</summary>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A quantity of shares as the log writes it: at least one decimal.</summary>
    public static string Quantity(decimal shares) => shares.ToString("0.0#########", CultureInfo.InvariantCulture);
}
