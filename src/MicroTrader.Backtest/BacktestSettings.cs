using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Backtest;

/// <summary>How one symbol is traded in a backtest.</summary>
/// <param name="Momentum">When it is entered.</param>
/// <param name="Exits">When its positions are left.</param>
/// <param name="Sizing">How much a trade buys.</param>
/// <param name="Ticker">What the venue calls it.</param>
/// <param name="Currency">The currency of its prices, ISO 4217.</param>
/// <param name="Limits">What the venue allows of it; null for what it usually allows.</param>
public sealed record BacktestSymbol(
    MomentumParameters Momentum,
    ExitParameters Exits,
    SizingRules Sizing,
    Ticker Ticker,
    string Currency,
    InstrumentLimits? Limits = null);

/// <summary>The venue of a backtest: how it fills, and what it takes. The defaults are those of the paper broker.</summary>
public sealed record BacktestVenue
{
    /// <summary>Cash at the start, in <see cref="AccountCurrency"/> (above 0).</summary>
    public decimal StartingCash { get; init; } = 100_000m;

    /// <summary>The account's currency, ISO 4217.</summary>
    public string AccountCurrency { get; init; } = "USD";

    /// <summary>Time from acceptance to fill (0 or more).</summary>
    public TimeSpan FillDelay { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Bid-ask spread in percent of the price; each side pays half.</summary>
    public decimal SpreadPercent { get; init; }

    /// <summary>Slippage against the order in percent of the price, on top of half the spread.</summary>
    public decimal SlippagePercent { get; init; }

    /// <summary>Fees of each side in percent of its value; 0 for none, as with the paper broker.</summary>
    public decimal FeePercent { get; init; }

    /// <summary>What changing money costs, each way, in percent of the value. Trading 212 takes 0.15 (its terms, June 2026).</summary>
    public decimal FxFeePercent { get; init; } = 0.15m;

    /// <summary>Units of a currency per one unit of the account's, for prices in another currency.</summary>
    public Func<string, decimal> FxRate { get; init; } = static _ => 1m;

    /// <summary>Percent of a buy's value that must be free on top of it.</summary>
    public decimal CashHoldBackPercent { get; init; } = 2m;

    /// <summary>Smallest value in account currency of the holding that a buy may leave.</summary>
    public decimal MinPositionValue { get; init; } = 1m;
}

/// <summary>What a backtest is set to. The host makes it from the configuration, the same that the robot runs with.</summary>
public sealed record BacktestSettings
{
    /// <summary>How a symbol is traded; asked once for each that the recording has.</summary>
    public required Func<Symbol, BacktestSymbol> Symbols { get; init; }

    /// <summary>The venue.</summary>
    public BacktestVenue Venue { get; init; } = new();

    /// <summary>Risk's limits. The gain that costs are measured against is the symbol's own TP.</summary>
    public RiskLimits Risk { get; init; } = new();

    /// <summary>Which prices are believed.</summary>
    public PriceRules Prices { get; init; } = new();

    /// <summary>Whether the venue's own price of a holding serves for TP and SL while the recording is silent or late.</summary>
    public bool BrokerPrices { get; init; }

    /// <summary>When entries are allowed within the market's hours; null where hours do not matter.</summary>
    public SessionRules? Session { get; init; } = new();

    /// <summary>The market's hours.</summary>
    public ITradingCalendar Calendar { get; init; } = new NyseCalendar();

    /// <summary>An entry that could not be sent for this long after its signal is dropped.</summary>
    public TimeSpan EntryDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How orders are followed to their fills. How long figures may wait goes by each symbol's own TIME.</summary>
    public FollowingRules Following { get; init; } = new();

    /// <summary>How journal and broker are compared; it takes requests out of the broker's limits, and so decides when fills are known.</summary>
    public ReconciliationRules Reconciliation { get; init; } = new();

    /// <summary>How often they are compared.</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How soon a comparison that was not complete is made again.</summary>
    public TimeSpan ReconcileRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Shortens the broker's limits, as in the robot; 1 leaves them.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>How long alarms go on after the last tick, so that what is held can be left.</summary>
    public TimeSpan Tail { get; init; } = TimeSpan.FromMinutes(2);
}
