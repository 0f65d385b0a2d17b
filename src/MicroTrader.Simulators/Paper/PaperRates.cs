using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper;

/// <summary>The fixed exchange rates that a paper broker takes where its options give none.</summary>
public static class PaperRates
{
    /// <summary>Units of one currency per unit of another.</summary>
    /// <param name="currency">The currency that is counted, ISO 4217.</param>
    /// <param name="accountCurrency">The account's currency, ISO 4217.</param>
    /// <returns>The rate; null where none is known.</returns>
    public static decimal? Find(string currency, string accountCurrency) =>
        FxTable.Find(new PaperBrokerOptions { DatabasePath = PaperBrokerOptions.InMemory, Currency = accountCurrency }, currency, accountCurrency);
}
