using System.Runtime.InteropServices;

namespace MicroTrader.Host.Running;

/// <summary>Ctrl+C and the system's wish to stop: the first is a wish, the second ends at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action<string> _say;
    private readonly string? _stopping;
    private readonly string? _ended;
    private int _count;

    /// <summary>Begins to listen.</summary>
    /// <param name="say">Writes a line for the person.</param>
    /// <param name="stopping">What is said of the first; null for nothing.</param>
    /// <param name="ended">What is said of the second; null for nothing.</param>
    public StopSignals(Action<string> say, string? stopping = null, string? ended = "Ended at once.")
    {
        _say = say;
        _stopping = stopping;
        _ended = ended;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    /// <summary>Those of a robot: it drains.</summary>
    /// <param name="say">Writes a line for the person.</param>
    public static StopSignals OfRobot(Action<string> say) => new(
        say,
        "Stopping: no entries from now on, exits go on. Once more to end at once.",
        "Ended at once. What is open stays in the journal; the next start carries on.");

    /// <summary>Cancelled by the first wish to stop.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Wishes to stop, as a signal would.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            if (_stopping is not null)
                _say(_stopping);
            _stop.Cancel();
            return;
        }

        if (_ended is not null)
            _say(_ended);
        Environment.Exit(130);
    }
}
