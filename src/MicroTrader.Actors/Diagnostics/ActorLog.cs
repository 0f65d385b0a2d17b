using Microsoft.Extensions.Logging;

namespace MicroTrader.Actors.Diagnostics;

/// <summary>
/// The log's words. A normal trade says the first four, at Information; state changes are Debug. A parameter that is not among a line's words becomes
/// a property under its own name, as it is written here: hence the capital letters, so that Symbol, Reference and OrderId are called so in every line.
/// </summary>
internal static partial class ActorLog
{
    [LoggerMessage(1, LogLevel.Information, "Creating BUY order: {Symbol} x {Quantity}")]
    public static partial void CreatingBuyOrder(this ILogger log, string symbol, string quantity, string Reference);

    [LoggerMessage(2, LogLevel.Information, "BUY order created: {OrderId}")]
    public static partial void BuyOrderCreated(this ILogger log, long orderId, string Symbol, string Reference);

    [LoggerMessage(3, LogLevel.Information, "Closing position: {Symbol}")]
    public static partial void ClosingPosition(this ILogger log, string symbol, string Reference, string Reason);

    [LoggerMessage(4, LogLevel.Information, "Position CLOSED: {Symbol} P&L: {Pnl} reason {Reason}")]
    public static partial void PositionClosed(this ILogger log, string symbol, string pnl, string reason, string Reference, long? OrderId);

    [LoggerMessage(5, LogLevel.Warning, "Position CLOSED: {Symbol} without a trade, reason {Reason}: {Detail}")]
    public static partial void PositionCameToNothing(this ILogger log, string symbol, string reason, string detail, string Reference);

    [LoggerMessage(6, LogLevel.Information, "Recovered {Symbol}: {Status}, trade {TradeNumber}, {Quantity} shares, {Detail}")]
    public static partial void Recovered(this ILogger log, string symbol, string status, long tradeNumber, string quantity, string detail, string Reference);

    [LoggerMessage(7, LogLevel.Debug, "{Actor}: {Symbol} {OldState} -> {NewState} ({Reference}) by {Fact}")]
    public static partial void StateChanged(this ILogger log, string actor, string symbol, string oldState, string newState, string reference, string fact);

    [LoggerMessage(8, LogLevel.Debug, "{Actor}: {Report}")]
    public static partial void StateReport(this ILogger log, string actor, string report);

    [LoggerMessage(9, LogLevel.Warning, "{Side} order of {Symbol} has no certain outcome ({Reference}): {Detail}. Nothing more is sent for {Symbol} until the broker's records tell")]
    public static partial void OutcomeUnknown(this ILogger log, string side, string symbol, string reference, string detail);

    [LoggerMessage(10, LogLevel.Information, "{Side} order of {Symbol} found: {OrderId} ({Reference}, in {Source})")]
    public static partial void OrderFound(this ILogger log, string side, string symbol, long orderId, string reference, string source);

    [LoggerMessage(11, LogLevel.Warning, "{Side} order of {Symbol} was not placed ({Reference}): the broker's records show none")]
    public static partial void OrderNotPlaced(this ILogger log, string side, string symbol, string reference);

    [LoggerMessage(12, LogLevel.Error, "SELL order of {Symbol} came to nothing ({Reference}): {Detail}. The position stays open; next try {RetryAt}")]
    public static partial void ExitFailed(this ILogger log, string symbol, string reference, string detail, string retryAt);

    [LoggerMessage(13, LogLevel.Debug, "{Actor}: {Symbol}: nothing done: {Why}")]
    public static partial void Ignored(this ILogger log, string actor, string symbol, string why);

    [LoggerMessage(14, LogLevel.Error, "{Actor}: the journal failed ({What}): {Error}")]
    public static partial void JournalFailed(this ILogger log, Exception? exception, string actor, string what, string error);

    [LoggerMessage(15, LogLevel.Information, "Entry of {Symbol} denied: {Code}: {Detail}")]
    public static partial void EntryDenied(this ILogger log, string symbol, string code, string detail);

    [LoggerMessage(16, LogLevel.Information, "Trading state: {State} ({Reason})")]
    public static partial void TradingStateSet(this ILogger log, string state, string reason);

    [LoggerMessage(17, LogLevel.Information, "Ready to trade")]
    public static partial void Ready(this ILogger log);

    [LoggerMessage(18, LogLevel.Information, "{Symbol}: no entry: {Mind}")]
    public static partial void Mind(this ILogger log, string symbol, string mind);

    [LoggerMessage(19, LogLevel.Warning, "The broker could not be read ({What}): {Failure}")]
    public static partial void ReadFailed(this ILogger log, string what, string failure);

    [LoggerMessage(20, LogLevel.Information, "The broker can be read again ({What})")]
    public static partial void ReadAgain(this ILogger log, string what);

    [LoggerMessage(21, LogLevel.Error, "{Symbol} needs you: {Code}: {Detail}. No order is sent for it until you say: resolve {Symbol} mine, not-mine or sell")]
    public static partial void NeedsYou(this ILogger log, string symbol, string code, string detail, string Reference, string OrderIds);

    [LoggerMessage(22, LogLevel.Error, "The feed failed and is started again: {Error}")]
    public static partial void FeedFailed(this ILogger log, Exception exception, string error, string RetryAt);

    [LoggerMessage(23, LogLevel.Information, "The feed has ended: {Feed}")]
    public static partial void FeedEnded(this ILogger log, string feed);

    [LoggerMessage(24, LogLevel.Warning, "The order gateway was restarted; what it had under way is looked up at the broker")]
    public static partial void GatewayRestarted(this ILogger log);

