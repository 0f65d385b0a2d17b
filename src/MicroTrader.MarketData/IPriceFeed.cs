using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Where ticks come from: live market data, a generator or a script. The robot knows prices through this alone.</summary>
public interface IPriceFeed
{
    /// <summary>What the feed is, in one line for banners and logs; never holds a secret.</summary>
    string Description { get; }

    /// <summary>What it has counted; null for a feed that has nothing to count. May be read at any time, from any thread.</summary>
    FeedStatistics? Statistics => null;

    /// <summary>
    /// Raised with what the feed has to say beside its ticks, on the feed's own threads; a handler returns at once and throws nothing. Feeds that cannot be lost
    /// never raise it.
    /// </summary>
    event Action<FeedNote>? Noted
    {
        add { }
        remove { }
    }

    /// <summary>Gives ticks as they become known, until the feed ends or the token is cancelled.</summary>
    /// <param name="cancellationToken">Ends the feed.</param>
    /// <returns>Ticks of all symbols of the feed; of one symbol and kind in time order (a bar is known a moment after the trades in it).</returns>
    /// <exception cref="FeedRefusedException">The source refuses us for good; raised from the enumeration.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; raised from the enumeration.</exception>
    IAsyncEnumerable<Tick> ReadAsync(CancellationToken cancellationToken);
}
