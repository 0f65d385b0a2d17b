using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Running;

/// <summary>
/// A feed of which somebody else sees each tick first: the paper broker, which fills at its prices. It also tells the host when its source refuses it for good.
/// </summary>
internal sealed class TappedFeed(IPriceFeed feed, Action<Tick> tap) : IPriceFeed
{
    private readonly TaskCompletionSource<string> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public event Action<FeedNote>? Noted
    {
        add => feed.Noted += value;
        remove => feed.Noted -= value;
    }

    /// <inheritdoc/>
    public string Description => feed.Description;

    /// <inheritdoc/>
    public FeedStatistics? Statistics => feed.Statistics;

    /// <summary>Completes, with the line that says why, once the source refuses the feed for good.</summary>
    public Task<string> Refused => _refused.Task;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var ticks = feed.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(ticks))
        {
            tap(ticks.Current);
            yield return ticks.Current;
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<Tick> ticks)
    {
        try
        {
            return await ticks.MoveNextAsync();
        }
        catch (FeedRefusedException e)
        {
            _refused.TrySetResult(e.Message);
            throw;
        }
    }
}
