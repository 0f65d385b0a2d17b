namespace MicroTrader.Simulators.Paper.Http;

/// <summary>Answer of GET account/summary (<c>AccountSummary</c> of openapi.yaml).</summary>
internal sealed record WireAccountSummary
{
    public required long Id { get; init; }

    public required string Currency { get; init; }

    public required decimal TotalValue { get; init; }

    public required WireCash Cash { get; init; }

    public required WireInvestments Investments { get; init; }
}

internal sealed record WireCash
{
    public required decimal AvailableToTrade { get; init; }

    public required decimal ReservedForOrders { get; init; }

    public required decimal InPies { get; init; }
}

internal sealed record WireInvestments
{
    public required decimal CurrentValue { get; init; }

    public required decimal TotalCost { get; init; }

    public required decimal RealizedProfitLoss { get; init; }

    public required decimal UnrealizedProfitLoss { get; init; }
}
