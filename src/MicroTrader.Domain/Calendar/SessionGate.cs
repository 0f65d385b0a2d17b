using System.Globalization;

namespace MicroTrader.Domain.Calendar;

/// <summary>The rules around a market's hours: pure, for any calendar.</summary>
public static class SessionGate
{
    /// <summary>Judges whether the hours allow an entry.</summary>
    public static SessionVerdict JudgeEntry(this SessionRules rules, ITradingCalendar calendar, DateTimeOffset now)
    {
        var kind = calendar.At(now);
        if (!rules.Trades(kind))
        {
            var denial = kind is SessionKind.Closed or SessionKind.Break ? SessionDenial.Closed : SessionDenial.NotRegular;
            var words = denial == SessionDenial.Closed
                ? $"the market is {Name(kind)}"
                : $"{Name(kind)} is not traded, the regular session only";
            return rules.Deny(denial, words, calendar, now);
        }

        if (rules.CurrentEnd(calendar, now) is { } close && close - now <= rules.NoEntryBeforeClose)
            return rules.Deny(SessionDenial.NearClose, $"the market closes at {Words(close)}, no entry in the last {rules.NoEntryBeforeClose}", calendar, now);
        if (OpenedWithin(calendar, now, rules.NoEntryAfterOpen) is { } opened)
        {
            var from = opened + rules.NoEntryAfterOpen;
            return new SessionVerdict(
                SessionDenial.JustOpened,
                $"the market opened at {Words(opened)}, no entry in the first {rules.NoEntryAfterOpen}: entries from {Words(from)}",
                from);
        }

        return default;
    }

    /// <summary>
    /// Whether no position may be held: from <see cref="SessionRules.FlatBeforeClose"/> before the close until trading starts again. A position that is still
    /// there after the close cannot be sold then; its exit waits for <see cref="NextSellAt"/>. Always false when the rule is 0.
    /// </summary>
    public static bool MustBeFlat(this SessionRules rules, ITradingCalendar calendar, DateTimeOffset now) =>
        rules.FlatFrom(calendar, now) is { } from && from <= now;

    /// <summary>
    /// The moment from which <see cref="MustBeFlat"/> holds, for a timer: before the close of the trading that <paramref name="now"/> is in, or
    /// <paramref name="now"/> itself when it holds already. Null when the rule is 0 and when no close is known, as where the market never shuts.
    /// </summary>
    public static DateTimeOffset? FlatFrom(this SessionRules rules, ITradingCalendar calendar, DateTimeOffset now)
    {
        if (rules.FlatBeforeClose <= TimeSpan.Zero)
            return null;
        if (!rules.MaySell(calendar, now))
            return now;
        if (rules.CurrentEnd(calendar, now) is not { } close)
            return null;
        var from = close - rules.FlatBeforeClose;
        return from > now ? from : now;
    }

    /// <summary>Whether the hours allow a sale. Neither the opening nor the close holds back an exit.</summary>
    public static bool MaySell(this SessionRules rules, ITradingCalendar calendar, DateTimeOffset now) => rules.Trades(calendar.At(now));

    /// <summary>The earliest moment from <paramref name="now"/> on at which the hours allow a sale: now, or the next opening; null when none is known.</summary>
    public static DateTimeOffset? NextSellAt(this SessionRules rules, ITradingCalendar calendar, DateTimeOffset now) =>
        rules.MaySell(calendar, now) ? now : rules.NextStart(calendar, now);

    private static bool Trades(this SessionRules rules, SessionKind kind) =>
        kind == SessionKind.Regular || (!rules.RegularOnly && kind is SessionKind.PreMarket or SessionKind.AfterHours or SessionKind.Overnight);

    private static DateTimeOffset? NextStart(this SessionRules rules, ITradingCalendar calendar, DateTimeOffset now) =>
        rules.RegularOnly ? calendar.NextOpen(now) : CalendarWalk.NextStart(calendar, now, rules.Trades);

    private static DateTimeOffset? CurrentEnd(this SessionRules rules, ITradingCalendar calendar, DateTimeOffset now) =>
        rules.RegularOnly ? calendar.CurrentClose(now) : CalendarWalk.End(calendar, now, rules.Trades);

    // The regular opening also where more is traded: it is the hour whose rush the rule is for.
    private static DateTimeOffset? OpenedWithin(ITradingCalendar calendar, DateTimeOffset now, TimeSpan stretch)
    {
        if (stretch <= TimeSpan.Zero || now.UtcTicks < stretch.Ticks)
            return null;
        return calendar.NextOpen(new DateTimeOffset(now.UtcTicks - stretch.Ticks + 1, TimeSpan.Zero)) is { } opened && opened <= now ? opened : null;
    }

    private static SessionVerdict Deny(this SessionRules rules, SessionDenial denial, string words, ITradingCalendar calendar, DateTimeOffset now)
    {
        if (rules.NextStart(calendar, now) is not { } opens)
            return new SessionVerdict(denial, $"{words}; no next opening is known ({calendar.Description})", null);
        var from = calendar.At(opens) == SessionKind.Regular ? opens + rules.NoEntryAfterOpen : opens;
        return new SessionVerdict(denial, $"{words}; it opens next at {Words(opens)}", from);
    }

    private static string Name(SessionKind kind) => kind switch
    {
        SessionKind.Closed => "closed",
        SessionKind.Break => "in a break",
        SessionKind.PreMarket => "pre-market",
        SessionKind.AfterHours => "after-hours trading",
        SessionKind.Overnight => "overnight trading",
        _ => "the regular session",
    };

    private static string Words(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        var words = utc.ToString("ddd yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return utc.Year < NewYorkTime.FirstYear
            ? words
            : words + NewYorkTime.ToNewYork(utc).ToString("' ('HH:mm 'in New York)'", CultureInfo.InvariantCulture);
    }
}
