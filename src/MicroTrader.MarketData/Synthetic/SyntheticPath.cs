using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// The endless sequence of prices and volumes of one symbol, without a clock. Quiet stretches, in which the momentum strategy's default rule cannot fire, and
/// every 20 to 40 s a burst that it catches, followed by a rise, a fall or a sideways drift: of every three bursts one each, in an order of the seed's. The first
/// burst starts 5 to 13.5 s after the start, at a place of the symbol's own. Computed in whole numbers, so that seed and symbol alone decide it.
/// </summary>
public sealed class SyntheticPath
{
    // The rule's window of 15 ticks (design.md, "Strategy and risk defaults"): a burst must beat the highest price in it.
    private const int WindowTicks = 15;
    private const int BurstTicks = 4;
    private const int RestTicks = 16;
    private const long MicrosPerCent = 10_000;
    private const long Million = 1_000_000;

    private static readonly long[] BurstVolumePercent = [300, 500, 800, 1200];

    private readonly long _startMicros;
    private readonly long _baseVolume;
    private readonly long _intervalMs;
    private readonly long[] _recentCents = new long[WindowTicks];
    private readonly SyntheticRegime[] _endings = [SyntheticRegime.Rise, SyntheticRegime.Fall, SyntheticRegime.Sideways];
    private readonly SyntheticGaps? _gaps;
    private StableRandom _random;
    private SyntheticRegime _regime = SyntheticRegime.Quiet;
    private long _micros;
    private long _anchorMicros;
    private long _targetMicros;
    private long _moveTicks;
    private long _regimeTick;
    private long _regimeTicks;
    private long _ticksToBurst;
    private long _steps;
    private int _upMoves;
    private int _bursts;

    /// <summary>Starts the sequence of one symbol.</summary>
    /// <param name="symbol">The symbol; with the seed it decides the sequence.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="startPrice">Start price in dollars (5 to 100,000, whole cents); null for <see cref="SyntheticPrices.StartFor"/>.</param>
    /// <param name="interval">How far apart the steps are meant to be (10 ms to 2 s; null for 250 ms): scales how many steps a burst's ending takes.</param>
    /// <exception cref="ArgumentException">The symbol is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The price or the interval is not allowed.</exception>
    public SyntheticPath(Symbol symbol, long seed, decimal? startPrice = null, TimeSpan? interval = null)
        : this(symbol, seed, startPrice, interval, null)
    {
    }

    internal SyntheticPath(Symbol symbol, long seed, decimal? startPrice, TimeSpan? interval, SyntheticGaps? gaps)
    {
        if (symbol.Value.Length == 0)
            throw new ArgumentException("the symbol is empty; a name such as AXSM is allowed", nameof(symbol));
        var price = startPrice ?? SyntheticPrices.StartFor(symbol);
        if (PriceProblem(price) is { } problem)
            throw new ArgumentOutOfRangeException(nameof(startPrice), problem);
        var every = interval ?? TimeSpan.FromMilliseconds(250);
        if (every < SyntheticFeedOptions.LeastInterval || every > SyntheticFeedOptions.MostInterval)
            throw new ArgumentOutOfRangeException(nameof(interval), $"{every:c} is not allowed; {SyntheticFeedOptions.LeastInterval:c} to {SyntheticFeedOptions.MostInterval:c}");

        _intervalMs = (long)every.TotalMilliseconds;
        _startMicros = _micros = (long)(price * Million);
        _gaps = gaps;
        _random = new StableRandom(seed, symbol.Value);
        Array.Fill(_recentCents, _micros / MicrosPerCent);
        var place = StableRandom.Hash(symbol.Value);
        _baseVolume = 100 + (long)(place % 401);
        // Staggered by the symbol's name: not all at once, and never before the window is full of quiet.
        _ticksToBurst = Math.Max(WindowTicks + 3, Ticks(5_000) + (long)((place >> 32) % (ulong)(Ticks(8_500) + 1)));
    }

    /// <summary>Takes the next step.</summary>
    public SyntheticStep Next()
    {
        ChooseRegime();
        var wanted = Wanted();
        if (_gaps?.Next(_regime == SyntheticRegime.Quiet) is { } leap and not 0)
            wanted = Math.Clamp(wanted + Part(wanted, leap), _startMicros / 2, _startMicros * 2);
        var cents = Cents(wanted);
        var last = Recent(0);
        // Outside a burst three moves up in a row never happen: this, not luck, keeps quiet stretches free of signals.
        if (_regime != SyntheticRegime.Burst && _upMoves >= 2 && cents > last)
        {
            cents = last;
            wanted = last * MicrosPerCent;
        }

        _upMoves = cents > last ? _upMoves + 1 : 0;
        _micros = wanted;
        _steps++;
        _recentCents[_steps % WindowTicks] = cents;
        var step = new SyntheticStep(new decimal((int)cents, (int)(cents >> 32), 0, false, 2), Volume(), _regime);
        _regimeTick++;
        _ticksToBurst--;
        return step;
    }

