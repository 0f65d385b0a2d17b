using System.Runtime.InteropServices;

namespace MicroTrader.Host.Running;

/// <summary>Ctrl+C and the system's wish to stop: the first drains, the second ends at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action<string> _say;
    private int _count;

    /// <summary>Begins to listen.</summary>
    /// <param name="say">Writes a line for the person.</param>
    public StopSignals(Action<string> say)
    {
        _say = say;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

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
            _say("Stopping: no entries from now on, exits go on. Once more to end at once.");
            _stop.Cancel();
            return;
        }

        _say("Ended at once. What is open stays in the journal; the next start carries on.");
        Environment.Exit(130);
    }
}
