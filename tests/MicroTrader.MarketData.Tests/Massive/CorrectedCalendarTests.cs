using MicroTrader.Domain.Calendar;

namespace MicroTrader.MarketData.Tests.Massive;

public sealed class CorrectedCalendarTests
{
    // A Tuesday, and a day like any other by the rules. New York is at UTC-4.
    private static readonly DateOnly Day = new(2026, 6, 2);

    [Fact]
    public void An_extra_closed_day_is_closed_and_the_next_opening_is_after_it()
    {
        var calendar = MassiveMarket.Correct(new NyseCalendar(), [Closed("NYSE")]);
        Assert.Equal(SessionKind.Closed, calendar.At(At(10, 0)));
        Assert.Equal(SessionKind.Closed, calendar.At(At(5, 0)));
        Assert.Equal(At(9, 30).AddDays(1), calendar.NextOpen(At(9, 0)));
        Assert.Equal(At(4, 0).AddDays(1), calendar.NextChange(At(0, 0)));
        Assert.Null(calendar.CurrentClose(At(10, 0)));
        Assert.Equal(At(16, 0).AddDays(-1), calendar.CurrentClose(At(10, 0).AddDays(-1)));
        Assert.Contains("1 days as Massive says", calendar.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void An_early_close_ends_the_regular_session()
    {
        var calendar = MassiveMarket.Correct(new NyseCalendar(), [new MassiveHoliday { Exchange = "NYSE", Date = Day, Status = "early-close", Open = At(9, 30), Close = At(13, 0) }]);
        Assert.Equal(At(13, 0), calendar.CurrentClose(At(10, 0)));
        Assert.Equal(SessionKind.AfterHours, calendar.At(At(13, 0)));
        Assert.Equal(At(20, 0), calendar.NextChange(At(13, 0)));
        Assert.Equal(SessionKind.PreMarket, calendar.At(At(9, 29)));
        Assert.Equal(At(9, 30), calendar.NextOpen(At(8, 0)));
        Assert.Equal(At(9, 30).AddDays(1), calendar.NextOpen(At(10, 0)));
    }

    [Fact]
    public void A_late_opening_is_one()
    {
        var calendar = MassiveMarket.Correct(new NyseCalendar(), [new MassiveHoliday { Exchange = "NYSE", Date = Day, Status = "late-open", Open = At(12, 0), Close = At(16, 0) }]);
        Assert.Equal(SessionKind.PreMarket, calendar.At(At(10, 0)));
        Assert.Equal(At(12, 0), calendar.NextOpen(At(8, 0)));
        Assert.Equal(At(16, 0), calendar.CurrentClose(At(12, 0)));
    }

    [Fact]
    public void What_makes_no_sense_and_other_exchanges_change_nothing()
    {
        var builtIn = new NyseCalendar();
        Assert.Same(builtIn, MassiveMarket.Correct(builtIn,
        [
            Closed("OTC"),
            Closed("NYSE") with { Date = new DateOnly(1, 1, 1) },
            new MassiveHoliday { Exchange = "NYSE", Date = Day, Status = "early-close" },
            new MassiveHoliday { Exchange = "NYSE", Date = Day, Status = "early-close", Open = At(13, 0), Close = At(9, 30) },
            new MassiveHoliday { Exchange = "NYSE", Date = Day, Status = "early-close", Open = At(9, 30).AddDays(1), Close = At(13, 0).AddDays(1) },
        ]));
    }

    [Fact]
    public void Every_answer_follows_from_what_it_says_of_single_moments()
    {
        var calendar = MassiveMarket.Correct(new NyseCalendar(), [Closed("NYSE"), new MassiveHoliday { Exchange = "NYSE", Date = Day.AddDays(1), Status = "early-close", Open = At(9, 30).AddDays(1), Close = At(13, 0).AddDays(1) }]);
        var changes = new List<DateTimeOffset>();
        for (var at = At(0, 0).AddDays(-1); at < At(0, 0).AddDays(3); at = at.AddMinutes(1))
        {
            if (calendar.At(at) != calendar.At(at.AddMinutes(-1)))
                changes.Add(at);
        }

        var walked = new List<DateTimeOffset>();
        for (var next = calendar.NextChange(At(0, 0).AddDays(-1).AddMinutes(-1)); next < At(0, 0).AddDays(3); next = calendar.NextChange(next.Value))
            walked.Add(next.Value);
        Assert.Equal(changes, walked);
    }

    private static MassiveHoliday Closed(string exchange) => new() { Exchange = exchange, Date = Day, Name = "Mourning", Status = "closed" };

    private static DateTimeOffset At(int hour, int minute) => new(Day, new TimeOnly(hour, minute), TimeSpan.FromHours(-4));
}
