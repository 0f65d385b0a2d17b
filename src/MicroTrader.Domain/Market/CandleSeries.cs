namespace MicroTrader.Domain.Market;

/// <summary>
/// One symbol's newest candles of one second, and wider ones made of them. A second without a tick has no candle. It holds a fixed number and forgets the
/// oldest; not for several threads at once.
/// </summary>
public sealed class CandleSeries
{
    private readonly Candle[] _ring;
    private int _count;
    private int _next;

    /// <summary>Makes an empty series.</summary>
    /// <param name="capacity">How many candles of one second it holds, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public CandleSeries(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _ring = new Candle[capacity];
    }

    /// <summary>The newest candle; null before the first.</summary>
    public Candle? Newest => _count > 0 ? _ring[Index(_count - 1)] : null;

    /// <summary>Takes a tick in. One without a price is left out; one that is older than the newest candle counts to that one.</summary>
    public void Add(in Tick tick)
    {
        if (tick.Price <= 0)
            return;
        var start = StartOf(tick.Time, TimeSpan.FromSeconds(1));
        if (Newest is { } newest && start <= newest.Start)
        {
            // What comes late changes neither the last price nor the order of time.
            var late = Candle.Of(newest.Start, tick.Price, tick.Volume);
            _ring[Index(_count - 1)] = start == newest.Start ? newest.Then(late) : newest.Then(late) with { Close = newest.Close };
            return;
        }

        _ring[_next] = Candle.Of(start, tick.Price, tick.Volume);
        _next = _next + 1 == _ring.Length ? 0 : _next + 1;
        if (_count < _ring.Length)
            _count++;
    }

    /// <summary>The newest candles of a width, oldest first. The oldest of all may lack what was forgotten.</summary>
    /// <param name="width">Whole seconds, 1 or more; candles begin at its multiples since midnight UTC.</param>
    /// <param name="most">How many at the most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is below one second or <paramref name="most"/> below 0.</exception>
    public IReadOnlyList<Candle> Newer(TimeSpan width, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        var wide = new List<Candle>();
        for (var i = _count - 1; i >= 0; i--)
        {
            var second = _ring[Index(i)];
            var start = StartOf(second.Start, width);
            // From the newest back: what is found now comes before what is there.
            if (wide.Count > 0 && wide[^1].Start == start)
                wide[^1] = (second with { Start = start }).Then(wide[^1]);
            else if (wide.Count == most)
                break;
            else
                wide.Add(second with { Start = start });
        }

        wide.Reverse();
        return wide;
    }

    private static DateTimeOffset StartOf(DateTimeOffset time, TimeSpan width) => new(time.UtcTicks - (time.UtcTicks % width.Ticks), TimeSpan.Zero);

    private int Index(int i)
    {
        var index = (_count == _ring.Length ? _next : 0) + i;
        return index >= _ring.Length ? index - _ring.Length : index;
    }
}
