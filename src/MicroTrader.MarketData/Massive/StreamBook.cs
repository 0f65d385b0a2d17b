using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>What an event of the stream came to.</summary>
internal enum StreamVerdict
{
    /// <summary>A tick.</summary>
    Tick,

    /// <summary>No tick and nothing to count: a quote, or a symbol that was not asked for.</summary>
    Nothing,

    /// <summary>Known already.</summary>
    Duplicate,

    /// <summary>Older than the last of its symbol and kind.</summary>
    OutOfOrder,

    /// <summary>A trade that makes no price of now.</summary>
    LeftOut,

    /// <summary>A field that must be there is not, or makes no sense.</summary>
    Malformed,
}

/// <summary>
/// Makes ticks of the stream's events: what is known of each symbol (its last trade and bars, its quote, what may be missing) lives here. It outlives a
/// connection, so that what a new one repeats is recognised. No I/O and no clock.
/// </summary>
internal sealed class StreamBook
{
    // Of one symbol so many trade ids are remembered: repeats come within moments, and older ones are out of order anyway.
    private const int IdsKept = 64;

    private readonly MassiveSymbols _symbols;
    private readonly long _maxQuoteAge;
    private readonly long _delayTolerance;
    private readonly MassivePrice _against;
    private readonly Entry[] _entries;

    public StreamBook(MassiveSymbols symbols, MassiveSocketOptions options)
    {
        _symbols = symbols;
        _maxQuoteAge = options.MaxQuoteAge.Ticks;
        _delayTolerance = options.DelayTolerance.Ticks;
        _against = MassivePrice.OddLot | MassivePrice.NotOfNow | (options.ExtendedHours ? MassivePrice.None : MassivePrice.FormT);
        _entries = new Entry[symbols.Count];
        for (var i = 0; i < _entries.Length; i++)
            _entries[i] = new Entry();
    }

    /// <summary>Ticks may be missing from here on: the first of each symbol and kind says so, and quotes are not known any more.</summary>
    public void Gap()
    {
        foreach (var entry in _entries)
        {
            entry.Gaps = Kinds.All;
            entry.QuoteTicks = 0;
        }
    }

    /// <summary>Judges an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="nowUtcTicks">This machine's clock.</param>
    /// <param name="tick">The tick, where there is one.</param>
    public StreamVerdict Take(in StreamEvent e, long nowUtcTicks, out Tick tick)
    {
        tick = default;
        if (!e.Has(StreamFields.Symbol))
            return StreamVerdict.Malformed;
        if (e.Place < 0)
            return StreamVerdict.Nothing;
        if (e.Has(StreamFields.Wrong))
            return StreamVerdict.Malformed;
        var entry = _entries[e.Place];
        return e.Kind switch
        {
            StreamEventKind.Trade => Trade(entry, e, nowUtcTicks, out tick),
            StreamEventKind.Quote => Quote(entry, e, nowUtcTicks),
            StreamEventKind.SecondBar => Bar(entry, e, TickKind.SecondBar, Kinds.SecondBar, ref entry.SecondBarTicks, nowUtcTicks, out tick),
            StreamEventKind.MinuteBar => Bar(entry, e, TickKind.MinuteBar, Kinds.MinuteBar, ref entry.MinuteBarTicks, nowUtcTicks, out tick),
            _ => StreamVerdict.Nothing,
        };
    }

    private StreamVerdict Trade(Entry entry, in StreamEvent e, long now, out Tick tick)
    {
        tick = default;
        if (!e.Has(StreamFields.Price | StreamFields.Stamp) || !MassiveValues.IsPrice(e.Price)
            || (e.Has(StreamFields.SizeOrStart) && !MassiveValues.IsVolume(e.SizeOrStart)) || !MassiveValues.TryStamp(e.Stamp, now, out var time))
            return StreamVerdict.Malformed;
        if (e.Has(StreamFields.Id) && !entry.IsNewId(e.Id ^ ((ulong)e.Exchange * 0x9E3779B97F4A7C15)))
            return StreamVerdict.Duplicate;
        // A late or special trade says nothing of the order of the others.
        if ((e.Conditions & _against) != 0)
            return StreamVerdict.LeftOut;
        if (time < entry.TradeTicks)
            return StreamVerdict.OutOfOrder;
        if (e.Has(StreamFields.Sequence))
        {
            // Numbers begin anew each day, so they decide only between trades of the same stamp.
            if (time == entry.TradeTicks && entry.TradeSequence is { } last && e.Sequence <= last)
                return e.Sequence == last ? StreamVerdict.Duplicate : StreamVerdict.OutOfOrder;
            entry.TradeSequence = e.Sequence;
        }

        entry.TradeTicks = time;
        tick = Make(entry, e.Place, TickKind.Trade, Kinds.Trade, time, e.Price, e.Has(StreamFields.SizeOrStart) ? e.SizeOrStart : null, PriceBasis.Trade, now);
        return StreamVerdict.Tick;
    }

