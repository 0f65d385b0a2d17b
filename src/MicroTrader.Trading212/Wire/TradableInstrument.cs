namespace MicroTrader.Trading212;

/// <summary>An instrument that the venue trades. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema TradableInstrument.</summary>
public sealed record TradableInstrument
{
    /// <summary>The venue's own identifier; not SYMBOL_US_EQ in general.</summary>
    public string? Ticker { get; init; }

    /// <summary>What kind it is.</summary>
    public InstrumentType? Type { get; init; }

    /// <summary>The exchange's symbol; not unique.</summary>
    public string? ShortName { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its ISIN.</summary>
    public string? Isin { get; init; }

    /// <summary>Its currency, ISO 4217 (GBX for pence).</summary>
    public string? CurrencyCode { get; init; }

    /// <summary>The most shares that may be held.</summary>
    public decimal? MaxOpenQuantity { get; init; }

    /// <summary>True when it trades outside the regular session.</summary>
    public bool? ExtendedHours { get; init; }

    /// <summary>Its schedule, an id in <see cref="Exchange.WorkingSchedules"/>.</summary>
    public long? WorkingScheduleId { get; init; }

    /// <summary>Since when the venue has it.</summary>
    public DateTimeOffset? AddedOn { get; init; }
}
