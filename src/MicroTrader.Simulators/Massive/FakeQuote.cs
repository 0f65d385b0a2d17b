namespace MicroTrader.Simulators.Massive;

/// <summary>A best bid and ask that is published.</summary>
/// <param name="Symbol">Ticker as on the wire; case-sensitive.</param>
/// <param name="BidPrice">Dollars a share.</param>
/// <param name="BidLots">Round lots (of 100 shares).</param>
/// <param name="AskPrice">Dollars a share.</param>
/// <param name="AskLots">Round lots (of 100 shares).</param>
public sealed record FakeQuote(string Symbol, decimal BidPrice, long BidLots, decimal AskPrice, long AskLots)
{
    /// <summary>When it was made; null for now. On a delayed plan its stamps are the delay earlier.</summary>
    public DateTimeOffset? Time { get; init; }
}
