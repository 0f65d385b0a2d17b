namespace MicroTrader.Domain.Robot;

/// <summary>The account's money, as the broker last said it.</summary>
/// <param name="Currency">The account's currency, ISO 4217; null before the first answer.</param>
/// <param name="Value">What the account is worth, in <paramref name="Currency"/>; null where it is not known.</param>
/// <param name="Cash">Cash that may be traded with, in <paramref name="Currency"/>; null where it is not known.</param>
/// <param name="ReadAt">When that was, by the robot's clock; null before the first answer.</param>
/// <param name="Failure">Why the newest question had no answer, in one line; null where it had one.</param>
public sealed record AccountView(string? Currency, decimal? Value, decimal? Cash, DateTimeOffset? ReadAt, string? Failure)
{
    /// <summary>Before the first answer.</summary>
    public static AccountView Unknown { get; } = new(null, null, null, null, null);
}
