namespace MicroTrader.Simulators.Paper.Http;

/// <summary>One line of GET metadata/instruments (<c>TradableInstrument</c> of openapi.yaml).</summary>
internal sealed record WireTradableInstrument
{
    public required string Ticker { get; init; }

    public required string Type { get; init; }

    public required long WorkingScheduleId { get; init; }

    public string? Isin { get; init; }

    public required string CurrencyCode { get; init; }

    public required string Name { get; init; }

    public required string ShortName { get; init; }

    public required decimal MaxOpenQuantity { get; init; }

    public required bool ExtendedHours { get; init; }

    public required DateTimeOffset AddedOn { get; init; }
}
