using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Running;

/// <summary>A feed of which somebody else sees each tick first: the paper broker, which fills at its prices.</summary>
internal sealed class TappedFeed(IPriceFeed feed, Action<Tick> tap) : IPriceFeed
{
    /// <inheritdoc/>
    public string Description => feed.Description;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var tick in feed.ReadAsync(cancellation))
        {
            tap(tick);
            yield return tick;
        }
    }
}
