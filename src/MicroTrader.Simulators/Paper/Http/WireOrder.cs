namespace MicroTrader.Simulators.Paper.Http;

/// <summary>An order (<c>Order</c> of openapi.yaml). What belongs to orders by value is not here.</summary>
internal sealed record WireOrder
{
    public required long Id { get; init; }

    public required string Strategy { get; init; }

    public required string Type { get; init; }

    public required string Ticker { get; init; }

    public required decimal Quantity { get; init; }

    public required decimal FilledQuantity { get; init; }

    public decimal? LimitPrice { get; init; }

    public decimal? StopPrice { get; init; }

    public string? TimeInForce { get; init; }

    public required string Status { get; init; }

    public required string Currency { get; init; }

    public required bool ExtendedHours { get; init; }

    public required string InitiatedFrom { get; init; }

    public required string Side { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required WireInstrumentReference Instrument { get; init; }
}
