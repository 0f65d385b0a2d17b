namespace MicroTrader.Trading212;

/// <summary>A dividend that was paid. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema HistoryDividendItem.</summary>
public sealed record DividendItem
{
    /// <summary>The instrument.</summary>
    public string? Ticker { get; init; }

    /// <summary>The instrument in words.</summary>
    public Instrument? Instrument { get; init; }

    /// <summary>The kind of dividend, the venue's word: about eighty, and growing.</summary>
    public string? Type { get; init; }

    /// <summary>The venue's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Shares it was paid for.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Amount in the account's currency.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The account's currency, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>The same in EUR.</summary>
    public decimal? AmountInEuro { get; init; }

    /// <summary>Gross amount of one share, in the instrument's currency.</summary>
    public decimal? GrossAmountPerShare { get; init; }

    /// <summary>The instrument's currency, ISO 4217.</summary>
    public string? TickerCurrency { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? PaidOn { get; init; }
}
