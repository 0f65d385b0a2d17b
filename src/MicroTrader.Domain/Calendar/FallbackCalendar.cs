namespace MicroTrader.Domain.Calendar;

/// <summary>
/// A broker's schedule where it knows, another calendar everywhere else: before its first event, from its last one on, and in its gaps. The other calendar must
/// be of the same market: New York's would open London at the wrong hour.
/// </summary>
/// <param name="primary">The schedule that is asked first.</param>
/// <param name="fallback">The calendar for what the schedule does not know.</param>
public sealed class FallbackCalendar(ScheduleCalendar primary, ITradingCalendar fallback) : ITradingCalendar
{
    /// <inheritdoc/>
    public string Description => primary.KnownUntil is { } until
        ? FormattableString.Invariant($"{primary.Description} until {until:yyyy-MM-dd HH:mm} UTC, then {fallback.Description}")
        : fallback.Description;

    /// <inheritdoc/>
    public SessionKind At(DateTimeOffset time) => primary.Knows(time) ? primary.At(time) : fallback.At(time);

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public DateTimeOffset? NextOpen(DateTimeOffset time) => CalendarWalk.NextStart(this, time, CalendarWalk.IsRegular);

    /// <inheritdoc/>
    public DateTimeOffset? CurrentClose(DateTimeOffset time) => CalendarWalk.End(this, time, CalendarWalk.IsRegular);

    private DateTimeOffset? NextCandidate(DateTimeOffset time)
    {
        // Where the schedule speaks, a change of the other calendar alters nothing: the caller looks at what each moment says.
        var scheduled = primary.NextEvent(time);
        var changed = fallback.NextChange(time);
        return scheduled is null || changed < scheduled ? changed : scheduled;
    }
}
