namespace MicroTrader.Domain.Robot;

/// <summary>How the prices of one symbol stand, for who looks after all of them.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="AgeSeconds">Since the stamp of its newest price, in seconds by the robot's clock; null before the first, and where there is no feed.</param>
/// <param name="Prices">In a word, see <see cref="PriceWords"/>.</param>
/// <param name="IsHeld">Whether something of it is held or on its way, and its price is to leave it.</param>
/// <param name="AsksBroker">Whether the broker's own price is asked for TP and SL meanwhile.</param>
public sealed record PriceStanding(string Symbol, double? AgeSeconds, string Prices, bool IsHeld, bool AsksBroker = false)
{
    /// <summary>Whether its prices tell nothing about now, though they should.</summary>
    public bool IsBlind => Prices is PriceWords.Stale or PriceWords.Late or PriceWords.NoFeed;
}
