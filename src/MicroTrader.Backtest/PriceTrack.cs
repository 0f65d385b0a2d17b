namespace MicroTrader.Backtest;

/// <summary>A stretch of a symbol's prices.</summary>
/// <param name="From">When it begins.</param>
/// <param name="Low">The lowest price, in the instrument's currency.</param>
/// <param name="High">The highest.</param>
/// <param name="Last">The last.</param>
public readonly record struct PricePoint(DateTimeOffset From, decimal Low, decimal High, decimal Last);

/// <summary>A symbol's prices for a chart, in a number of stretches that does not grow: where they are used up, each two become one.</summary>
internal sealed class PriceTrack
{
    private const int Stretches = 1024;

    private readonly PricePoint[] _points = new PricePoint[Stretches];
    private long _width = TimeSpan.TicksPerSecond;
    private long _end;
    private int _count;

    /// <summary>The stretches so far; those in which nothing was traded are not among them.</summary>
    public IReadOnlyList<PricePoint> Points => _points[.._count];

    /// <summary>Takes a price in.</summary>
    public void Add(long utcTicks, decimal price)
    {
        if (utcTicks >= _end)
        {
            Begin(utcTicks, price);
            return;
        }

        ref var point = ref _points[_count - 1];
        if (price < point.Low)
            point = point with { Low = price };
        else if (price > point.High)
            point = point with { High = price };
        point = point with { Last = price };
    }

    private void Begin(long utcTicks, decimal price)
    {
        if (_count == Stretches)
            Halve();
        var from = utcTicks - (utcTicks % _width);
        _end = from + _width;
        // After halving, the newest stretch may be the one that this price belongs to.
        if (_count > 0 && _points[_count - 1].From.UtcTicks == from)
        {
            Add(utcTicks, price);
            return;
        }

        _points[_count++] = new PricePoint(new DateTimeOffset(from, TimeSpan.Zero), price, price, price);
    }

    private void Halve()
    {
        _width *= 2;
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var point = _points[i];
            var from = new DateTimeOffset(point.From.UtcTicks - (point.From.UtcTicks % _width), TimeSpan.Zero);
            if (kept > 0 && _points[kept - 1].From == from)
            {
                ref var before = ref _points[kept - 1];
                before = new PricePoint(from, Math.Min(before.Low, point.Low), Math.Max(before.High, point.High), point.Last);
            }
            else
            {
                _points[kept++] = point with { From = from };
            }
        }

        _count = kept;
        if (_count == Stretches)
            Halve();
    }
}
