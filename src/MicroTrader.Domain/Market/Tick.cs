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
public readonly record struct Tick(
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
    // Recordings have millions of these, and each is handed from the reader to who decides: kept small, for they are copied and pass through the cache.
    private readonly long _timeTicks = Time.UtcTicks;
    private readonly decimal _volume = Volume.GetValueOrDefault();
    private readonly decimal _bid = Bid.GetValueOrDefault();
    private readonly decimal _ask = Ask.GetValueOrDefault();
    private readonly bool _hasVolume = Volume.HasValue;
    private readonly bool _hasBid = Bid.HasValue;
    private readonly bool _hasAsk = Ask.HasValue;

    /// <summary>When the price was known, by the source's clock (for a bar: its end), UTC.</summary>
    public DateTimeOffset Time
    {
        get => new(_timeTicks, TimeSpan.Zero);
        init => _timeTicks = value.UtcTicks;
    }

    /// <summary>Shares traded in this tick; null where the source cannot say (the first snapshot of a day).</summary>
    public decimal? Volume
    {
        get => _hasVolume ? _volume : null;
        init => (_hasVolume, _volume) = (value.HasValue, value.GetValueOrDefault());
    }

    /// <summary>Best bid in the instrument's currency; null where no quote is known.</summary>
    public decimal? Bid
    {
        get => _hasBid ? _bid : null;
        init => (_hasBid, _bid) = (value.HasValue, value.GetValueOrDefault());
    }

    /// <summary>Best ask in the instrument's currency; null where no quote is known.</summary>
    public decimal? Ask
    {
        get => _hasAsk ? _ask : null;
        init => (_hasAsk, _ask) = (value.HasValue, value.GetValueOrDefault());
    }

    /// <summary><see cref="Time"/> in ticks of 100 ns since the year 1, UTC.</summary>
    internal long TimeTicks => _timeTicks;

    /// <summary>Whether <see cref="Volume"/> is known.</summary>
    internal bool HasVolume => _hasVolume;

    /// <summary><see cref="Volume"/>; 0 where it is not known.</summary>
    internal decimal KnownVolume => _volume;

    /// <summary>Whether bid and ask are known, both.</summary>
    internal bool HasQuote => _hasBid && _hasAsk;
}
