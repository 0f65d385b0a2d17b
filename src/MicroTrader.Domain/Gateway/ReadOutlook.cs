namespace MicroTrader.Domain.Gateway;

/// <summary>
/// From when on how many urgent reads of the order history can be made at once, if none is made until then. A value, told when it changes: what a moment
/// allows is reckoned from it without asking anew.
/// </summary>
/// <param name="AvailableFrom">The n-th is the time from which n reads, counted from 1, can be made; ascending. Of those that can be made now it is <see cref="DateTimeOffset.MinValue"/>.</param>
public sealed record ReadOutlook(IReadOnlyList<DateTimeOffset> AvailableFrom)
{
    /// <summary>
    /// Reads that an entry must leave untouched beside those that are owed to buys whose figures are not known: a history that lags takes a second read.
    /// </summary>
    public const int Spare = 1;

    /// <summary>How many reads must be left for one more entry: its own, those that are owed, and the spare.</summary>
    /// <param name="owed">Buys, sent or about to be, whose figures are not known.</param>
    public static int NeededFor(int owed) => owed + 1 + Spare;

    /// <summary>How many reads can be made at a time.</summary>
    /// <param name="at">The robot's clock.</param>
    public int LeftAt(DateTimeOffset at)
    {
        var left = 0;
        while (left < AvailableFrom.Count && AvailableFrom[left] <= at)
            left++;
        return left;
    }

    /// <summary>Whether two say the same.</summary>
    public bool Equals(ReadOutlook? other) => other is not null && AvailableFrom.SequenceEqual(other.AvailableFrom);

    /// <inheritdoc/>
    public override int GetHashCode() => AvailableFrom.Aggregate(0, HashCode.Combine);
}
