using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// Makes ticks of polled snapshots: what the polls before said of each symbol lives here. No I/O and no clock.
/// A tick's volume is the growth of the day's volume since the symbol's last poll. After polls in which the symbol was missing, or that failed, the growth is
/// of a longer stretch than the others in a window, so the next tick carries <see cref="TickTraits.AfterGap"/>.
/// </summary>
internal sealed class SnapshotBook
{
    // So many polls in a row with nothing fresh are the source's way, not a quiet minute.
    private const int LatePolls = 3;

    // So many polls in a row below what was told before are a correction, not one bad answer.
    private const int CorrectionPolls = 3;

    private readonly MassiveSymbols _symbols;
    private readonly MassiveRestOptions _options;
    private readonly FeedCounters _counters;
    private readonly Action<FeedNote> _note;
    private readonly Entry[] _entries;
    private int _latePolls;
    private bool _isLate;

    public SnapshotBook(MassiveSymbols symbols, MassiveRestOptions options, FeedCounters counters, Action<FeedNote> note)
    {
        _symbols = symbols;
        _options = options;
        _counters = counters;
        _note = note;
        _entries = new Entry[symbols.Count];
        for (var i = 0; i < _entries.Length; i++)
            _entries[i] = new Entry();
    }

    /// <summary>Polls were missed: one failed, came so late that others were passed over, or the source rested while the market was shut.</summary>
    public void Missed()
    {
        foreach (var entry in _entries)
            entry.HasMissed |= entry.LastTicks != 0;
    }

    /// <summary>Takes the rows of one answer.</summary>
    /// <param name="rows">One a symbol.</param>
    /// <param name="saysDelayed">The answer calls itself delayed.</param>
    /// <param name="isOpen">The market is open: only then is a lack of fresh prices lateness.</param>
    /// <param name="now">When the answer came.</param>
    /// <param name="ticks">Takes the ticks.</param>
    public void Take(ReadOnlySpan<SnapshotRow> rows, bool saysDelayed, bool isOpen, DateTimeOffset now, List<Tick> ticks)
    {
        Lateness(rows, saysDelayed, isOpen, now.UtcTicks);
        for (var i = 0; i < rows.Length; i++)
        {
            var entry = _entries[i];
            if (!rows[i].IsPresent)
            {
                entry.WasGone = true;
                entry.HasMissed |= entry.LastTicks != 0;
                if (!entry.IsMissing)
                    _note(new FeedNote(FeedNoteKind.Missing, true, $"{_symbols[i]} is not in the snapshot: it is not known there, or has not traded yet today", _symbols[i]));
                entry.IsMissing = true;
                continue;
            }

            if (entry.IsMissing)
                _note(new FeedNote(FeedNoteKind.Missing, false, $"{_symbols[i]} is in the snapshot again", _symbols[i]));
            entry.IsMissing = false;
            Row(i, rows[i], now, ticks);
        }
    }

    private void Row(int place, in SnapshotRow row, DateTimeOffset now, List<Tick> ticks)
    {
        var entry = _entries[place];
        if (Pick(row, now.UtcTicks, out var isMalformed) is not { } seen)
        {
            if (!isMalformed)
                return;
            Malformed(place, entry);
            return;
        }

        if (isMalformed)
            Malformed(place, entry);
        else
            entry.IsMalformed = false;
        var dayVolume = row.DayVolume is { } v && MassiveValues.IsVolume(v) ? v : (decimal?)null;
        if (entry.LastTicks != 0)
        {
            if (seen.Ticks == entry.LastTicks && seen.Price == entry.LastPrice && dayVolume == entry.LastVolume)
            {
                _counters.Duplicate();
                return;
            }

            if (seen.Ticks < entry.LastTicks)
            {
                // The base stays: the next tick's growth has this one's in it.
                _counters.OutOfOrder();
                return;
            }
        }

        var day = NewYorkTime.DayOf(now);
        var growth = Growth(entry, dayVolume, day);
        var traits = TickTraits.None;
        if (_isLate || now.UtcTicks - seen.Ticks > (_options.Interval + _options.DelayTolerance).Ticks)
            traits |= TickTraits.Delayed;
        if (entry.HasMissed)
            traits |= TickTraits.AfterGap;
        entry.HasMissed = false;
        entry.LastTicks = seen.Ticks;
        entry.LastPrice = seen.Price;
        entry.LastVolume = dayVolume;
        // A quote counts by its age; of a late source by how long before the price it was.
        var quoteAge = (traits & TickTraits.Delayed) != 0 ? Math.Abs(seen.Ticks - seen.QuoteTicks) : now.UtcTicks - seen.QuoteTicks;
        var hasQuote = seen.QuoteTicks != 0 && quoteAge <= _options.MaxQuoteAge.Ticks;
        _counters.Tick();
        ticks.Add(new Tick(
            _symbols[place],
            TickKind.Snapshot,
            new DateTimeOffset(seen.Ticks, TimeSpan.Zero),
            seen.Price,
            growth,
            hasQuote ? row.Bid : null,
            hasQuote ? row.Ask : null,
            seen.Basis,
            traits));
    }

