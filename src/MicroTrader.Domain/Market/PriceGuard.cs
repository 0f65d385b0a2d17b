using System.Runtime.CompilerServices;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Market;

/// <summary>
/// Decides which prices of one symbol are believed. A price that looks wrong is suspect: it is withheld until a second, newer one close to it confirms it, and
/// forgotten when a normal one comes first. So one wrong price alone never leads to an entry or an exit, and a real leap costs the wait for one tick.
/// One instance a symbol and source; no clock, no I/O, no allocation after construction. The same ticks and times give the same verdicts.
/// </summary>
public sealed class PriceGuard
{
    private const int BandDecimals = 4;

    private readonly PriceRules _rules;
    private readonly long _staleAfterTicks;
    private readonly long _maxAheadTicks;
    private decimal _base;
    private bool _baseIsInBand;
    private long _newestTicks = long.MinValue;
    private readonly long[] _newestTicksOfKind = new long[4];
    private long _dayEndTicks = long.MinValue;
    private decimal _known;
    private long _knownDayEndTicks;
    private Tick _suspect;

    // Prices within this band are near each other, whichever two they are, and are prices: most ticks need no more than these two comparisons.
    private decimal _bandLow;
    private decimal _bandHigh = -1m;
    private PriceCode _suspectCode;
    private bool _quotesAreWrong;
    private bool _gapBefore;

