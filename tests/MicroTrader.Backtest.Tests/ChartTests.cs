using System.Globalization;
using System.Xml.Linq;
using MicroTrader.Backtest.Reports;

namespace MicroTrader.Backtest.Tests;

/// <summary>What a person reads along the charts of a report.</summary>
public sealed class ChartTests
{
    private static readonly DateTimeOffset Friday = At("2026-03-06T14:30:00Z");

    [Theory]
    [InlineData(99_999.88, 100_000.15, "99,999.90 99,999.95 100,000.00 100,000.05 100,000.10 100,000.15")]
    [InlineData(-57.77, 2_376.58, "0 500 1,000 1,500 2,000")]
    [InlineData(-0.12, 0, "-0.10 -0.05 0.00")]
    [InlineData(0, 0.004, "0.000 0.001 0.002 0.003 0.004")]
    [InlineData(100_000, 100_000, "99,900 99,950 100,000 100,050 100,100")]
    [InlineData(0, 0, "0.000 0.002 0.004 0.006 0.008 0.010")]
    public void Values_are_marked_at_round_numbers(double low, double high, string words) =>
        Assert.Equal(words, string.Join(' ', new ValueAxis(low, high).Lines().Select(l => l.Word)));

    [Fact]
    public void Counts_are_marked_at_whole_numbers_from_zero_on()
    {
        var axis = new ValueAxis(0, 3, whole: true);

        Assert.Equal(["0", "1", "2", "3"], axis.Lines().Select(l => l.Word));
        Assert.Equal(0, axis.Low);
    }

    [Fact]
    public void Nights_and_weekends_take_no_room()
    {
        // Clocks change in between: half past nine is an hour earlier on Monday, by UTC.
        var monday = At("2026-03-09T13:30:00Z");
        var axis = new TimeAxis([Day(Friday, 6), Day(monday, 2)], monday.AddHours(2).AddMinutes(1));

        Assert.Equal([0.75], axis.DayBounds.Select(b => Math.Round(b, 2)));
        Assert.Equal(axis.Of(Friday.AddHours(6).UtcTicks), axis.Of(Friday.AddDays(1).UtcTicks));
        Assert.Equal(axis.Of(Friday.AddDays(1).UtcTicks), axis.Of(monday.UtcTicks));
        // A trade that is over after the last tick is still on it.
        Assert.Equal(1, axis.Of(monday.AddHours(2).AddMinutes(1).UtcTicks));
        Assert.True(axis.Of(monday.AddHours(2).UtcTicks) < 1);
        // Ten o'clock would be over the day's name, and three o'clock over the next day's.
        Assert.Equal("03-06 11:00 12:00 13:00 14:00 03-09 11:00", Words(axis));
    }

    [Theory]
    [InlineData(6.5 * 3600, "10:00 11:00 12:00 13:00 14:00 15:00 16:00")]
    [InlineData(60, "09:30:00 09:30:10 09:30:20 09:30:30 09:30:40 09:30:50 09:31:00")]
    [InlineData(0, "09:30:00 09:30:01")]
    public void One_day_is_marked_at_round_times_of_New_York(double seconds, string words) =>
        Assert.Equal(words, Words(new TimeAxis([new RecordedDay(new DateOnly(2026, 3, 6), Friday, Friday.AddSeconds(seconds))], null)));

    [Theory]
    [InlineData(2)]
    [InlineData(11)]
    [InlineData(400)]
    public void No_word_is_written_over_another(int days)
    {
        var words = new TimeAxis([.. Enumerable.Range(0, days).Select(i => Day(Friday.AddDays(i), 6.5))], null).Words().OrderBy(w => w.At).ToList();

        Assert.InRange(words.Count, 2, 12);
        Assert.All(words.Zip(words.Skip(1)), p => Assert.InRange(p.Item2.At - p.Item1.At, 0.09, 1));
        // Of more than a year, the year is said.
        Assert.Matches(days > 300 ? @"^\d{4}-\d\d-\d\d$" : @"^\d\d-\d\d$", words[0].Word);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(250)]
    public void Names_of_bars_do_not_run_into_each_other(int bars)
    {
        var svg = XElement.Parse(SvgChart.Bars(170, [.. Enumerable.Range(0, bars).Select(i => new Bar("AAPL", i, "", "up"))], "bars"));
        var names = svg.Elements("text").Where(t => t.Value == "AAPL").Select(t => (double)t.Attribute("x")!).ToList();

        Assert.All(names.Zip(names.Skip(1)), p => Assert.True(p.Item2 - p.Item1 >= 80));
        // A single bar is no wall.
        Assert.All(svg.Elements("rect"), r => Assert.InRange((double)r.Attribute("width")!, 1, 100));
    }

    private static string Words(TimeAxis axis) => string.Join(' ', axis.Words().OrderBy(w => w.At).Select(w => w.Word));

    private static RecordedDay Day(DateTimeOffset first, double hours) => new(DateOnly.FromDateTime(first.UtcDateTime), first, first.AddHours(hours));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
