using System.Globalization;

namespace MicroTrader.Backtest.Reports;

/// <summary>The values of a chart: its ends, and lines at round numbers (1, 2 or 5 times a power of ten apart).</summary>
internal sealed class ValueAxis
{
    private const int MostLines = 6;

    private readonly double _step;
    private readonly string _format;

    /// <summary>Makes the axis.</summary>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">The highest.</param>
    /// <param name="whole">Whether the values are counts.</param>
    public ValueAxis(double low, double high, bool whole = false)
    {
        // A line that never moves still needs a height.
        if (high <= low)
            (low, high) = (low - (low == 0 ? 0 : Math.Max(Math.Abs(low) * 0.001, 0.01)), high + Math.Max(Math.Abs(high) * 0.001, 0.01));
        // Zero is an end of its own: below a count, or above a drawdown, there is nothing.
        var room = (high - low) * 0.04;
        (Low, High) = (low == 0 ? 0 : low - room, high == 0 ? 0 : high + room);
        _step = StepOf((High - Low) / MostLines);
        if (whole)
            _step = Math.Max(_step, 1);
        _format = "#,0" + (_step < 1 ? "." + new string('0', (int)Math.Ceiling(-Math.Log10(_step) - 1e-9)) : "");
    }

    /// <summary>Its lower end.</summary>
    public double Low { get; }

    /// <summary>Its upper end.</summary>
    public double High { get; }

    /// <summary>The values with a line, and how they are written.</summary>
    public IEnumerable<(double Value, string Word)> Lines()
    {
        for (var i = (long)Math.Ceiling(Low / _step); i * _step <= High; i++)
            yield return (i * _step, (i * _step).ToString(_format, CultureInfo.InvariantCulture));
    }

    /// <summary>The least round number that is not below a value (above 0): 1, 2 or 5 times a power of ten.</summary>
    /// <param name="atLeast">The value.</param>
    public static double StepOf(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        // What is a little less for a double's sake is that number.
        return (atLeast / power) switch { <= 1.000001 => power, <= 2.000001 => 2 * power, <= 5.000001 => 5 * power, _ => 10 * power };
    }
}
