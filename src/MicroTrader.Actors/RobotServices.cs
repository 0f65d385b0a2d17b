using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Robot;
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
    private readonly Action<RobotNotice> _notify = static _ => { };

    /// <summary>
    /// Reads the trades of the journal at a path, for the ledger: from its file, on a thread of its own. A simulation whose journal is not in a file
    /// reads it otherwise. Fails with <see cref="JournalException"/> where it cannot be read.
    /// </summary>
    public Func<string, Task<TradeFold>> ReadTrades { get; init; } = static path => Task.Run(() => JournalReader.Fold(path));

    /// <summary>
    /// The share by which waits before a restart are lengthened at random, 0 or more, so that what failed together is not started again together. A
    /// simulation that must repeat itself sets 0.
    /// </summary>
    public double RestartJitter { get; init; } = 0.2;

    /// <summary>Where strategies write their wishes to enter, for who looks.</summary>
    public RecentDecisions Decisions { get; init; } = new();

    /// <summary>
    /// Is told of what a person may want to know of while nobody watches; nobody by default. It must return at once. What it throws goes to the log, and
    /// never into the actor that told: trading does not depend on who listens.
    /// </summary>
    public Action<RobotNotice> Notify
    {
        get => _notify;
        init => _notify = Guarded(value, Logs.CreateLogger<RobotServices>());
    }

    /// <summary>Where risk reads the trades of the past at its start; null for the journal's file (<see cref="RobotSettings.JournalPath"/>).</summary>
    public ITradeHistory? History { get; init; }

    private static Action<RobotNotice> Guarded(Action<RobotNotice> notify, ILogger log) => notice =>
    {
        try
        {
            notify(notice);
        }
        catch (Exception e)
        {
            log.NotifyFailed(e, notice.Kind.Word(), e.Message);
        }
    };
}
