namespace MicroTrader.Trading212;

/// <summary>An exchange and its schedules. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema Exchange.</summary>
public sealed record Exchange
{
    /// <summary>Its id.</summary>
    public long? Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its schedules.</summary>
    public IReadOnlyList<WorkingSchedule>? WorkingSchedules { get; init; }
}
