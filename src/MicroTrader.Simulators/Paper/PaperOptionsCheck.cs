using System.Globalization;

namespace MicroTrader.Simulators.Paper;

/// <summary>Refuses impossible settings before anything is opened.</summary>
internal static class PaperOptionsCheck
{
    // Far above any account; keeps every sum inside a decimal.
    private const decimal MaxCash = 1_000_000_000_000m;

    public static void Throw(PaperBrokerOptions options)
    {
        Require(!string.IsNullOrWhiteSpace(options.DatabasePath), "DatabasePath", "is empty; give the path of a SQLite file");
        Require(options.Port is >= 0 and <= 65535, "Port", $"is {options.Port}; allowed are 0 (any free port) to 65535");
        Require(options.AdminPort is null or (>= 0 and <= 65535), "AdminPort", $"is {options.AdminPort}; allowed are 0 (any free port) to 65535, or null for none");
        CheckAccounts(options);
        Require(options.FillDelay >= TimeSpan.Zero, "FillDelay", "is negative");
        Require(options.CancelDelay >= TimeSpan.Zero, "CancelDelay", "is negative");
        Require(options.MinPositionValue >= 0, "MinPositionValue", $"is {options.MinPositionValue}; it must not be negative");
        Require(options.HistoryLag >= TimeSpan.Zero, "HistoryLag", "is negative");
        Require(options.TimeScale is >= PaperBrokerOptions.LeastTimeScale and <= 1, "TimeScale", string.Create(CultureInfo.InvariantCulture, $"is {options.TimeScale}; allowed are {PaperBrokerOptions.LeastTimeScale} to 1"));
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
            Require(
                (session.PreMarketOpensAt ?? session.OpensAt) <= session.OpensAt,
                "Sessions",
                $"holds a session whose pre-market opens at {session.PreMarketOpensAt:O}, after the session at {session.OpensAt:O}");
            Require(
                (session.AfterHoursCloseAt ?? session.ClosesAt) >= session.ClosesAt,
                "Sessions",
                $"holds a session whose after-hours close at {session.AfterHoursCloseAt:O}, before the session at {session.ClosesAt:O}");
        }
    }

    private static void CheckAccounts(PaperBrokerOptions options)
    {
        for (var i = 0; i < options.EffectiveAccounts.Count; i++)
        {
            var account = options.EffectiveAccounts[i];
            var prefix = options.Accounts.Count == 0 ? string.Empty : $"Accounts[{i}].";
            Require(account.ApiKey.Length > 0 && !account.ApiKey.Contains(':', StringComparison.Ordinal), prefix + "ApiKey", "is empty or holds a colon; HTTP Basic allows neither");
            Require(account.ApiSecret.Length > 0, prefix + "ApiSecret", "is empty");
            Require(account.AccountId > 0, prefix + "AccountId", $"is {account.AccountId}; it must be above 0");
            Require(account.Currency.Length == 3, prefix + "Currency", $"is '{account.Currency}'; give a three-letter ISO 4217 code");
            Require(account.StartingCash is >= 0 and <= MaxCash, prefix + "StartingCash", $"is {account.StartingCash}; allowed are 0 to {MaxCash}");
            Require((account.Scopes & ~PaperScopes.All) == 0, prefix + "Scopes", $"is {account.Scopes}; allowed are combinations of the named scopes");
            var others = options.EffectiveAccounts.Take(i).ToList();
            Require(others.TrueForAll(o => o.AccountId != account.AccountId), prefix + "AccountId", $"is {account.AccountId}, as another account's; numbers are unique");

            // The key itself is not named: it may be a real one that somebody pasted.
            Require(others.TrueForAll(o => o.ApiKey != account.ApiKey), prefix + "ApiKey", "is another account's too; keys are unique");
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
