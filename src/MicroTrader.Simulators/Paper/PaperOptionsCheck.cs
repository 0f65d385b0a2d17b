namespace MicroTrader.Simulators.Paper;

/// <summary>Refuses impossible settings before anything is opened.</summary>
internal static class PaperOptionsCheck
{
    public static void Throw(PaperBrokerOptions options)
    {
        Require(!string.IsNullOrWhiteSpace(options.DatabasePath), "DatabasePath", "is empty; give the path of a SQLite file");
        Require(options.Port is >= 0 and <= 65535, "Port", $"is {options.Port}; allowed are 0 (any free port) to 65535");
        Require(options.ApiKey.Length > 0 && !options.ApiKey.Contains(':', StringComparison.Ordinal), "ApiKey", "is empty or holds a colon; HTTP Basic allows neither");
        Require(options.ApiSecret.Length > 0, "ApiSecret", "is empty");
        Require(options.AccountId > 0, "AccountId", $"is {options.AccountId}; it must be above 0");
        Require(options.Currency.Length == 3, "Currency", $"is '{options.Currency}'; give a three-letter ISO 4217 code");
        Require(options.StartingCash >= 0, "StartingCash", $"is {options.StartingCash}; it must not be negative");
        Require(options.FillDelay >= TimeSpan.Zero, "FillDelay", "is negative");
        Require(options.HistoryLag >= TimeSpan.Zero, "HistoryLag", "is negative");
        RequirePercent(options.SpreadPercent, "SpreadPercent");
        RequirePercent(options.SlippagePercent, "SlippagePercent");
        RequirePercent(options.CashHoldBackPercent, "CashHoldBackPercent");
        Require(options.Instruments.Count > 0, "Instruments", "is empty; give at least one instrument");

        var twice = options.Instruments.GroupBy(i => i.Ticker, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        Require(twice is null, "Instruments", $"holds the ticker {twice?.Key} twice; tickers are unique");
        foreach (var (currency, rate) in options.FxRates)
        {
            Require(rate is >= 0.000001m and <= 1_000_000m, "FxRates", $"gives {rate} for {currency}; allowed are 0.000001 to 1000000");
        }

        foreach (var session in options.Sessions ?? [])
        {
            Require(session.ClosesAt > session.OpensAt, "Sessions", $"holds a session that closes at {session.ClosesAt:O}, before it opens at {session.OpensAt:O}");
        }
    }

    private static void RequirePercent(decimal value, string name) =>
        Require(value is >= 0 and < 100, name, $"is {value}; allowed are 0 to below 100 percent");

    private static void Require(bool ok, string name, string what)
    {
        if (!ok)
        {
            throw new PaperBrokerException($"Paper broker setting {name} {what}.");
        }
    }
}
