namespace MicroTrader.Domain.Calendar;

/// <summary>
/// The New York Stock Exchange: regular session 09:30 to 16:00 New York time, pre-market from 04:00, after hours to 20:00; on short days the regular session
/// ends at 13:00 and after hours at 17:00. Holidays by rule, so that it needs no file that grows old. Outside the years it knows it says
/// <see cref="SessionKind.Closed"/> and names no opening. Trading halts, outages, and openings that a moment of silence delayed by a minute or two are not in it,
/// nor are overnight venues. Source: nyse.com/markets/hours-calendars; extended hours are those of NYSE Arca.
/// </summary>
public sealed class NyseCalendar : ITradingCalendar
{
    /// <summary>The first year it knows.</summary>
    public const int FirstYear = 2000;

    /// <summary>The last year it knows. The rules are the present ones; holidays made after this was written are not in it.</summary>
    public const int LastYear = 2100;

    private static readonly TimeOnly PreMarketOpens = new(4, 0);
    private static readonly TimeOnly RegularOpens = new(9, 30);
    private static readonly TimeOnly RegularCloses = new(16, 0);
    private static readonly TimeOnly AfterHoursCloses = new(20, 0);
    private static readonly TimeOnly EarlyRegularCloses = new(13, 0);
    private static readonly TimeOnly EarlyAfterHoursCloses = new(17, 0);

    // A ceremony a year after the attacks: the one opening since 2000 that was moved by more than minutes.
    private static readonly DateOnly LateDay = new(2002, 9, 11);
    private static readonly TimeOnly LateRegularOpens = new(12, 0);

    /// <inheritdoc/>
    public string Description => "New York Stock Exchange, 09:30-16:00 New York time, holidays and early closes by rule";

    /// <summary>The date in New York that a moment belongs to, weekends and holidays too: the day of the daily-loss rule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment is before <see cref="NewYorkTime.FirstYear"/>.</exception>
    public static DateOnly TradingDay(DateTimeOffset time) => NewYorkTime.DayOf(time);

    /// <summary>Whether the exchange trades on a day; false outside the years it knows.</summary>
    public static bool IsTradingDay(DateOnly day) => IsKnown(day) && NyseDays.IsTradingDay(day);

    /// <summary>Whether a trading day ends at 13:00; false outside the years it knows.</summary>
    public static bool ClosesEarly(DateOnly day) => IsKnown(day) && NyseDays.ClosesEarly(day);

    /// <summary>Why the exchange is shut on a weekday (the holiday's name, or what happened); null on trading days, weekends, and outside the years it knows.</summary>
    public static string? ClosureOn(DateOnly day) => IsKnown(day) ? NyseDays.ClosureOn(day) : null;

    /// <summary>The sessions of a day in New York, in order and without gaps; none on a day without trading and outside the years it knows.</summary>
    public static IReadOnlyList<Session> SessionsOn(DateOnly day)
    {
        if (!IsTradingDay(day))
            return [];
        var isEarly = NyseDays.ClosesEarly(day);
        var preMarket = NewYorkTime.At(day, PreMarketOpens);
        var opens = NewYorkTime.At(day, day == LateDay ? LateRegularOpens : RegularOpens);
        var closes = NewYorkTime.At(day, isEarly ? EarlyRegularCloses : RegularCloses);
        return
        [
            new(preMarket, opens, SessionKind.PreMarket),
            new(opens, closes, SessionKind.Regular),
            new(closes, NewYorkTime.At(day, isEarly ? EarlyAfterHoursCloses : AfterHoursCloses), SessionKind.AfterHours),
        ];
    }

    /// <inheritdoc/>
    public SessionKind At(DateTimeOffset time)
    {
        if (DayOf(time) is not { } day)
            return SessionKind.Closed;
        foreach (var session in SessionsOn(day))
        {
            if (session.Contains(time))
                return session.Kind;
        }

        return SessionKind.Closed;
    }

    /// <inheritdoc/>
    public DateTimeOffset? NextChange(DateTimeOffset time)
    {
        for (var day = DayOf(time); day is { } date && IsKnown(date); day = date.AddDays(1))
        {
            // Sessions of a day touch each other, so every border but the last is an opening.
            foreach (var session in SessionsOn(date))
            {
                if (session.Opens > time)
                    return session.Opens;
                if (session.Kind == SessionKind.AfterHours && session.Closes > time)
                    return session.Closes;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public DateTimeOffset? NextOpen(DateTimeOffset time) => CalendarWalk.NextStart(this, time, CalendarWalk.IsRegular);

    /// <inheritdoc/>
    public DateTimeOffset? CurrentClose(DateTimeOffset time) => CalendarWalk.End(this, time, CalendarWalk.IsRegular);

    private static DateOnly? DayOf(DateTimeOffset time)
    {
        // A clock that is decades off must read as closed, not as an error.
        if (time.UtcDateTime.Year is < FirstYear or > LastYear + 1)
            return null;
        var day = NewYorkTime.DayOf(time);
        return IsKnown(day) ? day : null;
    }

    private static bool IsKnown(DateOnly day) => day.Year is >= FirstYear and <= LastYear;
}
