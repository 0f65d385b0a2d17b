using System.Globalization;

namespace MicroTrader.Domain.Robot;

/// <summary>Judges the robot's health. Pure: the facts alone decide.</summary>
public static class HealthJudge
{
    // The comparison is made once a minute by default, at the least: five missed are no coincidence.
    private static readonly TimeSpan OldComparison = TimeSpan.FromMinutes(5);

    /// <summary>Judges.</summary>
    public static HealthView Judge(HealthFacts facts)
    {
        var prices = facts.Symbols is { } symbols ? PriceStandings.Of(symbols, facts.Positions, facts.Now) : null;
        IReadOnlyList<HealthCheck> checks =
        [
            Trading(facts), PriceStandings.Judge(prices, facts.Positions is not null), Budget(facts), Reconciliation(facts), Intents(facts), Journal(facts),
        ];
        return new HealthView(checks.Max(c => c.Word), checks) { WorstPrice = prices is [var worst, ..] ? worst : null };
    }

    private static HealthCheck Trading(HealthFacts facts) => facts.Status switch
    {
        null => new("Trading", HealthWord.Act, "the robot did not answer"),
        { TradingState: "Stopped" } s => new("Trading", HealthWord.Act, $"no orders at all: {s.TradingStateReason}"),
        { NeedsYou: { Count: > 0 } needs } => new("Trading", HealthWord.Act, $"needs you: {string.Join(", ", needs)}"),
        { Ready: false } s => new("Trading", HealthWord.Watch, $"no entries yet, waits for {string.Join("; ", s.WaitingFor)}"),
        { Risk.DailyLossReached: true } => new("Trading", HealthWord.Watch, "the day's loss limit is reached: no entries before the next day"),
        { TradingState: "ExitOnly" } s => new("Trading", HealthWord.Watch, $"exits only: {s.TradingStateReason}"),
        _ => new("Trading", HealthWord.Good, "entries and exits"),
    };

    private static HealthCheck Budget(HealthFacts facts)
    {
        if (facts.Broker is not { } broker)
            return new("Broker budget", HealthWord.Watch, "not known");
        var orders = broker.Budgets.FirstOrDefault(b => b.Endpoint == "PlaceOrder");
        var words = orders is null ? "not known" : string.Create(CultureInfo.InvariantCulture, $"{orders.Remaining} of {orders.Limit} orders left in {orders.PeriodSeconds:0} s, {broker.Waiting} waiting");
        return new("Broker budget", orders is { Remaining: 0 } ? HealthWord.Watch : HealthWord.Good, words);
    }

    private static HealthCheck Reconciliation(HealthFacts facts)
    {
        if (facts.Status is not { } status)
            return new("Reconciliation", HealthWord.Watch, "not known");
        if (status.ReconciliationAgeSeconds is not { } age)
            return new("Reconciliation", HealthWord.Watch, "journal and broker were not compared since the start");
        var words = string.Create(CultureInfo.InvariantCulture, $"journal and broker agreed {age:0} s ago");
        return new("Reconciliation", age > OldComparison.TotalSeconds ? HealthWord.Watch : HealthWord.Good, words);
    }

    private static HealthCheck Intents(HealthFacts facts)
    {
        if (facts.Positions is not { } positions)
            return new("Intents", HealthWord.Act, "the positions are not known");
        var unresolved = positions.Where(p => p.NeedsEvidence).Select(p => p.Reference).ToList();
        return unresolved.Count == 0
            ? new("Intents", HealthWord.Good, "every order's outcome is certain")
            : new("Intents", HealthWord.Watch, $"outcome not certain yet: {string.Join(", ", unresolved)}");
    }

    // Risk answers from its journal, and is away while that fails.
    private static HealthCheck Journal(HealthFacts facts) => facts.Status is { } status
        ? new("Journal", status.WaitingFor.Any(w => w.Contains("journal", StringComparison.OrdinalIgnoreCase)) ? HealthWord.Watch : HealthWord.Good, status.Journal)
        : new("Journal", HealthWord.Act, "risk did not answer: its journal may have failed, the log tells");
}
