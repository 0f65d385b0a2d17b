namespace MicroTrader.Domain.Calendar;

/// <summary>Whether the market's hours allow an entry.</summary>
/// <param name="Denial">Why not; null when allowed.</param>
/// <param name="Detail">The denial in words, with the next opening; null when allowed.</param>
/// <param name="AllowedFrom">The earliest moment at which the hours allow an entry again; null when allowed, and when none is known.</param>
public readonly record struct SessionVerdict(SessionDenial? Denial, string? Detail, DateTimeOffset? AllowedFrom)
{
    /// <summary>Whether the entry may go on.</summary>
    public bool IsAllowed => Denial is null;
}
