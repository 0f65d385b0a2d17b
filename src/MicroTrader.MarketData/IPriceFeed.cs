using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Where ticks come from: live market data, a generator or a script. The robot knows prices through this alone.</summary>
public interface IPriceFeed
{
    /// <summary>What the feed is, in one line for banners and logs; never holds a secret.</summary>
    string Description { get; }

    /// <summary>Gives ticks as they become known, until the feed ends or the token is cancelled.</summary>
    /// <param name="cancellationToken">Ends the feed.</param>
    /// <returns>Ticks of all symbols of the feed; of one symbol in time order.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; raised from the enumeration.</exception>
    IAsyncEnumerable<Tick> ReadAsync(CancellationToken cancellationToken);
}
