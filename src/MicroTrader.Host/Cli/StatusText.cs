using System.Globalization;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Cli;

/// <summary>What <c>status</c> shows.</summary>
internal static class StatusText
{
    /// <summary>The robot at a glance, and below it what needs the person.</summary>
    public static string Of(RobotStatus s) => NeedsYouText.Below(Tables.Pairs(Rows(s)), s);

    /// <summary>Its names and values.</summary>
    public static IReadOnlyList<(string Name, string Value)> Rows(RobotStatus s) =>
    [
        ("mode", s.Mode),
        ("feed", s.Feed),
        ("venue", s.Venue),
        ("account", s.Account),
        ("journal", s.Journal),
        ("process", FormattableString.Invariant($"{s.ProcessId}, since {s.StartedAt:yyyy-MM-dd HH:mm:ss}Z")),
        ("trading", $"{s.TradingState} ({s.TradingStateReason}){(s.TradingState == nameof(TradingState.Stopped) ? ": no orders at all, what is open stays unmanaged; resume ends it" : "")}"),
        ("ready", s.Ready ? "yes" : $"no, waiting for {string.Join(", ", s.WaitingFor)}"),
        ("compared", Compared(s)),
        ("open", FormattableString.Invariant($"{s.OpenPositions} position(s)")),
        .. s.Risk is { } risk ? RiskRows(risk) : [],
        ("needs you", s.NeedsYou is { Count: > 0 } needs ? string.Join(", ", needs) : "-"),
        .. s.Prices is { } prices ? PriceRows(prices) : [],
        ("denied", s.Denials.Count == 0 ? "-" : string.Join(", ", s.Denials.Select(d => $"{d.Key} {d.Value}"))),
    ];

    private static string Compared(RobotStatus s) => s is { ReconciledAt: { } at, ReconciliationAgeSeconds: { } age }
        ? string.Create(CultureInfo.InvariantCulture, $"{Duration.Describe(Math.Round(Math.Max(0, age)))} ago, {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: journal and broker, in full")
        : "never since the start";

    private static IEnumerable<(string, string)> PriceRows(PriceSummary prices)
    {
        var words = new List<string>();
        if (prices.Stale.Count > 0)
            words.Add($"STALE: {string.Join(", ", prices.Stale)}");
        if (prices.Late.Count > 0)
            words.Add($"LATE: {string.Join(", ", prices.Late)}");
        yield return ("prices", words.Count > 0 ? string.Join("; ", words) : "-");
        yield return ("withheld", prices.Withheld.Count == 0 ? "-" : string.Join(", ", prices.Withheld.Select(w => FormattableString.Invariant($"{w.Key} {w.Value}"))));
    }

    private static IEnumerable<(string, string)> RiskRows(RiskSummary risk)
    {
        var currency = risk.Currency is null ? "" : $" {risk.Currency}";
        yield return ("today", FormattableString.Invariant($"{(risk.DayPnl is { } pnl ? FormattableString.Invariant($"{pnl:+0.00;-0.00;0.00}{currency}") : "not known")} after {risk.DayTrades} trade(s)")
            + (risk.EstimatedTrades > 0 ? FormattableString.Invariant($", {risk.EstimatedTrades} of them estimated") : "")
            + (risk.MaxDailyLoss is { } most ? FormattableString.Invariant($"; at most -{most:0.00}{currency} a day in New York") : "; no limit to a day's loss")
            + (risk.DailyLossReached ? ": REACHED, no entries before the next day" : ""));
        yield return ("losses", FormattableString.Invariant($"{risk.LossesInRow} in a row")
            + (risk.MaxLossesInRow is { } row ? FormattableString.Invariant($", a pause after {row}") : "")
            + (risk.CoolDownUntil is { } until ? FormattableString.Invariant($": no entries before {until.UtcDateTime:HH:mm:ss}Z") : ""));
        yield return ("pace", FormattableString.Invariant($"{risk.TradesThisHour} trade(s) this hour, {Most(risk.MaxTradesPerHour)}; {risk.OrdersThisMinute} order(s) this minute, {Most(risk.MaxOrdersPerMinute)}"));

        static string Most(int? limit) => limit is { } most ? FormattableString.Invariant($"at most {most}") : "no limit";
    }
}
