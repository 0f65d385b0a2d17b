using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Risk;

/// <summary>A fact of risk. Facts are journalled and kept for ever.</summary>
public interface IRiskEvent
{
    /// <summary>When, by the robot's clock.</summary>
    DateTimeOffset At { get; }
}

/// <summary>What the robot may do has changed.</summary>
/// <param name="State">The new state.</param>
/// <param name="Reason">Who or what changed it.</param>
/// <param name="At">When.</param>
public sealed record TradingStateChanged(TradingState State, string Reason, DateTimeOffset At) : IRiskEvent;

/// <summary>A day has begun: its gain or loss is measured from here.</summary>
/// <param name="Day">The day in New York.</param>
/// <param name="StartValue">What the robot's trades had brought by then in all, what was open included, in the account's currency.</param>
/// <param name="At">When.</param>
public sealed record TradingDayBegan(DateOnly Day, decimal StartValue, DateTimeOffset At) : IRiskEvent;

/// <summary>A trade that is over was counted. Each is counted once, however often it is told.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="TradeNumber">The symbol's n-th trade.</param>
/// <param name="Entry">Our reference of its buy.</param>
/// <param name="Gross">What it brought before fees, in <paramref name="Currency"/>.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="Net">What the account gained, fees and FX included, in <paramref name="NetCurrency"/>; null where the broker did not say.</param>
/// <param name="NetCurrency">The account's currency, ISO 4217; null where the broker did not say.</param>
/// <param name="Counted">What it counts as, in the account's currency: the net, or where that is not known an estimate from the gross.</param>
/// <param name="IsEstimate">Whether <paramref name="Counted"/> is an estimate.</param>
/// <param name="FxRate">Instrument currency per account currency at its last fill that said so; null where none did.</param>
/// <param name="ClosedAt">When it was over.</param>
/// <param name="At">When it was counted.</param>
public sealed record TradeTaken(
    Symbol Symbol,
    long TradeNumber,
    OrderReference Entry,
    decimal Gross,
    string Currency,
    decimal? Net,
    string? NetCurrency,
    decimal Counted,
    bool IsEstimate,
    decimal? FxRate,
    DateTimeOffset ClosedAt,
    DateTimeOffset At) : IRiskEvent;

/// <summary>Too many trades in a row were lost: no entries for a while.</summary>
/// <param name="Until">Until when.</param>
/// <param name="Losses">How many were lost in a row.</param>
/// <param name="At">When.</param>
public sealed record CoolDownBegan(DateTimeOffset Until, int Losses, DateTimeOffset At) : IRiskEvent;

/// <summary>A day has lost as much as it may: no entries before the next, whatever prices do meanwhile.</summary>
/// <param name="Day">The day in New York.</param>
/// <param name="Pnl">Its gain or loss then, what is open included, in the account's currency.</param>
/// <param name="Limit">What it may lose, without a sign, in the account's currency.</param>
/// <param name="At">When.</param>
public sealed record DailyLossReached(DateOnly Day, decimal Pnl, decimal Limit, DateTimeOffset At) : IRiskEvent;

/// <summary>Orders by API that match no intent of ours: another program trades the account.</summary>
/// <param name="OrderIds">The broker's ids.</param>
/// <param name="Detail">In words.</param>
/// <param name="At">When they were seen.</param>
public sealed record ForeignOrdersSeen(IReadOnlyList<long> OrderIds, string Detail, DateTimeOffset At) : IRiskEvent;
