namespace MicroTrader.Domain.Robot;

/// <summary>A part of a trade that took a while: a span of its trace.</summary>
/// <param name="Name">tick, signal, risk, intent, POST, confirm, fill, exit or close.</param>
/// <param name="From">When it began, by the robot's clock (a tick's time by the feed's, where that is earlier).</param>
/// <param name="To">When it ended; not before <paramref name="From"/>.</param>
/// <param name="Reference">Our reference of the order; null where it is about the trade.</param>
/// <param name="Tags">What must be known of it, by name.</param>
public sealed record TradeSpan(string Name, DateTimeOffset From, DateTimeOffset To, string? Reference, IReadOnlyList<KeyValuePair<string, object?>> Tags);
