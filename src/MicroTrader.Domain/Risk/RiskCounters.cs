using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Risk;

/// <summary>The last trade of a symbol that was counted.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="TradeNumber">The symbol's n-th trade.</param>
public sealed record CountedTrade(Symbol Symbol, long TradeNumber);

/// <summary>What one unit of a currency was worth when it was last traded.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Worth">In the account's currency.</param>
public sealed record CurrencyWorth(string Currency, decimal Worth);

/// <summary>A day's account.</summary>
/// <param name="Day">The day in New York.</param>
/// <param name="StartValue">What the robot's trades had brought by its start, in the account's currency.</param>
/// <param name="Trades">Trades that were over in it.</param>
/// <param name="Estimated">How many of them count by an estimate.</param>
/// <param name="ReachedLimit">The limit that its loss has reached, in the account's currency; null while it has reached none.</param>
public sealed record DayAccount(DateOnly Day, decimal StartValue, int Trades, int Estimated, decimal? ReachedLimit);

/// <summary>What risk has counted: all of it journalled, so that a restart resets no breaker.</summary>
/// <param name="Counted">The last trade of each symbol that is in here; what comes again is known by it.</param>
/// <param name="Realised">What the trades have brought since the journal began, in the account's currency.</param>
/// <param name="Today">The present day; null before the first.</param>
/// <param name="LossesInRow">Trades lost since the last that was not.</param>
/// <param name="CoolDownUntil">No entry before this; null where no cool-down was set off yet.</param>
/// <param name="Worths">What foreign money was last worth.</param>
public sealed record RiskCounters(
    IReadOnlyList<CountedTrade> Counted,
    decimal Realised,
    DayAccount? Today,
    int LossesInRow,
    DateTimeOffset? CoolDownUntil,
    IReadOnlyList<CurrencyWorth> Worths)
{
    /// <summary>Nothing counted yet.</summary>
    public static RiskCounters Empty { get; } = new([], 0m, null, 0, null, []);

    /// <summary>The number of a symbol's last trade that was counted; 0 before the first.</summary>
    public long LastCounted(Symbol symbol) => Counted.FirstOrDefault(c => c.Symbol == symbol)?.TradeNumber ?? 0;

    /// <summary>What one unit of a currency was last worth, in the account's currency; null where that is not known.</summary>
    public decimal? WorthOf(string currency) => Worths.FirstOrDefault(w => w.Currency == currency)?.Worth;

    /// <summary>Applies one fact.</summary>
    /// <exception cref="InvalidOperationException">The kind of fact is none that counts.</exception>
    public RiskCounters Apply(IRiskEvent @event) => @event switch
    {
        TradingDayBegan e => this with { Today = new DayAccount(e.Day, e.StartValue, 0, 0, null) },
        TradeTaken e => Count(e),
        CoolDownBegan e => this with { CoolDownUntil = e.Until },
        DailyLossReached e => this with { Today = Today?.Day == e.Day ? Today with { ReachedLimit = e.Limit } : Today },
        _ => throw new InvalidOperationException($"risk: {@event.GetType().Name} is no fact of risk"),
    };

    private RiskCounters Count(TradeTaken e) => this with
    {
        Counted = [.. Counted.Where(c => c.Symbol != e.Symbol), new CountedTrade(e.Symbol, e.TradeNumber)],
        Realised = Realised + e.Counted,
        Today = Today is null ? null : Today with { Trades = Today.Trades + 1, Estimated = Today.Estimated + (e.IsEstimate ? 1 : 0) },
        LossesInRow = e.Counted < 0 ? LossesInRow + 1 : 0,
        Worths = e.FxRate is { } rate && Exchange.IsRate(rate)
            ? [.. Worths.Where(w => w.Currency != e.Currency), new CurrencyWorth(e.Currency, 1m / rate)]
            : Worths,
    };
}
