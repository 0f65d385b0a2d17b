namespace MicroTrader.Simulators.Paper.Http;

/// <summary>One line of GET positions (<c>Position</c> of openapi.yaml). The ticker is in the instrument only.</summary>
internal sealed record WirePosition
{
    public required WireInstrumentReference Instrument { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required decimal Quantity { get; init; }

    public required decimal QuantityAvailableForTrading { get; init; }

    public required decimal QuantityInPies { get; init; }

    public required decimal CurrentPrice { get; init; }

    public required decimal AveragePricePaid { get; init; }

    public required WirePositionImpact WalletImpact { get; init; }
}

internal sealed record WirePositionImpact
{
    public required string Currency { get; init; }

    public required decimal TotalCost { get; init; }

    public required decimal CurrentValue { get; init; }

    public required decimal UnrealizedProfitLoss { get; init; }

    public decimal? FxImpact { get; init; }
}
