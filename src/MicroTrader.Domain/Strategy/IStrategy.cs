using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Strategy;

/// <summary>
/// Decides when one symbol is entered. An instance belongs to one symbol; it knows its ticks and nothing else: no clock, no I/O, so the same ticks give the
/// same decisions, in the robot and in a backtest. After its first ticks a tick allocates nothing.
/// </summary>
public interface IStrategy
{
    /// <summary>What it is and what it asks for, in a line.</summary>
    string Description { get; }

    /// <summary>
    /// The decision on the newest tick that was taken in, with what it was decided on. Worked out when it is asked for: a tick itself does no division.
    /// </summary>
    EntryDecision Last { get; }

    /// <summary>Takes one tick in and decides whether to enter on it. A tick that is left out changes nothing.</summary>
    /// <param name="tick">The tick; of the symbol that the instance belongs to.</param>
    /// <returns><see cref="EntryCode.Enter"/>, or the leading reason against it.</returns>
    EntryCode OnTick(in Tick tick);

    /// <summary>Forgets every tick: the next ones warm up anew.</summary>
    void Clear();

    /// <summary>A decision in words, for people.</summary>
    /// <param name="decision">A decision of this strategy.</param>
    string Explain(in EntryDecision decision);
}
