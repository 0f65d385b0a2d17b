using MicroTrader.Domain.Calendar;

namespace MicroTrader.Domain.Market;

/// <summary>How one symbol's prices stand.</summary>
public enum PriceState
{
    /// <summary>The newest price is young enough, or age does not matter.</summary>
    Fresh,

    /// <summary>The newest price is too old.</summary>
    Stale,

    /// <summary>The market is shut: no price is expected.</summary>
    Closed,
}

/// <summary>
/// Watches the age of one symbol's newest price. Age counts from its stamp, or from the moment the market opened, or from the start, whichever is latest; while the
/// market is shut nothing is stale. Pure: time comes as data.
/// </summary>
/// <param name="staleAfter">The age at which a price is stale; null where age does not matter.</param>
/// <param name="calendar">When prices are expected; null for around the clock.</param>
/// <param name="outsideRegular">Whether they are expected outside of the regular session too.</param>
/// <param name="startedAt">When the watch began.</param>
public sealed class PriceFreshness(TimeSpan? staleAfter, ITradingCalendar? calendar, bool outsideRegular, DateTimeOffset startedAt)
{
    private DateTimeOffset _since = startedAt;

    /// <summary>How it stands, as of the last look or price.</summary>
    public PriceState State { get; private set; }

    /// <summary>The newest price's stamp; null before the first.</summary>
    public DateTimeOffset? NewestAt { get; private set; }

    /// <summary>When to look next; null where nothing will change by itself.</summary>
    public DateTimeOffset? NextLook { get; private set; } = staleAfter is null ? null : startedAt;

    /// <summary>Takes in a price.</summary>
    /// <param name="stampedAt">Its stamp, by the source's clock; for a source that is late, when it came.</param>
    /// <param name="now">The robot's clock.</param>
    /// <returns>Whether prices were stale and are back.</returns>
    public bool Take(DateTimeOffset stampedAt, DateTimeOffset now)
    {
        if (NewestAt is null || stampedAt > NewestAt)
            NewestAt = stampedAt;
        if (stampedAt > _since)
            _since = stampedAt;
        if (State != PriceState.Stale || now - _since > staleAfter)
            return false;
        State = PriceState.Fresh;
        NextLook = staleAfter is null ? null : now;
        return true;
    }

    /// <summary>Looks at the clock.</summary>
    /// <param name="now">The robot's clock.</param>
    /// <returns>Whether prices have just become stale.</returns>
    public bool Look(DateTimeOffset now)
    {
        if (staleAfter is not { } limit)
            return false;
        var change = calendar?.NextChange(now);
        if (calendar is not null && !Expects(calendar.At(now)))
        {
            State = PriceState.Closed;
            NextLook = change;
            return false;
        }

        if (State == PriceState.Closed)
        {
            State = PriceState.Fresh;
            _since = now;
        }

        var due = _since + limit;
        if (due > now)
        {
            NextLook = change < due ? change : due;
            return false;
        }

        NextLook = change;
        if (State == PriceState.Stale)
            return false;
        State = PriceState.Stale;
        return true;
    }

    /// <summary>The source is gone for good: what was last known is stale from now on.</summary>
    /// <returns>Whether prices have just become stale.</returns>
    public bool Lose()
    {
        if (State == PriceState.Stale)
            return false;
        State = PriceState.Stale;
        return true;
    }

    private bool Expects(SessionKind kind) =>
        kind == SessionKind.Regular || (outsideRegular && kind is SessionKind.PreMarket or SessionKind.AfterHours or SessionKind.Overnight);
}
