using Akka.Actor;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Actors.Messages;

/// <summary>A tick, handed to its strategy.</summary>
/// <param name="Tick">The tick.</param>
/// <param name="Timestamp">When it was handed on, as a <see cref="TimeProvider"/> timestamp: the start of tick-to-decision.</param>
internal sealed record ArrivedTick(Tick Tick, long Timestamp);

/// <summary>The strategy wants to enter.</summary>
/// <param name="Signal">What it saw.</param>
/// <param name="Timestamp">When it decided, as a <see cref="TimeProvider"/> timestamp: the start of signal-to-POST.</param>
/// <param name="SpreadPercent">The tick's ask minus its bid in percent of their mean; null where it has no quote.</param>
/// <param name="FreshAt">What its age counts from where that is not the tick's stamp: when it came, for prices that are accepted though they are late.</param>
internal sealed record EntrySignalled(EntrySignal Signal, long Timestamp, decimal? SpreadPercent = null, DateTimeOffset? FreshAt = null);

/// <summary>The strategy wants to leave.</summary>
/// <param name="Reason">TP, SL, TRAIL or FLAT.</param>
/// <param name="Price">The tick's price, in the instrument's currency.</param>
/// <param name="TradeNumber">The trade that was judged.</param>
/// <param name="Timestamp">When it decided, as a <see cref="TimeProvider"/> timestamp.</param>
/// <param name="Basis">What the price was taken from, where it is not the feed's; null where it is.</param>
internal sealed record ExitSignalled(ExitReason Reason, decimal Price, long TradeNumber, long Timestamp, PriceBasis? Basis = null);

/// <summary>A position tells its strategy how it stands.</summary>
/// <param name="Position">How it stands.</param>
internal sealed record PositionChanged(JudgedPosition Position);

/// <summary>A strategy asks its position for a <see cref="PositionChanged"/>.</summary>
internal sealed record DescribePosition;

/// <summary>Tells a strategy who its position is.</summary>
internal sealed record AttachPosition(IActorRef Position);

/// <summary>An entry that risk or the position turned down, for the strategy's report.</summary>
/// <param name="Reason">In words.</param>
internal sealed record EntryTurnedDown(string Reason);

/// <summary>A position asks risk for leave to enter.</summary>
/// <param name="Request">The entry.</param>
/// <param name="Number">Tells the answer to this question from one to an earlier.</param>
internal sealed record RequestEntry(EntryRequest Request, long Number);

/// <summary>Risk's answer.</summary>
/// <param name="Number">Of which question.</param>
/// <param name="Verdict">Granted until a time, or denied with a code.</param>
/// <param name="Look">What was looked at for the grant; null when denied.</param>
internal sealed record EntryAnswer(long Number, RiskVerdict Verdict, RiskLook? Look = null);

/// <summary>A position tells risk how it stands: whether it takes a place under the cap, its money and orders, and what its last trade brought.</summary>
/// <param name="Standing">How it stands, as the journal holds it.</param>
/// <param name="Answered">The number of its newest question that it has the answer to.</param>
internal sealed record ExposureReport(PositionStanding Standing, long Answered);

/// <summary>A strategy tells risk a price of a symbol that has a position: what is open counts towards the day's loss.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Price">The price of a share, in the instrument's currency.</param>
internal sealed record PriceSeen(Symbol Symbol, decimal Price);

/// <summary>What the robot may do, from risk to everybody.</summary>
internal sealed record TradingStateReport(TradingState State, string Reason);

/// <summary>Risk was started, or started again: it waits for everybody's <see cref="ExposureReport"/> and <see cref="Readiness"/>.</summary>
internal sealed record RiskStarted;

/// <summary>Something that must happen before the first grant is, or is not, so.</summary>
/// <param name="What">Its name.</param>
/// <param name="IsReady">Whether it has happened.</param>
internal sealed record Readiness(string What, bool IsReady);
