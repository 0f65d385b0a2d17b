using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
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
    Trading212Client Broker);
