using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// Between a source that must always be read and a reader that may be slow. Ticks wait in order, up to a number. Beyond it they are drawn together, for each
/// symbol and kind: the newest price, the sum of the volumes, in the order in which the newest prices came. So memory is bounded and the newest price is never lost. Such a tick carries
/// <see cref="TickTraits.AfterGap"/>: its volume is not one of a single tick, and a window that took it in would see a burst that never was.
/// </summary>
internal sealed class TickBuffer
{
    private const int FirstSize = 1024;
    private const int BatchSize = 256;

    private readonly Lock _gate = new();
    private readonly int _capacity;
    private readonly FeedCounters _counters;
    private readonly Action _overflowed;
    private readonly Dictionary<(Symbol Symbol, TickKind Kind), (Tick Tick, long Arrival)> _drawn = [];
    private Tick[] _ring;
    private int _head;
    private int _count;
    private long _arrivals;
    private bool _completed;
    private Exception? _error;
    private TaskCompletionSource? _waiting;

    /// <param name="capacity">How many ticks wait in order.</param>
    /// <param name="counters">Counts what is drawn together.</param>
    /// <param name="overflowed">Called when drawing together begins.</param>
    public TickBuffer(int capacity, FeedCounters counters, Action overflowed)
    {
        _capacity = capacity;
        _counters = counters;
        _overflowed = overflowed;
        _ring = new Tick[Math.Min(FirstSize, capacity)];
    }

    /// <summary>Puts a tick in; never waits.</summary>
    public void Add(in Tick tick)
    {
        TaskCompletionSource? wake = null;
        var began = false;
        lock (_gate)
        {
            if (_completed)
                return;
            if (_drawn.Count == 0 && Push(tick))
            {
                wake = _waiting;
                _waiting = null;
            }
            else
            {
                // Once one tick is drawn, all that follow are, until the reader has come this far: of a symbol nothing may overtake.
                began = _drawn.Count == 0;
                Draw(tick);
            }
        }

        wake?.SetResult();
        if (began)
            _overflowed();
    }

    /// <summary>Nothing more comes; what waits is still given, then the error is raised.</summary>
    public void Complete(Exception? error)
    {
        TaskCompletionSource? wake;
        lock (_gate)
        {
            if (_completed)
                return;
            _completed = true;
            _error = error;
            wake = _waiting;
            _waiting = null;
        }

        wake?.SetResult();
    }

    /// <summary>Gives the ticks; one reader at a time.</summary>
    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new Tick[BatchSize];
        while (true)
        {
            var taken = Take(batch, out var wait);
            if (wait is not null)
            {
                await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (taken == 0)
                yield break;
            for (var i = 0; i < taken; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return batch[i];
            }
        }
    }

    private int Take(Tick[] batch, out Task? wait)
    {
        wait = null;
        lock (_gate)
        {
            if (_count == 0 && _drawn.Count > 0)
                Undraw();
            if (_count == 0)
            {
                if (!_completed)
                {
                    _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    wait = _waiting.Task;
                }
                else if (_error is { } error)
                {
                    System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
                }

                return 0;
            }

            var taken = Math.Min(_count, batch.Length);
            for (var i = 0; i < taken; i++)
            {
                batch[i] = _ring[_head];
                _head = (_head + 1) % _ring.Length;
            }

            _count -= taken;
            return taken;
        }
    }

    private bool Push(in Tick tick)
    {
        if (_count == _ring.Length)
        {
            if (_count >= _capacity)
                return false;
            Grow(Math.Min(_capacity, _ring.Length * 2));
        }

        var place = _head + _count;
        _ring[place < _ring.Length ? place : place - _ring.Length] = tick;
        _count++;
        return true;
    }

    private void Draw(in Tick tick)
    {
        var key = (tick.Symbol, tick.Kind);
        if (!_drawn.TryGetValue(key, out var before))
        {
            _drawn.Add(key, (tick, _arrivals++));
            return;
        }

        _counters.Conflated();
        var drawn = tick with
        {
            Volume = before.Tick.Volume is { } a && tick.Volume is { } b ? a + b : null,
            Traits = tick.Traits | before.Tick.Traits | TickTraits.AfterGap,
        };
        _drawn[key] = (drawn, _arrivals++);
    }

    // The ring is empty here: it takes what was drawn, in the order in which the newest of each came. Their times do not tell: many may have the same. There may be more symbols than the capacity.
    private void Undraw()
    {
        if (_drawn.Count > _ring.Length)
            Grow(_drawn.Count);
        foreach (var (tick, _) in _drawn.Values.OrderBy(d => d.Arrival))
            Push(tick);
        _drawn.Clear();
    }

    private void Grow(int size)
    {
        var larger = new Tick[size];
        for (var i = 0; i < _count; i++)
            larger[i] = _ring[(_head + i) % _ring.Length];
        _ring = larger;
        _head = 0;
    }
}