    internal static string? PriceProblem(decimal price) =>
        price is < SyntheticPrices.Least or > SyntheticPrices.Most || decimal.Round(price, 2) != price
            ? $"a start price of {price} is not allowed; {SyntheticPrices.Least} to {SyntheticPrices.Most} in whole cents"
            : null;

    private static long Cents(long micros) => (micros + (MicrosPerCent / 2)) / MicrosPerCent;

    private static long Part(long amount, long partsPerMillion) => amount * partsPerMillion / Million;

    // The price so many steps back, in cents.
    private long Recent(long back) => _recentCents[(_steps + WindowTicks - back) % WindowTicks];

    private long Ticks(long milliseconds) => Math.Max(1, (milliseconds + (_intervalMs / 2)) / _intervalMs);

    private void ChooseRegime()
    {
        if (_regime != SyntheticRegime.Quiet && _regimeTick >= _regimeTicks)
            Enter(_regime == SyntheticRegime.Burst ? NextEnding() : SyntheticRegime.Quiet);
        if (_regime == SyntheticRegime.Quiet && _ticksToBurst <= 0)
            Enter(SyntheticRegime.Burst);
    }

    private void Enter(SyntheticRegime regime)
    {
        _regime = regime;
        _regimeTick = 0;
        _anchorMicros = _micros;
        switch (regime)
        {
            case SyntheticRegime.Burst:
                // 0.25 to 0.35 % above the window's highest price: the change over the window passes 0.08 % whatever came before.
                _regimeTicks = BurstTicks;
                var highest = _recentCents.Max() * MicrosPerCent;
                _targetMicros = highest + Math.Max(Part(highest, _random.Between(2_500, 3_500)), BurstTicks * MicrosPerCent);
                _ticksToBurst = Math.Max(Ticks(_random.Between(20_000, 40_000)), BurstTicks + Ticks(15_000) + RestTicks);
                break;
            case SyntheticRegime.Rise:
                Move(_random.Between(17_000, 19_000));
                break;
            case SyntheticRegime.Fall:
                Move(-_random.Between(11_000, 13_000));
                break;
            case SyntheticRegime.Sideways:
                _regimeTicks = Ticks(_random.Between(13_000, 15_000));
                break;
        }
    }

    // 4 to 6 s of moving, then a second and a half of rest where it leads.
    private void Move(long partsPerMillion)
    {
        _moveTicks = Ticks(_random.Between(4_000, 6_000));
        _regimeTicks = _moveTicks + Ticks(1_500);
        _targetMicros = _anchorMicros + Part(_anchorMicros, partsPerMillion);
    }

    // Of every three bursts each ending comes once; a shuffled bag, so that their order says nothing.
    private SyntheticRegime NextEnding()
    {
        var place = _bursts++ % _endings.Length;
        var other = (int)_random.Between(place, _endings.Length - 1);
        (_endings[place], _endings[other]) = (_endings[other], _endings[place]);
        return _endings[place];
    }

    private long Wanted()
    {
        switch (_regime)
        {
            case SyntheticRegime.Burst:
                // Always at least a cent up, first onto the window's highest price, then through it.
                var done = _anchorMicros + ((_targetMicros - _anchorMicros) * (_regimeTick + 1) / BurstTicks);
                return Math.Max(done, (Recent(0) + 1) * MicrosPerCent);
            case SyntheticRegime.Rise or SyntheticRegime.Fall:
                var share = Math.Min(_regimeTick + 1, _moveTicks);
                return _anchorMicros + ((_targetMicros - _anchorMicros) * share / _moveTicks) + Noise(_anchorMicros, 100);
            case SyntheticRegime.Sideways:
                // Within 0.12 % of where the burst led, or a cent where that is less than one.
                var reach = Math.Max(Part(_anchorMicros, 1_200), MicrosPerCent);
                return Math.Clamp(_micros + Noise(_anchorMicros, 150), _anchorMicros - reach, _anchorMicros + reach);
            default:
                // A geometric random walk that forgets where it was within about two minutes. Bursts lift the price by more than
                // falls take back, so it is drawn to 4 % below the start price, which keeps it around that. The bounds are far
                // out and never met in practice, but keep the price positive whatever the seed.
                var pull = (_startMicros - Part(_startMicros, 40_000) - _micros) / Ticks(120_000);
                return Math.Clamp(_micros + pull + Noise(_micros, 150), _startMicros / 2, _startMicros * 2);
        }
    }

    // About normal with the given deviation in parts per million of the price: twelve uniform numbers of +-500 add up to a deviation of 1000.
    private long Noise(long micros, long deviationPpm)
    {
        var sum = 0L;
        for (var i = 0; i < 12; i++)
            sum += _random.Between(-500, 500);
        return Part(micros, deviationPpm * sum / 1000);
    }

    private long Volume()
    {
        var percent = _regime == SyntheticRegime.Burst
            ? BurstVolumePercent[_regimeTick] + _random.Between(-20, 20)
            : _random.Between(70, 130);
        return Math.Max(1, _baseVolume * percent / 100);
    }
}
