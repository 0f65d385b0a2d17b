namespace MicroTrader.Simulators.Paper.Http;

/// <summary>The instrument as orders and positions name it (<c>Instrument</c> of openapi.yaml).</summary>
internal sealed record WireInstrumentReference
{
    public required string Ticker { get; init; }

    public string? Name { get; init; }

    public string? Isin { get; init; }

    public string? Currency { get; init; }
}
