namespace MicroTrader.Domain.Calendar;

/// <summary>
/// A calendar from a broker's working schedule. Events may come in any order, twice, or not at all: a stretch between two events is believed only where the
/// second can end what the first began, and a trading stretch only up to a day. Whatever else lies between is not known, nor is anything before the first
/// event or from the last one on: there it says <see cref="SessionKind.Closed"/>, and <see cref="Knows"/> is false so that another calendar can step in
/// (<see cref="FallbackCalendar"/>).
/// </summary>
public sealed class ScheduleCalendar : ITradingCalendar
{
    // With a day's close and the next day's opening both missing, an opening would meet the next day's close: more than a day later.
    private static readonly TimeSpan LongestSession = TimeSpan.FromDays(1);

    private readonly long[] _utcTicks;
    private readonly SessionKind?[] _kinds;

    /// <summary>Reads the events.</summary>
    /// <param name="events">The events, in any order.</param>
    /// <param name="description">Whose schedule it is, in words for a person.</param>
    public ScheduleCalendar(IEnumerable<ScheduleEvent> events, string description = "the broker's schedule")
    {
        Description = description;
        var moments = events
            .Where(e => e.Kind is > ScheduleEventKind.Unknown and <= ScheduleEventKind.OvernightOpen)
            .GroupBy(e => e.At.UtcTicks, e => e.Kind)
            .OrderBy(g => g.Key)
            .Select(g => (Ticks: g.Key, Kinds: (IReadOnlySet<ScheduleEventKind>)g.ToHashSet()))
            .ToArray();
        _utcTicks = [.. moments.Select(m => m.Ticks)];
        _kinds = new SessionKind?[_utcTicks.Length];
        for (var i = 0; i < moments.Length - 1; i++)
            _kinds[i] = Believed(moments[i].Kinds, moments[i + 1].Kinds, TimeSpan.FromTicks(_utcTicks[i + 1] - _utcTicks[i]));
        Sessions = [.. SessionsOf(_utcTicks, _kinds)];
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>The first event: nothing is known before it. Null when there are no events.</summary>
    public DateTimeOffset? KnownFrom => _utcTicks.Length == 0 ? null : Utc(_utcTicks[0]);

    /// <summary>The last event: nothing is known from it on. Null when there are no events.</summary>
    public DateTimeOffset? KnownUntil => _utcTicks.Length == 0 ? null : Utc(_utcTicks[^1]);

    /// <summary>The known stretches in which something is going on, breaks too, in order.</summary>
    public IReadOnlyList<Session> Sessions { get; }

    /// <summary>Whether the schedule says what the market does at a moment.</summary>
    public bool Knows(DateTimeOffset time) => KindAt(time) is not null;

    /// <inheritdoc/>
    public SessionKind At(DateTimeOffset time) => KindAt(time) ?? SessionKind.Closed;

    /// <inheritdoc/>
    public DateTimeOffset? NextChange(DateTimeOffset time)
    {
        var kind = At(time);
        for (var next = NextEvent(time); next is { } moment; next = NextEvent(moment))
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

    /// <summary>The first event after a moment, whether or not it changes anything: what is known changes at events only.</summary>
    internal DateTimeOffset? NextEvent(DateTimeOffset time)
    {
        var index = IndexAt(time) + 1;
        return index < _utcTicks.Length ? Utc(_utcTicks[index]) : null;
    }

    private static DateTimeOffset Utc(long ticks) => new(ticks, TimeSpan.Zero);

    private SessionKind? KindAt(DateTimeOffset time)
    {
        var index = IndexAt(time);
        return index < 0 ? null : _kinds[index];
    }

    private int IndexAt(DateTimeOffset time)
    {
        var index = Array.BinarySearch(_utcTicks, time.UtcTicks);
        return index >= 0 ? index : ~index - 1;
    }

    private static SessionKind? Believed(IReadOnlySet<ScheduleEventKind> first, IReadOnlySet<ScheduleEventKind> second, TimeSpan length)
    {
        // What ends at a moment makes way for what begins at it, so endings count only when nothing begins.
        var begun = first.Select(BegunBy).OfType<SessionKind>().Distinct().ToArray();
        if (begun.Length > 1)
            return null;
        var kind = begun is [var only] ? only : SessionKind.Closed;
        if (kind != SessionKind.Closed && length > LongestSession)
            return null;
        return second.Any(e => CanEnd(kind, e)) ? kind : null;
    }

    private static SessionKind? BegunBy(ScheduleEventKind kind) => kind switch
    {
        ScheduleEventKind.Open or ScheduleEventKind.BreakEnd => SessionKind.Regular,
        ScheduleEventKind.BreakStart => SessionKind.Break,
        ScheduleEventKind.PreMarketOpen => SessionKind.PreMarket,
        ScheduleEventKind.AfterHoursOpen => SessionKind.AfterHours,
        ScheduleEventKind.OvernightOpen => SessionKind.Overnight,
        _ => null,
    };

    private static bool CanEnd(SessionKind kind, ScheduleEventKind with) => kind switch
    {
        SessionKind.Regular => with is ScheduleEventKind.Close or ScheduleEventKind.BreakStart or ScheduleEventKind.AfterHoursOpen,
        SessionKind.Break => with is ScheduleEventKind.BreakEnd,
        SessionKind.PreMarket => with is ScheduleEventKind.Open,
        SessionKind.AfterHours => with is ScheduleEventKind.AfterHoursClose or ScheduleEventKind.Close or ScheduleEventKind.OvernightOpen,
        SessionKind.Overnight => with is ScheduleEventKind.PreMarketOpen or ScheduleEventKind.Open or ScheduleEventKind.Close,
        _ => with is ScheduleEventKind.Open or ScheduleEventKind.PreMarketOpen or ScheduleEventKind.AfterHoursOpen or ScheduleEventKind.OvernightOpen,
    };

    private static IEnumerable<Session> SessionsOf(long[] utcTicks, SessionKind?[] kinds)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is not { } kind || kind == SessionKind.Closed)
                continue;
            var first = i;
            while (kinds[i + 1] == kind)
                i++;
            yield return new Session(Utc(utcTicks[first]), Utc(utcTicks[i + 1]), kind);
        }
    }
}
