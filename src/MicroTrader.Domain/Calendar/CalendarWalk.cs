namespace MicroTrader.Domain.Calendar;

/// <summary>Finds starts and ends by walking from change to change, so that every calendar's answers follow from what it says of single moments.</summary>
internal static class CalendarWalk
{
    /// <summary>The first moment at or after <paramref name="time"/> at which a wanted stretch starts; null where none is known.</summary>
    public static DateTimeOffset? NextStart(ITradingCalendar calendar, DateTimeOffset time, Func<SessionKind, bool> isWanted)
    {
        var wasWanted = time.UtcTicks > 0 && isWanted(calendar.At(new DateTimeOffset(time.UtcTicks - 1, TimeSpan.Zero)));
        for (DateTimeOffset? next = time; next is { } moment; next = calendar.NextChange(moment))
        {
            var isWantedNow = isWanted(calendar.At(moment));
            if (isWantedNow && !wasWanted)
                return moment;
            wasWanted = isWantedNow;
        }

        return null;
    }

    /// <summary>The end of the wanted stretch that <paramref name="time"/> is in; null outside of one, and where no end is known.</summary>
    public static DateTimeOffset? End(ITradingCalendar calendar, DateTimeOffset time, Func<SessionKind, bool> isWanted)
    {
        if (!isWanted(calendar.At(time)))
            return null;
        for (var next = calendar.NextChange(time); next is { } moment; next = calendar.NextChange(moment))
        {
            if (!isWanted(calendar.At(moment)))
                return moment;
        }

        return null;
    }

    /// <summary>The regular session, as a wish.</summary>
    public static bool IsRegular(SessionKind kind) => kind == SessionKind.Regular;
}
