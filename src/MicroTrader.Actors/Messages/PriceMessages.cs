using MicroTrader.Domain.Market;

namespace MicroTrader.Actors.Messages;

/// <summary>A strategy says whether it needs the broker's own price of what it holds. The answer, again and again, is a <see cref="BrokerPriced"/>.</summary>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="Ticker">The instrument, by the broker's name.</param>
/// <param name="IsWanted">Whether it does.</param>
internal sealed record WantBrokerPrice(Symbol Symbol, Ticker Ticker, bool IsWanted);

/// <summary>The broker's own price of a holding, of now as far as can be known.</summary>
/// <param name="Tick">The price, with <see cref="PriceBasis.Broker"/>.</param>
internal sealed record BrokerPriced(Tick Tick);

/// <summary>The holdings were read, by whomever: for prices alone, nothing is concluded from it.</summary>
/// <param name="Read">The read.</param>
internal sealed record HoldingsSeen(HoldingsRead Read);

/// <summary>The feed is refused for good: no tick comes any more.</summary>
/// <param name="Reason">In words.</param>
internal sealed record FeedLost(string Reason);
