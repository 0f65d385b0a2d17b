namespace MicroTrader.Trading212;

/// <summary>The instrument as orders, positions and dividends name it. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema Instrument.</summary>
public sealed record Instrument
{
    /// <summary>The venue's own identifier, for example AAPL_US_EQ.</summary>
    public string? Ticker { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its ISIN.</summary>
    public string? Isin { get; init; }

    /// <summary>Its currency, ISO 4217 (GBX for pence).</summary>
    public string? Currency { get; init; }
}
