using MicroTrader.Domain.Calendar;

namespace MicroTrader.MarketData;

/// <summary>
/// A calendar with single days replaced: closed, or with a regular session of other hours. On such a short day pre-market and after hours are as the calendar
/// has them, cut at the session's ends.
/// </summary>
internal sealed class CorrectedCalendar : ITradingCalendar
{
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(12);

    private readonly ITradingCalendar _calendar;
    private readonly SortedDictionary<DateOnly, (DateTimeOffset Open, DateTimeOffset Close)?> _days;

    private CorrectedCalendar(ITradingCalendar calendar, SortedDictionary<DateOnly, (DateTimeOffset Open, DateTimeOffset Close)?> days)
    {
        _calendar = calendar;
        _days = days;
    }

    public string Description => $"{_calendar.Description}, {_days.Count} days as Massive says";

    /// <summary>The calendar with the corrections; itself where there are none.</summary>
    public static ITradingCalendar Of(ITradingCalendar calendar, IEnumerable<MassiveHoliday> upcoming)
    {
        var days = new SortedDictionary<DateOnly, (DateTimeOffset Open, DateTimeOffset Close)?>();
        foreach (var day in upcoming)
        {
            if (!day.Exchange.Equals("NYSE", StringComparison.OrdinalIgnoreCase) || day.Date.Year is < NyseCalendar.FirstYear or > NyseCalendar.LastYear)
                continue;
            if (day.Status.Equals("closed", StringComparison.OrdinalIgnoreCase))
                days[day.Date] = null;
            else if (day is { Open: { } open, Close: { } close } && open < close && close - open <= LongestSession && NewYorkTime.DayOf(open) == day.Date && NewYorkTime.DayOf(close) == day.Date)
                days[day.Date] = (open, close);
        }

        return days.Count == 0 ? calendar : new CorrectedCalendar(calendar, days);
    }

    public SessionKind At(DateTimeOffset time)
    {
        if (DayOf(time) is not { } day || !_days.TryGetValue(day, out var hours))
            return _calendar.At(time);
        if (hours is not { } session)
            return SessionKind.Closed;
        if (time >= session.Open && time < session.Close)
            return SessionKind.Regular;
        // What the calendar takes for the session, but lies outside of its real hours, is the trading around it.
        return _calendar.At(time) switch
        {
            SessionKind.Regular => time < session.Open ? SessionKind.PreMarket : SessionKind.AfterHours,
            var other => other,
        };
    }

    public DateTimeOffset? NextChange(DateTimeOffset time)
    {
        var kind = At(time);
        for (var next = NextCandidate(time); next is { } moment; next = NextCandidate(moment))
        {
            if (At(moment) != kind)
                return moment;
        }

        return null;
    }

    public DateTimeOffset? NextOpen(DateTimeOffset time)
    {
        var wasOpen = time.UtcTicks > 0 && At(new DateTimeOffset(time.UtcTicks - 1, TimeSpan.Zero)) == SessionKind.Regular;
        for (DateTimeOffset? next = time; next is { } moment; next = NextChange(moment))
        {
            var isOpen = At(moment) == SessionKind.Regular;
            if (isOpen && !wasOpen)
                return moment;
            wasOpen = isOpen;
        }

        return null;
    }

    public DateTimeOffset? CurrentClose(DateTimeOffset time)
    {
        if (At(time) != SessionKind.Regular)
            return null;
        for (var next = NextChange(time); next is { } moment; next = NextChange(moment))
        {
            if (At(moment) != SessionKind.Regular)
                return moment;
        }

        return null;
    }

    // The earliest moment at which anything may change: the calendar's own, the borders of a corrected day and of its session.
    private DateTimeOffset? NextCandidate(DateTimeOffset time)
    {
        var next = _calendar.NextChange(time);
        foreach (var (day, hours) in _days)
        {
            Consider(NewYorkTime.At(day, TimeOnly.MinValue));
            Consider(NewYorkTime.At(day.AddDays(1), TimeOnly.MinValue));
            if (hours is { } session)
            {
                Consider(session.Open);
                Consider(session.Close);
            }
        }

        return next;

        void Consider(DateTimeOffset moment)
        {
            if (moment > time && (next is null || moment < next))
                next = moment;
        }
    }

    // A clock that is decades off must read as the calendar reads it, not as an error.
    private static DateOnly? DayOf(DateTimeOffset time) =>
        time.UtcDateTime.Year is < NyseCalendar.FirstYear or > NyseCalendar.LastYear ? null : NewYorkTime.DayOf(time);
}
