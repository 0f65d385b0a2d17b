namespace MicroTrader.Simulators.Paper;

/// <summary>
/// The instruments that the paper broker offers unless told otherwise. Tickers, short names and currencies are the real
/// ones (Trading 212's instrument list, January 2026), so that a robot that guesses <c>SYMBOL_US_EQ</c> fails here too.
/// </summary>
public static class PaperInstruments
{
    /// <summary>The bundled list. META is ambiguous on purpose: a stock and two ETFs, one of them quoted in USD.</summary>
    public static IReadOnlyList<PaperInstrument> Bundled { get; } =
    [
        Stock("AXSM_US_EQ", "AXSM", "Axsome Therapeutics", "US05464T1043", 28_390m),
        Stock("DWAC_US_EQ", "DJT", "Trump Media & Technology Group", "US25400Q1058", 353_765m),
        Stock("IKNX_US_EQ", "WULF", "Terawulf", "US88080T1043", 1_163_793m),
        Stock("HUTMF_US_EQ", "HUT", "Hut 8", "US44812J1043", 320_085m),
        Stock("HUT_CA_EQ", "HUT", "Hut 8 Mining", "US44812J1043", 82_288m) with { CurrencyCode = "CAD", ExtendedHours = false },
        Stock("FB_US_EQ", "META", "Meta Platforms", "US30303M1027", 18_160m),
        Etf("METAl_EQ", "META", "WisdomTree Industrial Metals Enhanced", "IE00BF4TWC33", "USD"),
        Etf("METAm_EQ", "META", "WisdomTree Industrial Metals Enhanced", "IE00BF4TWC33", "EUR"),
        Stock("AAPL_US_EQ", "AAPL", "Apple", "US0378331005", 53_060m),
        Stock("MSFT_US_EQ", "MSFT", "Microsoft", "US5949181045", 26_234m),
        Stock("IBM_US_EQ", "IBM", "IBM", "US4592001014", 48_249m),
        Stock("AIG_US_EQ", "AIG", "American International", "US0268747849", 173_299m),
        Stock("BAC_US_EQ", "BAC", "Bank of America", "US0605051046", 257_535m),
        Stock("F_US_EQ", "F", "Ford Motor", "US3453708600", 1_116_625m),
        Stock("NVDA_US_EQ", "NVDA", "Nvidia", "US67066G1040", 74_237m),
        Stock("TSLA_US_EQ", "TSLA", "Tesla", "US88160R1014", 30_460m),
        Stock("AMD_US_EQ", "AMD", "Advanced Micro Devices", "US0079031078", 83_664m),
        Stock("INTC_US_EQ", "INTC", "Intel", "US4581401001", 391_531m),
        Stock("GOOGL_US_EQ", "GOOGL", "Alphabet (Class A)", "US02079K3059", 55_317m),
        Stock("KO_US_EQ", "KO", "Coca-Cola", "US1912161007", 204_422m),
        Stock("VODl_EQ", "VOD", "Vodafone", "GB00BH4HKS39", 2_043_649m) with { CurrencyCode = "GBX", ExtendedHours = false },

        // Not in the real list (its US-listed ETFs are closed to European clients); here because recordings carry it.
        Etf("SPY_US_EQ", "SPY", "SPDR S&P 500 ETF Trust", "US78462F1030", "USD") with { ExtendedHours = true },
    ];

    /// <summary>
    /// Reads a list in the format of the real venue's <c>GET /api/v0/equity/metadata/instruments</c> (a JSON array of
    /// <c>TradableInstrument</c>), plain or compressed by gzip. Members that are not known are ignored; the rules that the
    /// format does not tell (smallest order, decimals) are <see cref="PaperInstrument"/>'s defaults.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The instruments in the order of the file.</returns>
    /// <exception cref="PaperBrokerException">The file cannot be read or is malformed; one line names the file and the place.</exception>
    public static IReadOnlyList<PaperInstrument> FromFile(string path) => PaperInstrumentFile.Read(path);

    private static PaperInstrument Stock(string ticker, string shortName, string name, string isin, decimal maxOpenQuantity) => new()
    {
        Ticker = ticker,
        ShortName = shortName,
        Name = name,
        Isin = isin,
        MaxOpenQuantity = maxOpenQuantity,
    };

    private static PaperInstrument Etf(string ticker, string shortName, string name, string isin, string currencyCode) => new()
    {
        Ticker = ticker,
        ShortName = shortName,
        Name = name,
        Isin = isin,
        Type = "ETF",
        CurrencyCode = currencyCode,
        MaxOpenQuantity = 50_000_000m,
        ExtendedHours = false,
    };
}
