using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>A feed whose ticks are recorded as they pass. The recorder is not disposed of: it may outlive the feed.</summary>
public sealed class RecordedFeed : IPriceFeed
{
    private readonly IPriceFeed _inner;
    private readonly TickRecorder _recorder;

    /// <summary>Makes the feed.</summary>
    /// <param name="inner">Where the ticks come from.</param>
    /// <param name="recorder">Where they are written.</param>
    public RecordedFeed(IPriceFeed inner, TickRecorder recorder)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(recorder);
        _inner = inner;
        _recorder = recorder;
        inner.Noted += note => Noted?.Invoke(note);
        recorder.Noted += note => Noted?.Invoke(note);
    }

    /// <inheritdoc/>
    public event Action<FeedNote>? Noted;

    /// <inheritdoc/>
    public string Description => $"{_inner.Description} (recorded)";

    /// <inheritdoc/>
    public FeedStatistics? Statistics => _inner.Statistics;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var tick in _inner.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _recorder.Record(tick);
            yield return tick;
        }
    }
}
