namespace MicroTrader.Simulators.Paper.Core;

/// <summary>
/// One line of the order history. The sequence is given when the order is final, so that a page already read never
/// moves: new lines only come on top.
/// </summary>
internal sealed record HistoryEntry(long Sequence, long OrderId, long? FillId, DateTimeOffset At);