    [LoggerMessage(26, LogLevel.Debug, "Order {Reference} of {Symbol}: handed to the transport")]
    public static partial void HandedOver(this ILogger log, string reference, string symbol);

    [LoggerMessage(28, LogLevel.Error, "{Symbol} is to be sold ({Reason}), but the market is shut: the sell waits until {OpensAt}")]
    public static partial void ExitWaitsForOpen(this ILogger log, string symbol, string reason, string opensAt, string reference);

    [LoggerMessage(60, LogLevel.Warning, "{Losses} trades in a row were lost: no entries before {Until}")]
    public static partial void CoolDown(this ILogger log, int losses, string until);

    [LoggerMessage(61, LogLevel.Error, "The day {Day} has lost {Loss}, {Limit} is its limit: no entries before the next day in New York; exits go on")]
    public static partial void DailyLoss(this ILogger log, string day, string loss, string limit);

    [LoggerMessage(62, LogLevel.Warning, "{Symbol}: the broker did not say what trade {TradeNumber} brought the account: it counts as {Amount}, an estimate")]
    public static partial void TradeEstimated(this ILogger log, string symbol, long tradeNumber, string amount, string Reference);

    [LoggerMessage(63, LogLevel.Error, "The trades of the past could not be read, so no entry is granted; next try {RetryAt}: {Error}")]
    public static partial void HistoryFailed(this ILogger log, Exception exception, string retryAt, string error);

    [LoggerMessage(27, LogLevel.Error, "The trades of the journal could not be read: {Error}")]
    public static partial void LedgerFailed(this ILogger log, Exception exception, string error);

    [LoggerMessage(29, LogLevel.Warning, "{Symbol} is free again ({Choice}): {Detail}")]
    public static partial void Resolved(this ILogger log, string symbol, string choice, string detail);

    [LoggerMessage(30, LogLevel.Warning, "{Symbol}: {Detail}; the robot holds {Quantity}")]
    public static partial void HoldingAdjusted(this ILogger log, string symbol, string detail, string quantity);

    [LoggerMessage(31, LogLevel.Information, "{Symbol}: a sell may be sent again: {Detail}")]
    public static partial void ExitCleared(this ILogger log, string symbol, string detail);

    [LoggerMessage(32, LogLevel.Warning, "Cancelling what is not filled of order {OrderId} of {Symbol}")]
    public static partial void CancellingOrder(this ILogger log, string symbol, long orderId, string Reference);

    [LoggerMessage(70, LogLevel.Warning, "{Symbol}: prices are stale: {Age}; no entry before the next one{StandIn}")]
    public static partial void PricesStale(this ILogger log, string symbol, string age, string standIn);

    [LoggerMessage(71, LogLevel.Information, "{Symbol}: prices are back")]
    public static partial void PricesBack(this ILogger log, string symbol);

    [LoggerMessage(72, LogLevel.Warning, "Feed: {Text}")]
    public static partial void FeedWarned(this ILogger log, string text, string Kind);

    [LoggerMessage(73, LogLevel.Information, "Feed: {Text}")]
    public static partial void FeedSaid(this ILogger log, string text, string Kind);

    [LoggerMessage(74, LogLevel.Error, "The feed is refused, and is not asked again: {Reason}. No entries from now on; what is held is still left, then the robot stops")]
    public static partial void FeedRefused(this ILogger log, string reason);

    [LoggerMessage(75, LogLevel.Error, "Feed: {Text}. Nothing is left by TP or SL on prices that are late, and {Entries}")]
    public static partial void PricesLate(this ILogger log, string text, string entries);

    [LoggerMessage(76, LogLevel.Information, "{Symbol}: {Reason} at {Price} by the broker's own price, for the feed's is {State}")]
    public static partial void ExitByBrokerPrice(this ILogger log, string symbol, string reason, decimal price, string state);

    [LoggerMessage(77, LogLevel.Information, "{Symbol}: the price {Price} is withheld ({Code}) until a second one confirms it; the last good one was {Good}")]
    public static partial void PriceSuspect(this ILogger log, string symbol, decimal price, string code, string good);

    [LoggerMessage(78, LogLevel.Debug, "{Symbol}: a tick of {Price} at {At} is withheld: {Code}")]
    public static partial void TickWithheld(this ILogger log, string symbol, decimal price, string at, string code);

    [LoggerMessage(79, LogLevel.Information, "The feed gives ticks again")]
    public static partial void FeedWorks(this ILogger log);

    [LoggerMessage(80, LogLevel.Debug, "Feed, said before: {Text}")]
    public static partial void FeedRepeats(this ILogger log, string text, string Kind);

    [LoggerMessage(81, LogLevel.Debug, "The feed failed again in the same way; next try {RetryAt}: {Error}")]
    public static partial void FeedFailedAgain(this ILogger log, string retryAt, string error);

    [LoggerMessage(33, LogLevel.Warning, "The clock jumped by {By}: journal and broker are compared before the next entry")]
    public static partial void ClockJumped(this ILogger log, TimeSpan by);

    [LoggerMessage(35, LogLevel.Error, "A notice could not be handed on ({Kind}): {Error}")]
    public static partial void NotifyFailed(this ILogger log, Exception exception, string kind, string error);

    [LoggerMessage(36, LogLevel.Error, "The broker cannot be read since {Since}: {Failure}")]
    public static partial void BrokerAway(this ILogger log, string since, string failure);

    [LoggerMessage(37, LogLevel.Information, "The broker can be read again, after {Seconds} s")]
    public static partial void BrokerBack(this ILogger log, double seconds);

    [LoggerMessage(34, LogLevel.Error, "No more entries: {Detail}. This robot must be alone on its account; resume when it is")]
    public static partial void ForeignOrders(this ILogger log, string detail);
}
