using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Calendar;

/// <summary>When the robot may trade within a market's hours.</summary>
public sealed record SessionRules
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    /// <summary>True: the regular session only. False: pre-market, after hours and overnight too; the close is then where all of them end.</summary>
    public bool RegularOnly { get; init; } = true;

    /// <summary>No entry when the close is this near or nearer (0 to 2 h; 0 allows entries up to the close).</summary>
    public TimeSpan NoEntryBeforeClose { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Positions are left this long before the close (0 to <see cref="NoEntryBeforeClose"/>; 0 allows holding over it).</summary>
    public TimeSpan FlatBeforeClose { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>No entry for this long after regular trading starts (0 to 2 h).</summary>
    public TimeSpan NoEntryAfterOpen { get; init; }

    /// <summary>The rules for one instrument: one that does not trade outside of the regular session is not traded there.</summary>
    /// <param name="limits">What it allows; null where the broker has not said, or it is no longer traded.</param>
    public SessionRules For(InstrumentLimits? limits) => RegularOnly || limits?.ExtendedHours == true ? this : this with { RegularOnly = true };

    /// <summary>Names what is impossible in these rules; empty when they can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (NoEntryBeforeClose < TimeSpan.Zero || NoEntryBeforeClose > Longest)
            yield return $"NoEntryBeforeClose: {NoEntryBeforeClose} is not allowed; {TimeSpan.Zero} to {Longest}";
        if (FlatBeforeClose < TimeSpan.Zero || FlatBeforeClose > NoEntryBeforeClose)
            yield return $"FlatBeforeClose: {FlatBeforeClose} is not allowed; {TimeSpan.Zero} to NoEntryBeforeClose ({NoEntryBeforeClose})";
        if (NoEntryAfterOpen < TimeSpan.Zero || NoEntryAfterOpen > Longest)
            yield return $"NoEntryAfterOpen: {NoEntryAfterOpen} is not allowed; {TimeSpan.Zero} to {Longest}";
    }
}