    private StreamVerdict Bar(Entry entry, in StreamEvent e, TickKind kind, Kinds bit, ref long last, long now, out Tick tick)
    {
        tick = default;
        if (!e.Has(StreamFields.Close | StreamFields.End) || !MassiveValues.IsPrice(e.Close)
            || (e.Has(StreamFields.Volume) && !MassiveValues.IsVolume(e.Volume)) || !MassiveValues.TryStamp(e.End, now, out var time))
            return StreamVerdict.Malformed;
        if (time <= last)
            return time == last ? StreamVerdict.Duplicate : StreamVerdict.OutOfOrder;
        last = time;
        tick = Make(entry, e.Place, kind, bit, time, e.Close, e.Has(StreamFields.Volume) ? e.Volume : null, PriceBasis.Bar, now);
        return StreamVerdict.Tick;
    }

    private static StreamVerdict Quote(Entry entry, in StreamEvent e, long now)
    {
        if (!e.Has(StreamFields.Bid | StreamFields.Ask | StreamFields.Stamp) || e.Bid < 0 || e.Ask < 0 || e.Bid > MassiveValues.MostPrice || e.Ask > MassiveValues.MostPrice
            || !MassiveValues.TryStamp(e.Stamp, now, out var time))
            return StreamVerdict.Malformed;
        if (time < entry.LastQuoteTicks)
            return StreamVerdict.OutOfOrder;
        entry.LastQuoteTicks = time;
        // One side missing, or crossed: there is no spread to be known, and the quote before is not the one of now either.
        var isUsable = e.Bid > 0 && e.Bid <= e.Ask;
        entry.QuoteTicks = isUsable ? time : 0;
        entry.Bid = e.Bid;
        entry.Ask = e.Ask;
        return StreamVerdict.Nothing;
    }

    private Tick Make(Entry entry, int place, TickKind kind, Kinds bit, long time, decimal price, decimal? volume, PriceBasis basis, long now)
    {
        var traits = TickTraits.None;
        if ((entry.Gaps & bit) != 0)
        {
            entry.Gaps &= ~bit;
            traits |= TickTraits.AfterGap;
        }

        if (now - time > _delayTolerance)
            traits |= TickTraits.Delayed;
        // A quote from well after the tick is none that it was made under.
        var hasQuote = entry.QuoteTicks != 0 && Math.Abs(time - entry.QuoteTicks) <= _maxQuoteAge;
        return new Tick(
            _symbols[place],
            kind,
            new DateTimeOffset(time, TimeSpan.Zero),
            price,
            volume,
            hasQuote ? entry.Bid : null,
            hasQuote ? entry.Ask : null,
            basis,
            traits);
    }

    [Flags]
    private enum Kinds : byte
    {
        None = 0,
        Trade = 1,
        SecondBar = 2,
        MinuteBar = 4,
        All = Trade | SecondBar | MinuteBar,
    }

    private sealed class Entry
    {
        public long TradeTicks;
        public long? TradeSequence;
        public long SecondBarTicks;
        public long MinuteBarTicks;
        public long LastQuoteTicks;
        public long QuoteTicks;
        public decimal Bid;
        public decimal Ask;
        public Kinds Gaps;

        private readonly ulong[] _ids = new ulong[IdsKept];
        private int _next;

        public bool IsNewId(ulong id)
        {
            if (_ids.AsSpan().Contains(id))
                return false;
            _ids[_next] = id;
            _next = (_next + 1) % IdsKept;
            return true;
        }
    }
}
