using MicroTrader.Domain.Calendar;

namespace MicroTrader.MarketData;

/// <summary>Which sessions a feed takes for an open market.</summary>
internal static class MarketHours
{
    public static bool IsOpen(SessionKind session, bool extendedHours) =>
        session == SessionKind.Regular || (extendedHours && session is SessionKind.PreMarket or SessionKind.AfterHours);

    /// <summary>The next moment at which the market opens in this sense; null where none is known.</summary>
    public static DateTimeOffset? NextOpen(ITradingCalendar calendar, DateTimeOffset from, bool extendedHours)
    {
        for (DateTimeOffset? next = from; next is { } moment; next = calendar.NextChange(moment))
        {
            if (IsOpen(calendar.At(moment), extendedHours))
                return moment;
        }

        return null;
    }
}
