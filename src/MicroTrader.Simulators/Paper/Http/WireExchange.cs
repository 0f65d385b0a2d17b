namespace MicroTrader.Simulators.Paper.Http;

/// <summary>One line of GET metadata/exchanges (<c>Exchange</c> of openapi.yaml).</summary>
internal sealed record WireExchange
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<WireSchedule> WorkingSchedules { get; init; }
}

internal sealed record WireSchedule
{
    public required long Id { get; init; }

    public required IReadOnlyList<WireTimeEvent> TimeEvents { get; init; }
}

internal sealed record WireTimeEvent
{
    public required DateTimeOffset Date { get; init; }

    public required string Type { get; init; }
}
