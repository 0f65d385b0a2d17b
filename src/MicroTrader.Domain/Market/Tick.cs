using System.Runtime.CompilerServices;

namespace MicroTrader.Domain.Market;

/// <summary>What a tick was made of. Windows never mix kinds: their volumes mean different things.</summary>
public enum TickKind : byte
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

/// <summary>What the price of a tick was taken from.</summary>
public enum PriceBasis : byte
{
    /// <summary>A trade: its own price, or the last one of a snapshot.</summary>
    Trade,

    /// <summary>The close of an aggregate.</summary>
    Bar,

    /// <summary>The middle between bid and ask: nobody has paid it.</summary>
    QuoteMiddle,

    /// <summary>The broker's own price of a holding.</summary>
    Broker,
}

/// <summary>What must be known of a tick beside its price.</summary>
[Flags]
public enum TickTraits : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The source gives its prices late, e.g. by the 15 minutes of a delayed plan: never a reason to leave by TP or SL.</summary>
    Delayed = 1,

    /// <summary>Ticks of this symbol may be missing before this one (a connection was lost, a reader was too slow): windows begin anew.</summary>
    AfterGap = 2,
}

/// <summary>One observation of a price.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Kind">What the tick was made of.</param>
/// <param name="Time">When the price was known, by the source's clock (for a bar: its end), UTC.</param>
/// <param name="Price">Price of one share, in the instrument's currency.</param>
/// <param name="Volume">Shares traded in this tick; null where the source cannot say (the first snapshot of a day).</param>
/// <param name="Bid">Best bid in the instrument's currency; null where no quote is known.</param>
/// <param name="Ask">Best ask in the instrument's currency; null where no quote is known.</param>
/// <param name="Basis">What the price was taken from.</param>
/// <param name="Traits">What must be known of it beside its price.</param>
public record struct Tick(
    Symbol Symbol,
    TickKind Kind,
    DateTimeOffset Time,
    decimal Price,
    decimal? Volume,
    decimal? Bid = null,
    decimal? Ask = null,
    PriceBasis Basis = PriceBasis.Trade,
    TickTraits Traits = TickTraits.None)
{
    // Recordings have millions of these, and each is handed from the reader to who decides: kept small, for they are copied and pass through the cache. Not
    // readonly only so that Write can fill one where it is wanted; to everybody else they cannot be changed.
    private Symbol _symbol = Symbol;
    private long _timeTicks = Time.UtcTicks;
    private decimal _price = Price;
    private decimal _volume = Volume.GetValueOrDefault();
    private decimal _bid = Bid.GetValueOrDefault();
    private decimal _ask = Ask.GetValueOrDefault();
    private TickKind _kind = Kind;
    private PriceBasis _basis = Basis;
    private TickTraits _traits = Traits;
    private bool _hasVolume = Volume.HasValue;
    private bool _hasBid = Bid.HasValue;
    private bool _hasAsk = Ask.HasValue;

    /// <summary>The instrument.</summary>
    public Symbol Symbol
    {
        readonly get => _symbol;
        init => _symbol = value;
    }

    /// <summary>What the tick was made of.</summary>
    public TickKind Kind
    {
        readonly get => _kind;
        init => _kind = value;
    }

    /// <summary>When the price was known, by the source's clock (for a bar: its end), UTC.</summary>
    public DateTimeOffset Time
    {
        readonly get => new(_timeTicks, TimeSpan.Zero);
        init => _timeTicks = value.UtcTicks;
    }

    /// <summary>Price of one share, in the instrument's currency.</summary>
    public decimal Price
    {
        readonly get => _price;
        init => _price = value;
    }

    /// <summary>Shares traded in this tick; null where the source cannot say (the first snapshot of a day).</summary>
    public decimal? Volume
    {
        readonly get => _hasVolume ? _volume : null;
        init => (_hasVolume, _volume) = (value.HasValue, value.GetValueOrDefault());
    }

    /// <summary>Best bid in the instrument's currency; null where no quote is known.</summary>
    public decimal? Bid
    {
        readonly get => _hasBid ? _bid : null;
        init => (_hasBid, _bid) = (value.HasValue, value.GetValueOrDefault());
    }

    /// <summary>Best ask in the instrument's currency; null where no quote is known.</summary>
    public decimal? Ask
    {
        readonly get => _hasAsk ? _ask : null;
        init => (_hasAsk, _ask) = (value.HasValue, value.GetValueOrDefault());
    }

    /// <summary>What the price was taken from.</summary>
    public PriceBasis Basis
    {
        readonly get => _basis;
        init => _basis = value;
    }

    /// <summary>What must be known of it beside its price.</summary>
    public TickTraits Traits
    {
        readonly get => _traits;
        init => _traits = value;
    }

    /// <summary>Whether it says no more than a row of time, price and volume does: a volume, no quote, no traits (what <see cref="Write"/> makes).</summary>
    public readonly bool IsPlain => _hasVolume && !_hasBid && !_hasAsk && _traits == TickTraits.None;

    /// <summary><see cref="Time"/> in ticks of 100 ns since the year 1, UTC.</summary>
    public readonly long TimeTicks => _timeTicks;

    /// <summary>Whether <see cref="Volume"/> is known.</summary>
    internal readonly bool HasVolume => _hasVolume;

    /// <summary><see cref="Volume"/>; 0 where it is not known.</summary>
    public readonly decimal KnownVolume => _volume;

    /// <summary>Whether bid and ask are known, both.</summary>
    internal readonly bool HasQuote => _hasBid && _hasAsk;

    /// <summary>
    /// Writes a tick without quotes and traits to where it is wanted, part by part: a tick that is made first and copied then costs a reader of recordings more
    /// than reading its numbers.
    /// </summary>
    /// <param name="tick">Where it goes.</param>
    /// <param name="symbol">The instrument.</param>
    /// <param name="kind">What the tick was made of.</param>
    /// <param name="utcTicks">When the price was known, by the source's clock, in ticks of 100 ns since the year 1, UTC.</param>
    /// <param name="price">Price of one share, in the instrument's currency.</param>
    /// <param name="volume">Shares traded in this tick.</param>
    /// <param name="basis">What the price was taken from.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(out Tick tick, Symbol symbol, TickKind kind, long utcTicks, decimal price, decimal volume, PriceBasis basis)
    {
        tick._symbol = symbol;
        tick._timeTicks = utcTicks;
        tick._price = price;
        tick._volume = volume;
        tick._bid = 0m;
        tick._ask = 0m;
        tick._kind = kind;
        tick._basis = basis;
        tick._traits = TickTraits.None;
        tick._hasVolume = true;
        tick._hasBid = false;
        tick._hasAsk = false;
    }
}
