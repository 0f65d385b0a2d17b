namespace MicroTrader.Domain.Robot;

/// <summary>What became of a trade, or of one of its orders, step by step, from the journal alone.</summary>
/// <param name="Reference">What was asked for: <c>AXSM-17</c> or <c>AXSM-17-B1</c>.</param>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="Ticker">The instrument, by the broker's name.</param>
/// <param name="TradeNumber">The symbol's n-th trade; of an order that became a trade of its own later, that one.</param>
/// <param name="Status">PENDING, OPEN, PENDING_CLOSE or CLOSED: where the trade stands.</param>
/// <param name="Orders">The orders that it is about, the buy first.</param>
/// <param name="Steps">What happened, oldest first.</param>
/// <param name="Trade">What it came to; null while it is not over.</param>
/// <param name="Blocked">Why the symbol needs the person now; null where it does not.</param>
public sealed record Explanation(
    string Reference,
    string Symbol,
    string Ticker,
    long TradeNumber,
    string Status,
    IReadOnlyList<ExplainedOrder> Orders,
    IReadOnlyList<ExplainedStep> Steps,
    TradeView? Trade,
    BlockedView? Blocked);

/// <summary>An order of a trade, as far as the journal knows it.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Side">BUY or SELL.</param>
/// <param name="Quantity">Shares asked for.</param>
/// <param name="Status">How far it is, e.g. <c>Settled</c>.</param>
/// <param name="OrderId">The broker's id; null where it never had one.</param>
/// <param name="FilledQuantity">Shares known to be filled.</param>
/// <param name="Price">Quantity-weighted price of the fills, in the instrument's currency; null where nothing was filled.</param>
/// <param name="IntendedAt">When its intent was journalled.</param>
public sealed record ExplainedOrder(
    string Reference,
    string Side,
    decimal Quantity,
    string Status,
    long? OrderId,
    decimal FilledQuantity,
    decimal? Price,
    DateTimeOffset IntendedAt);

/// <summary>One thing that happened.</summary>
/// <param name="At">When, by the robot's clock; a tick's time by the feed's.</param>
/// <param name="SinceIntentMs">After the first intent that it is about, in milliseconds; negative before.</param>
/// <param name="Stage">
/// tick, signal, risk, intent, request, evidence, verdict, outcome, fill, exit, blocked, resolved, holding or result.
/// </param>
/// <param name="Reference">Our reference of the order; null where it is about the trade.</param>
/// <param name="Text">In words.</param>
/// <param name="DurationMs">How long it took, in milliseconds; null where that means nothing.</param>
/// <param name="Times">How often the same was seen in a row.</param>
public sealed record ExplainedStep(DateTimeOffset At, double SinceIntentMs, string Stage, string? Reference, string Text, long? DurationMs, int Times);

/// <summary>The answer to a question for an explanation: that, or why there is none.</summary>
/// <param name="Explanation">The explanation; null where there is none.</param>
/// <param name="Problem">Why not, in one line; null where there is one.</param>
public sealed record ExplainAnswer(Explanation? Explanation, string? Problem);
