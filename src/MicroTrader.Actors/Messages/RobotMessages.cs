using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Actors.Messages;

/// <summary>Report yourself to the log; the answer is an <see cref="ActorReport"/>.</summary>
internal sealed record Report;

/// <summary>Ask the supervisor for every actor that reports.</summary>
internal sealed record ListActors;

/// <summary>The actors that report.</summary>
internal sealed record ActorList(IReadOnlyList<Akka.Actor.IActorRef> Actors);

/// <summary>Ask a strategy for its <see cref="SymbolView"/>.</summary>
internal sealed record DescribeSymbol;

/// <summary>Ask the supervisor for all <see cref="SymbolView"/>s; the answer is a <see cref="SymbolList"/>.</summary>
internal sealed record ListSymbols;

/// <summary>The strategies, to be asked one by one.</summary>
internal sealed record SymbolList(IReadOnlyList<Akka.Actor.IActorRef> Strategies);

/// <summary>Leave a position, by a person's wish. The answer is a <see cref="CommandResult"/>.</summary>
internal sealed record ClosePosition(Symbol Symbol, ExitReason Reason);

/// <summary>Leave every position, by a person's wish. The answer is a <see cref="CommandResult"/>.</summary>
internal sealed record CloseAll(ExitReason Reason);

/// <summary>Say what is true of a blocked symbol. The answer is a <see cref="CommandResult"/>.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Choice">What.</param>
/// <param name="OrderId">The broker's order that is ours; null where only one is in question.</param>
/// <param name="Confirmed">False: only say what would be done.</param>
internal sealed record ResolvePosition(Symbol Symbol, Resolution Choice, long? OrderId, bool Confirmed);

/// <summary>Orders by API that match no intent: another program trades the account.</summary>
/// <param name="OrderIds">The broker's ids.</param>
/// <param name="Detail">In words.</param>
internal sealed record ForeignOrders(IReadOnlyList<long> OrderIds, string Detail);

/// <summary>Set what the robot may do. The answer is a <see cref="CommandResult"/>, after it is in the journal.</summary>
internal sealed record SetTradingState(TradingState State, string Reason);

/// <summary>The host is about to stop: no entries from now on. The answer is a <see cref="CommandResult"/>.</summary>
internal sealed record Drain;

/// <summary>Ask risk how it stands; the answer is a <see cref="RiskView"/>.</summary>
internal sealed record DescribeRisk;

/// <summary>How risk stands.</summary>
internal sealed record RiskView(
    TradingState State, string Reason, IReadOnlyList<string> NotReady, IReadOnlyDictionary<string, long> Denials, RiskSummary Summary, SharedAccount? Shared);

/// <summary>A position's view changed.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="View">The position; null once it is CLOSED.</param>
/// <param name="Blocked">Why the symbol needs the person; null where it does not.</param>
/// <param name="Orders">The orders of its trade.</param>
internal sealed record PositionShown(Symbol Symbol, PositionView? View, BlockedView? Blocked, IReadOnlyList<OrderView> Orders);

/// <summary>A trade is over.</summary>
/// <param name="Trade">The trade.</param>
/// <param name="Orders">Its orders.</param>
internal sealed record TradeEnded(TradeView Trade, IReadOnlyList<OrderView> Orders);

/// <summary>A trade that was over is not: its order turned up late.</summary>
internal sealed record TradeReopened(Symbol Symbol, long TradeNumber);

/// <summary>Ask the ledger for what it shows; the answer is a <see cref="LedgerView"/>.</summary>
internal sealed record DescribeLedger(int MostTrades);

/// <summary>Ask the ledger for a page of trades; the answer is a <see cref="TradePage"/>.</summary>
internal sealed record DescribeTrades(TradeQuery Query);

/// <summary>Ask the ledger for the newest orders; the answer is an <see cref="OrderList"/>.</summary>
internal sealed record DescribeOrders(int Most);

/// <summary>Orders, newest first.</summary>
internal sealed record OrderList(IReadOnlyList<OrderView> Orders);

/// <summary>Ask the gateway how it stands with the broker; the answer is a <see cref="BrokerView"/>.</summary>
internal sealed record DescribeBroker;

/// <summary>Ask the gateway for the account's money; the answer, an <see cref="AccountView"/>, is what was read last. It is read anew where that is old.</summary>
internal sealed record DescribeAccount;

/// <summary>What the ledger shows: open positions by symbol, trades newest first.</summary>
/// <param name="Positions">Positions that are not CLOSED.</param>
/// <param name="Trades">Trades that are over, newest first, as many as asked for.</param>
/// <param name="TradeCount">How many there are in all.</param>
/// <param name="Blocked">Symbols that need the person.</param>
internal sealed record LedgerView(IReadOnlyList<PositionView> Positions, IReadOnlyList<TradeView> Trades, int TradeCount, IReadOnlyList<BlockedView> Blocked);
