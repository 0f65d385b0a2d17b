using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Diagnostics;

/// <summary>The newest wishes to enter and what became of them, for who looks. Strategies write, on their own threads; it holds a fixed number.</summary>
public sealed class RecentDecisions : IDecisionFeed
{
    private const int Capacity = 300;

    private readonly Lock _gate = new();
    private readonly LinkedList<DecisionView> _newest = [];
    private readonly Dictionary<string, LinkedListNode<DecisionView>> _open = new(StringComparer.Ordinal);
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
            if (_newest.Count > Capacity)
                Forget(_newest.Last!);
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

    private void Forget(LinkedListNode<DecisionView> oldest)
    {
        _newest.Remove(oldest);
        if (_open.TryGetValue(oldest.Value.Symbol, out var open) && open == oldest)
            _open.Remove(oldest.Value.Symbol);
    }
}
