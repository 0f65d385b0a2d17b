namespace MicroTrader.Trading212;

/// <summary>A moment of a schedule. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema TimeEvent.</summary>
public sealed record TimeEvent
{
    /// <summary>When.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>What happens.</summary>
    public TimeEventType? Type { get; init; }
}
