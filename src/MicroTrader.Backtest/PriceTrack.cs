using System.Runtime.CompilerServices;

namespace MicroTrader.Backtest;

/// <summary>A stretch of a symbol's prices.</summary>
/// <param name="From">When it begins.</param>
/// <param name="First">The first price, in the instrument's currency.</param>
/// <param name="Low">The lowest price.</param>
/// <param name="High">The highest.</param>
/// <param name="Last">The last.</param>
public readonly record struct PricePoint(DateTimeOffset From, decimal First, decimal Low, decimal High, decimal Last);

/// <summary>A symbol's prices for a chart, in a number of stretches that does not grow: where they are used up, each two become one.</summary>
internal sealed class PriceTrack
{
    private const int Stretches = 1024;

    private readonly Stretch[] _points = new Stretch[Stretches];
    private long _width = TimeSpan.TicksPerSecond;
    private long _end;
    private int _count;

    /// <summary>The stretches so far; those in which nothing was traded are not among them.</summary>
    public IReadOnlyList<PricePoint> Points => [.. _points.Take(_count).Select(p => new PricePoint(new DateTimeOffset(p.From, TimeSpan.Zero), p.First, p.Low, p.High, p.Last))];

    /// <summary>Takes a price in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long utcTicks, decimal price)
    {
        if (utcTicks >= _end)
        {
            Begin(utcTicks, price);
            return;
        }

        ref var point = ref _points[_count - 1];
        // Most prices are the one before.
        if (price == point.Last)
            return;
        if (price < point.Low)
            point.Low = price;
        else if (price > point.High)
            point.High = price;
        point.Last = price;
    }

    private void Begin(long utcTicks, decimal price)
    {
        if (_count == Stretches)
            Halve();
        var from = utcTicks - (utcTicks % _width);
        _end = from + _width;
        // After halving, the newest stretch may be the one that this price belongs to.
        if (_count > 0 && _points[_count - 1].From == from)
        {
            Add(utcTicks, price);
            return;
        }

        _points[_count++] = new Stretch { From = from, First = price, Low = price, High = price, Last = price };
    }

    private void Halve()
    {
        _width *= 2;
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var point = _points[i];
            var from = point.From - (point.From % _width);
            if (kept > 0 && _points[kept - 1].From == from)
            {
                ref var before = ref _points[kept - 1];
                before = new Stretch { From = from, First = before.First, Low = Math.Min(before.Low, point.Low), High = Math.Max(before.High, point.High), Last = point.Last };
            }
            else
            {
                point.From = from;
                _points[kept++] = point;
            }
        }

        _count = kept;
        if (_count == Stretches)
            Halve();
    }

    private struct Stretch
    {
        public long From;
        public decimal First;
        public decimal Low;
        public decimal High;
        public decimal Last;
    }
}
