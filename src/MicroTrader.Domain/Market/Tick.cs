namespace MicroTrader.Domain.Market;

/// <summary>What a tick was made of. Windows never mix kinds: their volumes mean different things.</summary>
public enum TickKind
{
    /// <summary>One trade.</summary>
    Trade,

    /// <summary>An aggregate of one second.</summary>
    SecondBar,

    /// <summary>An aggregate of one minute.</summary>
    MinuteBar,

    /// <summary>A polled snapshot: the volume is the growth of the day's volume since the poll before.</summary>
    Snapshot,
}

/// <summary>One observation of a price.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Kind">What the tick was made of.</param>
/// <param name="Time">When the price was known, by the source's clock (for a bar: its end), UTC.</param>
/// <param name="Price">Price of one share, in the instrument's currency.</param>
/// <param name="Volume">Shares traded in this tick; null where the source cannot say (the first snapshot of a day).</param>
/// <param name="Bid">Best bid in the instrument's currency; null where no quote is known.</param>
/// <param name="Ask">Best ask in the instrument's currency; null where no quote is known.</param>
public readonly record struct Tick(
    Symbol Symbol,
    TickKind Kind,
    DateTimeOffset Time,
    decimal Price,
    decimal? Volume,
    decimal? Bid = null,
    decimal? Ask = null);