    // Nothing is known of what another day had, and of a fall. One answer that is too low must not make the way back look like a burst of trading: the base
    // stays, and comes down only where the lower volume stays, too.
    private static decimal? Growth(Entry entry, decimal? dayVolume, DateOnly day)
    {
        if (dayVolume is not { } volume)
            return null;
        if (entry.DayVolume is not { } before || entry.Day != day)
        {
            (entry.DayVolume, entry.Day, entry.Falls) = (volume, day, 0);
            return null;
        }

        var wasGone = entry.WasGone;
        entry.WasGone = false;
        if (volume < before)
        {
            // Gone and back with less: the source has cleared its day.
            if (++entry.Falls >= CorrectionPolls || wasGone)
                (entry.DayVolume, entry.Falls) = (volume, 0);
            return null;
        }

        // What came while the answers were too low is longer than a poll.
        entry.HasMissed |= entry.Falls > 0;
        (entry.DayVolume, entry.Falls) = (volume, 0);
        return volume - before;
    }

    private void Malformed(int place, Entry entry)
    {
        _counters.Malformed();
        if (!entry.IsMalformed)
            _note(new FeedNote(FeedNoteKind.Malformed, true, $"{_symbols[place]}: the snapshot has a price, a stamp or a field that makes no sense; what is wrong is left out", _symbols[place]));
        entry.IsMalformed = true;
    }

    // The last trade if it makes a price, else the last minute's close, else the middle of the quote. What is all zeros is not there: before the open it is so.
    private static Seen? Pick(in SnapshotRow row, long now, out bool isMalformed)
    {
        isMalformed = row.IsWrong;
        var quoteTicks = 0L;
        if (row is not { Bid: 0, Ask: 0 })
        {
            var isQuote = MassiveValues.TryStamp(row.QuoteStamp, now, out var at) && row.Bid >= 0 && row.Ask >= 0 && row.Bid <= MassiveValues.MostPrice && row.Ask <= MassiveValues.MostPrice;
            isMalformed |= !isQuote;
            // One-sided or crossed is no error, and no quote.
            if (isQuote && row.Bid > 0 && row.Bid <= row.Ask)
                quoteTicks = at;
        }

        if (row is not { TradePrice: 0, TradeStamp: 0 })
        {
            if (!MassiveValues.IsPrice(row.TradePrice) || !MassiveValues.TryStamp(row.TradeStamp, now, out var at))
                isMalformed = true;
            else if ((row.TradeConditions & MassivePrice.NotOfNow) == 0)
                return new Seen(row.TradePrice, Math.Min(at, now), quoteTicks, PriceBasis.Trade);
        }

        if (row is not { BarClose: 0, BarStart: 0 })
        {
            if (!MassiveValues.IsPrice(row.BarClose) || !MassiveValues.TryStamp(row.BarStart, now, out var at))
                isMalformed = true;
            else
                // The minute that is going on ends in the future: its close is the price of now.
                return new Seen(row.BarClose, Math.Min(at + TimeSpan.TicksPerMinute, now), quoteTicks, PriceBasis.Bar);
        }

        return quoteTicks == 0 ? null : new Seen((row.Bid + row.Ask) / 2, Math.Min(quoteTicks, now), quoteTicks, PriceBasis.QuoteMiddle);
    }

    private void Lateness(ReadOnlySpan<SnapshotRow> rows, bool saysDelayed, bool isOpen, long now)
    {
        var newest = 0L;
        foreach (ref readonly var row in rows)
        {
            if (row.IsPresent && Pick(row, now, out _) is { } seen)
                newest = Math.Max(newest, Math.Max(seen.Ticks, seen.QuoteTicks));
        }

        var isOld = newest != 0 && now - newest > (_options.Interval + _options.DelayTolerance).Ticks;
        if (saysDelayed || (isOld && isOpen))
        {
            _latePolls = saysDelayed ? LatePolls : _latePolls + 1;
            if (_latePolls >= LatePolls && !_isLate)
            {
                _isLate = true;
                var how = newest == 0 ? "as it says itself" : $"the newest by {TimeSpan.FromTicks(Math.Max(0, now - newest)):hh\\:mm\\:ss}";
                _note(new FeedNote(FeedNoteKind.Delayed, true, $"the snapshot's prices are late, {how}; a plan with real-time data gives them at once"));
            }
        }
        else if (newest != 0 && !isOld)
        {
            _latePolls = 0;
            if (_isLate)
                _note(new FeedNote(FeedNoteKind.Delayed, false, "the snapshot's prices are on time again"));
            _isLate = false;
        }
    }

    private readonly record struct Seen(decimal Price, long Ticks, long QuoteTicks, PriceBasis Basis);

    private sealed class Entry
    {
        public long LastTicks;
        public decimal LastPrice;
        public decimal? LastVolume;
        public decimal? DayVolume;
        public DateOnly Day;
        public int Falls;
        public bool WasGone;
        public bool HasMissed;
        public bool IsMissing;
        public bool IsMalformed;
    }
}