    /// <summary>Makes a guard that has seen nothing.</summary>
    /// <exception cref="ArgumentException">The rules are impossible.</exception>
    public PriceGuard(PriceRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(rules));
        _rules = rules;
        _staleAfterTicks = rules.StaleAfter?.Ticks ?? long.MaxValue;
        _maxAheadTicks = rules.MaxAhead.Ticks;
    }

    /// <summary>The rules in force.</summary>
    public PriceRules Rules => _rules;

    /// <summary>The suspect that the last tick confirmed, as it is to be taken in; only where <see cref="PriceVerdict.Confirms"/> is true.</summary>
    public Tick Confirmed { get; private set; }

    /// <summary>Why a tick is being withheld until another confirms it; <see cref="PriceCode.Good"/> where none is.</summary>
    public PriceCode Waiting => _suspectCode;

    /// <summary>
    /// Tells a price that is known otherwise, from a fill: the first tick of the same day may be measured by it, so that a robot that was started again while
    /// it holds shares need not wait for a second tick.
    /// </summary>
    /// <param name="price">The price of a share, in the instrument's currency.</param>
    /// <param name="at">When it was paid.</param>
    public void Know(decimal price, DateTimeOffset at) =>
        (_known, _knownDayEndTicks) = price is > 0 and <= PriceRules.HighestPrice ? (price, RiskDay.NextAfter(at).UtcTicks) : default;

    /// <summary>Judges one tick.</summary>
    /// <param name="tick">The tick; every tick of the symbol from one source, in the order in which they came.</param>
    /// <param name="now">The robot's clock.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PriceVerdict Judge(in Tick tick, DateTimeOffset now)
    {
        var isInBand = IsInBand(tick.Price);
        // Nothing could confirm these: another of the kind is just as wrong.
        if (Useless(tick, now.UtcTicks, isInBand) is var useless && useless != PriceCode.Good)
        {
            _gapBefore |= (tick.Traits & TickTraits.AfterGap) != 0;
            return new PriceVerdict(useless);
        }

        if (tick.TimeTicks >= _dayEndTicks)
            BeginDay(tick.Time);
        var flaw = tick.HasQuote ? QuoteFlaw(tick) : PriceCode.Good;
        var isNearBase = isInBand && _baseIsInBand;
        if (flaw == PriceCode.Good && !isNearBase)
            flaw = PriceFlaw(tick);
        if (flaw == PriceCode.Good)
        {
            var forgot = _suspectCode;
            Forget();
            return Accept(tick, isNearBase || IsInBand(tick.Price), confirms: false, forgot);
        }

        if (_suspectCode != PriceCode.Good && IsAnother(tick) && IsNear(tick.Price, _suspect.Price))
        {
            // Quotes that are wrong twice are wrong for longer: prices are measured by each other until a quote makes sense again.
            _quotesAreWrong |= flaw is PriceCode.CrossedQuote or PriceCode.OutsideQuote;
            Confirmed = Stamp(_suspect);
            _suspectCode = PriceCode.Good;
            return Accept(tick, IsInBand(tick.Price), confirms: true, PriceCode.Good);
        }

        var before = _suspectCode;
        Forget();
        _suspect = tick;
        _suspectCode = flaw;
        return new PriceVerdict(flaw, Forgot: before);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PriceCode Useless(in Tick tick, long nowTicks, bool isInBand)
    {
        if (!isInBand && tick.Price is <= 0 or > PriceRules.HighestPrice)
            return PriceCode.NotAPrice;
        var age = nowTicks - tick.TimeTicks;
        if (age > _staleAfterTicks && (tick.Traits & TickTraits.Delayed) == 0)
            return PriceCode.TooOld;
        if (-age > _maxAheadTicks)
            return PriceCode.FromFuture;
        // Kinds are not in order among each other: a bar is known a moment after the trades in it.
        return tick.TimeTicks < _newestTicksOfKind[(int)tick.Kind] ? PriceCode.OutOfOrder : PriceCode.Good;
    }

    // What happened overnight is not known: a price far from yesterday's may be right, and one that is close may be wrong.
    private void BeginDay(DateTimeOffset time)
    {
        _dayEndTicks = RiskDay.NextAfter(time).UtcTicks;
        _base = 0;
        _baseIsInBand = false;
        _quotesAreWrong = false;
    }

    private PriceCode QuoteFlaw(in Tick tick)
    {
        if (tick is not { Bid: { } bid, Ask: { } ask })
            return PriceCode.Good;
        var flaw = PriceCode.Good;
        if (bid is <= 0 or > PriceRules.HighestPrice || ask is <= 0 or > PriceRules.HighestPrice || bid >= ask)
            flaw = PriceCode.CrossedQuote;
        else if ((bid - tick.Price) * 100m > _rules.MaxOutsideQuotePercent * bid || (tick.Price - ask) * 100m > _rules.MaxOutsideQuotePercent * ask)
            flaw = PriceCode.OutsideQuote;
        if (flaw == PriceCode.Good)
            _quotesAreWrong = false;
        return _quotesAreWrong ? PriceCode.Good : flaw;
    }

    private PriceCode PriceFlaw(in Tick tick)
    {
        var from = _base;
        if (from == 0 && _knownDayEndTicks == _dayEndTicks)
            from = _known;
        if (from == 0)
            return PriceCode.FirstOfDay;
        return IsNear(tick.Price, from) ? PriceCode.Good : PriceCode.Jump;
    }

    // Newer, and not the same trade once more: a bar or the broker's price may hold the very trade that is in doubt.
    private bool IsAnother(in Tick tick)
    {
        if (tick.Time <= _suspect.Time)
            return false;
        var holds = tick.Kind switch
        {
            TickKind.SecondBar => TimeSpan.FromSeconds(1),
            TickKind.MinuteBar => TimeSpan.FromMinutes(1),
            TickKind.Snapshot when tick.Basis is PriceBasis.Bar or PriceBasis.Broker => TimeSpan.FromMinutes(1),
            _ => TimeSpan.Zero,
        };
        return tick.Time - holds >= _suspect.Time || (tick.Kind == TickKind.Snapshot && tick.Price != _suspect.Price);
    }

    private bool IsNear(decimal price, decimal from)
    {
        if (IsInBand(price) && IsInBand(from))
            return true;
        // Multiplied out instead of divided, so that the limit itself is hit exactly.
        if (Math.Abs(price - from) * 100m > _rules.MaxJumpPercent * from)
            return false;
        // A third of the limit to each side: two prices in it are at most two thirds of the limit apart, as long as that is at most the price itself.
        var reach = Math.Min(_rules.MaxJumpPercent, 100m) / 300m * from;
        // Rounded inwards: numbers as short as prices are compared with them faster.
        _bandLow = decimal.Round(from - reach, BandDecimals, MidpointRounding.ToPositiveInfinity);
        _bandHigh = decimal.Round(Math.Min(from + reach, PriceRules.HighestPrice), BandDecimals, MidpointRounding.ToNegativeInfinity);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsInBand(decimal price) => price >= _bandLow && price <= _bandHigh;

    private void Forget()
    {
        if (_suspectCode == PriceCode.Good)
            return;
        _gapBefore |= (_suspect.Traits & TickTraits.AfterGap) != 0;
        _suspectCode = PriceCode.Good;
    }

    private Tick Stamp(in Tick tick)
    {
        var stamped = _gapBefore ? tick with { Traits = tick.Traits | TickTraits.AfterGap } : tick;
        _gapBefore = false;
        return stamped;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PriceVerdict Accept(in Tick tick, bool isInBand, bool confirms, PriceCode forgot)
    {
        _base = tick.Price;
        _baseIsInBand = isInBand;
        var isNewest = tick.TimeTicks >= _newestTicks;
        if (isNewest)
            _newestTicks = tick.TimeTicks;
        _newestTicksOfKind[(int)tick.Kind] = tick.TimeTicks;
        var isAfterGap = _gapBefore;
        _gapBefore = false;
        var isDelayed = (tick.Traits & TickTraits.Delayed) != 0;
        // The broker's own price has no volume and no stamp of its own: it is there to leave by.
        var mayEnter = tick.Basis != PriceBasis.Broker && (!isDelayed || _rules.AcceptDelayed);
        return new PriceVerdict(isDelayed ? PriceCode.Delayed : PriceCode.Good, confirms, forgot, mayEnter, MayExit: !isDelayed && isNewest, isAfterGap);
    }
}
