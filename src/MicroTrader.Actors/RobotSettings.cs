using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Actors;

/// <summary>A symbol to trade.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Instrument">What the broker calls it.</param>
/// <param name="Momentum">When it is entered.</param>
/// <param name="Limits">What the broker allows of it; null for what it usually allows.</param>
/// <param name="Calendar">Its market's hours; null where <see cref="RobotSettings.Calendar"/> serves.</param>
/// <param name="Exits">When its positions are left; null where <see cref="RobotSettings.Exits"/> serves.</param>
/// <param name="Sizing">How much a trade of it buys; null where the robot's settings serve.</param>
public sealed record TradedSymbol(
    Symbol Symbol,
    Instrument Instrument,
    MomentumParameters Momentum,
    InstrumentLimits? Limits = null,
    ITradingCalendar? Calendar = null,
    ExitParameters? Exits = null,
    SizingRules? Sizing = null);

/// <summary>What the actors are set to. The host makes it from the configuration, checked.</summary>
public sealed record RobotSettings
{
    /// <summary>What is traded.</summary>
    public required IReadOnlyList<TradedSymbol> Symbols { get; init; }

    /// <summary>The journal's file.</summary>
    public required string JournalPath { get; init; }

    /// <summary>When positions are left.</summary>
    public ExitParameters Exits { get; init; } = new();

    /// <summary>Risk's limits.</summary>
    public RiskLimits Risk { get; init; } = new();

    /// <summary>The account's free cash, where the host has just read it; null where it has not.</summary>
    public CashReading? CashAtStart { get; init; }

    /// <summary>How intents are resolved.</summary>
    public ReconciliationRules Reconciliation { get; init; } = new();

    /// <summary>Shares per trade; used where <see cref="CashPerTrade"/> is null.</summary>
    public decimal Quantity { get; init; } = 1m;

    /// <summary>Money per trade, in the instrument's currency; null for a number of shares.</summary>
    public decimal? CashPerTrade { get; init; }

    /// <summary>When the robot trades within the market's hours; null where hours do not matter (the paper venue, a recording).</summary>
    public SessionRules? Session { get; init; }

    /// <summary>The rules of the hours for one symbol: one that does not trade outside of the regular session is not traded there.</summary>
    /// <param name="traded">How it is traded; null where it no longer is.</param>
    public SessionRules? SessionOf(TradedSymbol? traded) =>
        Session?.For(traded?.Limits);

    /// <summary>The hours of a symbol that has none of its own, e.g. one that is no longer traded and still held.</summary>
    public ITradingCalendar Calendar { get; init; } = new NyseCalendar();

    /// <summary>Which prices are believed, and when they are stale.</summary>
    public PriceRules Prices { get; init; } = new();

    /// <summary>When the feed is expected to give prices; null for around the clock.</summary>
    public ITradingCalendar? PriceHours { get; init; }

    /// <summary>Whether the feed gives prices outside of the regular session, within <see cref="PriceHours"/>.</summary>
    public bool PricesOutsideRegular { get; init; }

    /// <summary>Whether the broker's own price of a holding serves for TP and SL while the feed's is stale or late.</summary>
    public bool BrokerPrices { get; init; }

    /// <summary>An entry that could not be sent for this long after its signal is dropped.</summary>
    public TimeSpan EntryDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How orders are followed to their fills.</summary>
    public FollowingRules Following { get; init; } = new();

    /// <summary>How orders of one symbol are followed: figures may wait for as long as its own positions are held for, and no longer.</summary>
    /// <param name="symbol">The symbol.</param>
    public FollowingRules FollowingOf(Symbol symbol) =>
        Symbols.FirstOrDefault(s => s.Symbol == symbol)?.Exits is { } own && own.MaxHold != Exits.MaxHold
            ? Following with { FiguresPatience = FollowingRules.PatienceFor(own.MaxHold) }
            : Following;

    /// <summary>Risk's limits for one symbol: costs are measured against the gain at which its positions are left.</summary>
    /// <param name="traded">How it is traded; null where it no longer is.</param>
    public RiskLimits RiskOf(TradedSymbol? traded) =>
        traded?.Exits is { } own ? Risk with { TakeProfitPercent = own.TakeProfitPercent }
        : Risk.TakeProfitPercent is null ? Risk with { TakeProfitPercent = Exits.TakeProfitPercent }
        : Risk;

    /// <summary>Whether the broker's limits count as spent at the start: false only where the venue was born with this host.</summary>
    public bool AssumeBudgetSpent { get; init; } = true;

    /// <summary>How often journal and broker are compared while nothing is in doubt.</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the broker is asked while something is in doubt, or could not be read.</summary>
    public TimeSpan ReconcileRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the broker must not have been readable before a person is told.</summary>
    public TimeSpan UnreachableAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often every actor reports itself to the log; zero for only when asked.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the log says why no entry was made; zero for never.</summary>
    public TimeSpan MindInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A snapshot of a position is taken after this many facts.</summary>
    public int SnapshotEvery { get; init; } = 200;

    /// <summary>
    /// Shortens the broker's limits and every wait for it that is no setting of its own; 1 leaves them. The settings above are not touched by it: who sets
    /// it shortens them alike.
    /// </summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>First wait before a persistent actor is started again after its journal failed; grows to thirty times that.</summary>
    public TimeSpan RestartBackOff { get; init; } = TimeSpan.FromSeconds(1);
}
