namespace MicroTrader.Simulators.Paper.Core;

/// <summary>Exchange rates of the paper broker: fixed, from the options or from a plausible table of ours.</summary>
internal static class FxTable
{
    // Units per US dollar, early 2026 in round numbers. A simulation needs some rate, not today's.
    private static readonly Dictionary<string, decimal> UnitsPerUsd = new(StringComparer.Ordinal)
    {
        ["USD"] = 1m,
        ["EUR"] = 0.86m,
        ["GBP"] = 0.75m,
        ["GBX"] = 75m,
        ["CAD"] = 1.38m,
        ["CHF"] = 0.80m,
    };

    /// <summary>Pounds and pence are one money: no conversion, no fee.</summary>
    public static bool SameMoney(string left, string right) => Pounds(left) == Pounds(right);

    /// <summary>The rate of every instrument's currency against the account's.</summary>
    public static Dictionary<string, decimal> Build(PaperBrokerOptions options)
    {
        var rates = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var currency in options.Instruments.Select(i => i.CurrencyCode).Distinct(StringComparer.Ordinal))
        {
            rates[currency] = Rate(options, currency);
        }

        return rates;
    }

    private static decimal Rate(PaperBrokerOptions options, string currency)
    {
        if (currency == options.Currency)
        {
            return 1m;
        }

        if (options.FxRates.TryGetValue(currency, out var given))
        {
            return given;
        }

        if (UnitsPerUsd.TryGetValue(currency, out var instrumentUnits) && UnitsPerUsd.TryGetValue(options.Currency, out var accountUnits))
        {
            return decimal.Round(instrumentUnits / accountUnits, 8);
        }

        throw new PaperBrokerException(
            $"Paper broker setting FxRates has no rate for {currency}, in which some instruments are quoted; give {currency} per {options.Currency}.");
    }

    private static string Pounds(string currency) => currency == "GBX" ? "GBP" : currency;
}
