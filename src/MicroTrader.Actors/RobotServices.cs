using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Journal;
using MicroTrader.Trading212;

namespace MicroTrader.Actors;

/// <summary>What every actor is given beside its own settings.</summary>
/// <param name="Time">The trading clock.</param>
/// <param name="Logs">Where the log goes.</param>
/// <param name="Metrics">Where measurements go.</param>
/// <param name="Activity">Counts work outside of mailboxes.</param>
/// <param name="Broker">The broker; used by the gateway alone.</param>
public sealed record RobotServices(
    TimeProvider Time,
    ILoggerFactory Logs,
    RobotMetrics Metrics,
    IActivityTracker Activity,
    Trading212Client Broker)
{
    /// <summary>Where risk reads the trades of the past at its start; null for the journal's file (<see cref="RobotSettings.JournalPath"/>).</summary>
    public ITradeHistory? History { get; init; }
}
