using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Running;

/// <summary>
/// Ends a replay whose journal fails. A robot in real time starts the actor again and goes on; in a replay hours of the recording would pass meanwhile, and its
/// trades would be neither those of the recording nor the same again.
/// </summary>
internal sealed class ReplayFailure : IDisposable
{
    private readonly CancellationTokenSource _failed = new();
    private volatile string? _words;
    private volatile bool _watches;

    /// <summary>Cancelled once the journal has failed.</summary>
    public CancellationToken Token => _failed.Token;

    /// <summary>Begins with the recording: what fails while the robot starts is made good before the first tick.</summary>
    public void Watch() => _watches = true;

    /// <summary>Takes in what a person would be told.</summary>
    public void Notify(RobotNotice notice)
    {
        if (!_watches || notice.Kind != NoticeKind.JournalFailed || _words is not null)
            return;
        _words = notice.Text;
        _failed.Cancel();
    }

    /// <summary>Says so where it has failed.</summary>
    /// <exception cref="JournalException">It has.</exception>
    public void Throw()
    {
        if (_words is { } words)
            throw new JournalException($"the replay was ended, for its trades would not be the recording's: {words}");
    }

    /// <inheritdoc/>
    public void Dispose() => _failed.Dispose();
}
