using System.Globalization;
using MicroTrader.Domain.Calendar;

namespace MicroTrader.Backtest.Reports;

/// <summary>
/// The time of a report's charts: the recorded days one after the other, each as wide as it is long. Nights and weekends, in which nothing was recorded, take no room.
/// Its words are New York's time.
/// </summary>
internal sealed class TimeAxis
{
    private const int MostWords = 8;

    // A word needs this part of the width.
    private const double WordWidth = 0.09;
    private static readonly long[] Steps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(s => s * TimeSpan.TicksPerSecond),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(m => m * TimeSpan.TicksPerMinute),
        .. new[] { 1, 2, 3, 4, 6, 12 }.Select(h => h * TimeSpan.TicksPerHour),
    ];

    private readonly Stretch[] _stretches;
    private readonly long _length;

    /// <summary>Makes the axis.</summary>
    /// <param name="days">The recorded days, oldest first.</param>
    /// <param name="until">The last thing to show: a trade may be over a little after the last tick. Null for the last tick.</param>
    public TimeAxis(IReadOnlyList<RecordedDay> days, DateTimeOffset? until)
    {
        _stretches = new Stretch[days.Count];
        for (var i = 0; i < days.Count; i++)
        {
            var (first, last) = (days[i].First.UtcTicks, days[i].Last.UtcTicks);
            if (i == days.Count - 1 && until?.UtcTicks > last)
                last = until.Value.UtcTicks;
            // A day of a single tick still needs a width.
            last = Math.Max(last, first + TimeSpan.TicksPerSecond);
            _stretches[i] = new Stretch(days[i].First, first, last, _length);
            _length += last - first;
        }
    }

    /// <summary>Where a day begins, but the first, as parts of the width.</summary>
    public IEnumerable<double> DayBounds => _stretches.Skip(1).Select(s => (double)s.Before / _length);

    /// <summary>Where a moment is, as a part of the width (0 to 1); one between two days is where they meet.</summary>
    /// <param name="utcTicks">The moment.</param>
    public double Of(long utcTicks)
    {
        if (_stretches.Length == 0)
            return 0;
        var (low, high) = (0, _stretches.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_stretches[middle].From <= utcTicks)
                low = middle;
            else
                high = middle - 1;
        }

        var day = _stretches[low];
        return (double)(day.Before + Math.Clamp(utcTicks - day.From, 0, day.To - day.From)) / _length;
    }

    /// <summary>The words along the axis, none over another: where each day begins, and round times between.</summary>
    public IReadOnlyList<(double At, string Word)> Words()
    {
        var words = new List<(double At, string Word)>();
        if (_stretches.Length > 1)
        {
            var format = _stretches[^1].Day.Year == _stretches[0].Day.Year ? "MM-dd" : "yyyy-MM-dd";
            foreach (var day in _stretches)
                Add(words, (double)day.Before / _length, NewYorkTime.ToNewYork(day.Day).ToString(format, CultureInfo.InvariantCulture));
        }

        var step = Steps.FirstOrDefault(s => _length / s <= MostWords, TimeSpan.TicksPerDay);
        foreach (var day in _stretches)
        {
            // By New York's clock, so that a step of hours is at its full hours.
            var offset = NewYorkTime.OffsetAt(day.Day).Ticks;
            for (var local = (day.From + offset + step - 1) / step * step; local <= day.To + offset; local += step)
                Add(words, Of(local - offset), new DateTime(local).ToString(step < TimeSpan.TicksPerMinute ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture));
        }

        return words;
    }

    private static void Add(List<(double At, string Word)> words, double at, string word)
    {
        if (words.TrueForAll(w => Math.Abs(w.At - at) >= WordWidth))
            words.Add((at, word));
    }

    // The day's first tick, its two ends, and how much of the axis is before it.
    private readonly record struct Stretch(DateTimeOffset Day, long From, long To, long Before);
}
