namespace MicroTrader.Trading212;

/// <summary>A tax or fee on a fill. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema Tax.</summary>
public sealed record Tax
{
    /// <summary>Which tax or fee.</summary>
    public TaxName? Name { get; init; }

    /// <summary>Its amount in <see cref="Currency"/> (the venue calls it quantity).</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Its currency, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>When it was charged.</summary>
    public DateTimeOffset? ChargedAt { get; init; }
}
