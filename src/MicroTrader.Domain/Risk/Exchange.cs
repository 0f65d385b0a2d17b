namespace MicroTrader.Domain.Risk;

/// <summary>
/// Turns amounts of one currency into another, by the rates that fills of ours have told; nothing else tells one. Amounts of different currencies are never added
/// as they are. Pure.
/// </summary>
public static class Exchange
{
    /// <summary>The lowest rate that is believed, units per unit: what is outside of these is a mistake, and would make amounts that no decimal holds.</summary>
    public const decimal LowestRate = 0.000001m;

    /// <summary>The highest rate that is believed, units per unit.</summary>
    public const decimal HighestRate = 1_000_000m;

    // Pence in a pound. GBX is no currency of ISO 4217: it is how London's shares are quoted.
    private const decimal Pence = 100m;

    /// <summary>Whether a rate is one.</summary>
    /// <param name="rate">Units of one currency per unit of another.</param>
    public static bool IsRate(decimal? rate) => rate is >= LowestRate and <= HighestRate;

    /// <summary>What one unit of a currency is worth in the account's, as positions' fills or trades that are over have told; null where none did.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="currency">The currency, ISO 4217, or GBX.</param>
    public static decimal? KnownWorth(this RiskState state, string currency) => state.Told(currency) ?? currency switch
    {
        "GBX" => state.Told("GBP") / Pence,
        "GBP" => state.Told("GBX") * Pence,
        _ => null,
    };

    /// <summary>
    /// What one unit of a currency counts in the account's where too much errs to the safe side: its worth where that is known, else the most that it can be.
    /// </summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="currency">The currency, ISO 4217, or GBX.</param>
    /// <param name="limits">Say the account's currency.</param>
    public static decimal MostWorth(this RiskState state, string currency, RiskLimits limits) =>
        !limits.IsForeign(currency) ? limits.UnitOf(currency) : state.KnownWorth(currency) ?? HighestWorth(currency, limits.AccountCurrency);

    /// <summary>
    /// The most that one unit of a currency can be worth in an account's. Instruments are quoted in pounds and pence, dollars, euros and francs (the broker's list of
    /// instruments), accounts are held in these and in those below (Trading 212's help on accounts in several currencies); a round number well above each rate of 2026.
    /// </summary>
    /// <param name="currency">The currency, ISO 4217, or GBX.</param>
    /// <param name="account">The account's currency, ISO 4217; one that is not listed counts as the cheapest.</param>
    public static decimal HighestWorth(string currency, string? account)
    {
        var unit = account switch
        {
            "USD" or "EUR" or "GBP" or "CHF" => 2m,
            "CAD" => 4m,
            "BGN" => 4m,
            "PLN" or "RON" => 10m,
            "DKK" or "NOK" or "SEK" => 25m,
            "CZK" => 60m,
            _ => 1_000m,
        };
        return currency == "GBX" ? unit / Pence : unit;
    }

    /// <summary>An amount in another currency; null where no rate between the two is known.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="amount">The amount, in <paramref name="from"/>.</param>
    /// <param name="from">Its currency, ISO 4217, or GBX.</param>
    /// <param name="to">The currency that is asked for, ISO 4217, or GBX.</param>
    /// <param name="limits">Say the account's currency.</param>
    /// <param name="fxRate"><paramref name="from"/> per the account's currency, where the amount's own fills have told it: better than another's.</param>
    public static decimal? Convert(this RiskState state, decimal amount, string from, string to, RiskLimits limits, decimal? fxRate = null)
    {
        switch (from, to)
        {
            case var _ when from == to:
                return amount;
            case ("GBX", "GBP"):
                return amount / Pence;
            case ("GBP", "GBX"):
                return amount * Pence;
        }

        var worth = IsRate(fxRate) ? 1m / fxRate : state.Worth(from, limits);
        return state.Worth(to, limits) is { } unit ? amount * worth / unit : null;
    }

    private static decimal? Worth(this RiskState state, string currency, RiskLimits limits) =>
        limits.AccountCurrency is not null && !limits.IsForeign(currency) ? limits.UnitOf(currency) : state.KnownWorth(currency);

    // What is held was bought after what is over: its rate is the newer one. Of several the highest, so that the order of symbols does not matter.
    private static decimal? Told(this RiskState state, string currency)
    {
        decimal? highest = null;
        foreach (var exposure in state.Exposures.Values)
        {
            if (exposure.Money is { FxRate: { } rate } money && money.Currency == currency && IsRate(rate) && !(highest >= 1m / rate))
                highest = 1m / rate;
        }

        return highest ?? (state.Counters.WorthOf(currency) is { } worth && IsRate(worth) ? worth : null);
    }
}
