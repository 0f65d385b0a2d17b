using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Diagnostics;

/// <summary>
/// The newest wishes to enter and what became of them, for who looks. Strategies write, on their own threads; it holds a fixed number. A symbol that wishes with every tick
/// does not push out the last wishes of one that seldom does: who asks why that one was not bought finds them still.
/// </summary>
public sealed class RecentDecisions : IDecisionFeed
{
    private const int Capacity = 300;
    private const int KeptOfEach = 10;

    private readonly Lock _gate = new();
    private readonly LinkedList<DecisionView> _newest = [];
    private readonly Dictionary<string, LinkedListNode<DecisionView>> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private long _version;

    /// <inheritdoc/>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>A strategy wants to enter.</summary>
    public void Signalled(EntrySignal signal)
    {
        lock (_gate)
        {
            var view = new DecisionView(signal.At, signal.Symbol.Value, signal.Price, signal.ChangePercent, signal.RisingMoves, signal.VolumeRatio, null, null);
            _open[view.Symbol] = _newest.AddFirst(view);
            _held[view.Symbol] = _held.GetValueOrDefault(view.Symbol) + 1;
            if (_newest.Count > Capacity)
                Forget(Spare());
            _version++;
        }
    }

    /// <summary>What became of a symbol's newest wish; nothing where none is unanswered.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="taken">Whether it became an order.</param>
    /// <param name="outcome">In words.</param>
    public void Answered(string symbol, bool taken, string outcome)
    {
        lock (_gate)
        {
            if (!_open.Remove(symbol, out var node))
                return;
            node.Value = node.Value with { Taken = taken, Outcome = outcome };
            _version++;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DecisionView> Newest(int most)
    {
        lock (_gate)
            return [.. _newest.Take(most)];
    }

    // The oldest of a symbol that has more than it must keep; the oldest of all where none has.
    private LinkedListNode<DecisionView> Spare()
    {
        for (var node = _newest.Last; node is not null; node = node.Previous)
        {
            if (_held[node.Value.Symbol] > KeptOfEach)
                return node;
        }

        return _newest.Last!;
    }

    private void Forget(LinkedListNode<DecisionView> oldest)
    {
        _newest.Remove(oldest);
        var symbol = oldest.Value.Symbol;
        if (--_held[symbol] == 0)
            _held.Remove(symbol);
        if (_open.TryGetValue(symbol, out var open) && open == oldest)
            _open.Remove(symbol);
    }
}
