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

    /// <summary>The rate of every instrument's currency against an account's.</summary>
    public static Dictionary<string, decimal> Build(PaperBrokerOptions options, string accountCurrency)
    {
        var rates = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var currency in options.Instruments.Select(i => i.CurrencyCode).Distinct(StringComparer.Ordinal))
        {
            rates[currency] = Find(options, currency, accountCurrency) ?? throw new PaperBrokerException(
                $"Paper broker setting FxRates has no rate for {currency}, in which some instruments are quoted; give {currency} per {accountCurrency}.");
        }

        return rates;
    }

    /// <summary>Units of one currency per unit of an account's; null where neither the options nor our table tell.</summary>
    public static decimal? Find(PaperBrokerOptions options, string currency, string accountCurrency)
    {
        if (currency == accountCurrency)
        {
            return 1m;
        }

        // The options' rates are against the first account; two of them give the rate against another.
        var main = options.EffectiveAccounts[0].Currency;
        var perMain = Direct(options, currency, main);
        var accountPerMain = Direct(options, accountCurrency, main);
        return accountPerMain == 1m ? perMain : decimal.Round(perMain / accountPerMain ?? 0m, 8) is > 0 and var rate ? rate : null;
    }

    private static decimal? Direct(PaperBrokerOptions options, string currency, string main)
    {
        if (currency == main)
        {
            return 1m;
        }

        if (options.FxRates.TryGetValue(currency, out var given))
        {
            return given;
        }

        return UnitsPerUsd.TryGetValue(currency, out var units) && UnitsPerUsd.TryGetValue(main, out var mainUnits)
            ? decimal.Round(units / mainUnits, 8)
            : null;
    }

    private static string Pounds(string currency) => currency == "GBX" ? "GBP" : currency;
}
