namespace MicroTrader.Domain.Calendar;

/// <summary>A stretch of time in which a market does one thing.</summary>
/// <param name="Opens">Its first moment.</param>
/// <param name="Closes">The first moment that is no longer in it.</param>
/// <param name="Kind">What the market does.</param>
public sealed record Session(DateTimeOffset Opens, DateTimeOffset Closes, SessionKind Kind)
{
    /// <summary>Whether a moment is in it: the opening is, the close is not.</summary>
    public bool Contains(DateTimeOffset time) => time >= Opens && time < Closes;
}
