namespace MicroTrader.Trading212;

/// <summary>
/// What the venue says is left of an endpoint's allowance, from the x-ratelimit-* headers. It counts per account, whichever key or address asks.
/// Source: the Trading 212 Public API v0 description, "Rate limiting".
/// </summary>
/// <param name="Limit">Requests allowed in a period.</param>
/// <param name="Period">The length of the period.</param>
/// <param name="Remaining">Requests left in the current period.</param>
/// <param name="Reset">When the allowance is whole again, UTC, by the venue's clock, to the second.</param>
/// <param name="Used">Requests made in the current period.</param>
public sealed record RateLimit(int Limit, TimeSpan Period, int Remaining, DateTimeOffset Reset, int Used);
