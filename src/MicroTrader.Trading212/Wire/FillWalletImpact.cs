namespace MicroTrader.Trading212;

/// <summary>What a fill did to the account's cash. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema FillWalletImpact.</summary>
public sealed record FillWalletImpact
{
    /// <summary>The account's currency, ISO 4217: of every amount here.</summary>
    public string? Currency { get; init; }

    /// <summary>Instrument currency per account currency, as seen in a captured fill; the description does not say.</summary>
    public decimal? FxRate { get; init; }

    /// <summary>The money moved, in account currency, taxes and fees included.</summary>
    public decimal? NetValue { get; init; }

    /// <summary>P&amp;L realised by this fill in account currency; absent on a BUY. Spelt realised here, realized in the account summary.</summary>
    public decimal? RealisedProfitLoss { get; init; }

    /// <summary>Taxes and fees.</summary>
    public IReadOnlyList<Tax>? Taxes { get; init; }
}
