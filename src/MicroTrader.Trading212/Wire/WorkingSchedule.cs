namespace MicroTrader.Trading212;

/// <summary>When an exchange works. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema WorkingSchedule.</summary>
public sealed record WorkingSchedule
{
    /// <summary>Its id, named by instruments.</summary>
    public long? Id { get; init; }

    /// <summary>The coming openings, closings and breaks.</summary>
    public IReadOnlyList<TimeEvent>? TimeEvents { get; init; }
}
