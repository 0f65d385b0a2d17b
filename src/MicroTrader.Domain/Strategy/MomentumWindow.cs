using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Strategy;

/// <summary>
/// The newest ticks of one kind, in a ring, with what is asked of them kept as they come and go: nothing is counted anew and nothing divided on a tick.
/// </summary>
internal sealed class MomentumWindow(MomentumParameters parameters)
{
    private readonly decimal[] _prices = new decimal[parameters.WindowTicks];

    // A volume below zero stands for "not known"; it is kept out of the sum.
    private readonly decimal[] _volumes = new decimal[parameters.WindowTicks];
    private readonly int _risingAsked = parameters.RisingMoves;
    private readonly decimal _changeAsked = parameters.MinChangePercent;
    private readonly decimal _ratioAsked = parameters.MinVolumeRatio;
    private int _count;
    private int _next;
    private int _newest = -1;
    private int _risingMoves;
    private decimal _volumeSum;
    private int _unknownVolumes;

    /// <summary>The newest tick's time, UTC ticks; the least there is while the window is empty.</summary>
    public long NewestTicks { get; private set; } = long.MinValue;

    /// <summary>What the newest decision was made on.</summary>
    public MomentumIndicators Indicators
    {
        get
        {
            if (_count == 0)
                return default;
            var first = _prices[Oldest];
            var change = _prices[_newest] - first;
            var volume = _volumes[_newest];
            var isKnown = volume >= 0;
            var before = isKnown ? _volumeSum - volume : _volumeSum;
            decimal? ratio = isKnown && _unknownVolumes == 0 && before > 0 ? volume * (_count - 1) / before : null;
            return new MomentumIndicators(_count, Math.Min(_risingMoves, _count - 1), change * 100m / first, ratio);
        }
    }

    private int Oldest => _count == _prices.Length ? _next : 0;

    /// <summary>Takes a tick in that is usable and in order, and decides.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="utcTicks">Its time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EntryCode Take(in Tick tick, long utcTicks)
    {
        var ring = _volumes;
        var at = _next;
        if (_count == ring.Length)
        {
            // The oldest leaves; what remains is "the window before" the tick.
            var oldest = ring[at];
            if (decimal.IsNegative(oldest))
                _unknownVolumes--;
            else
                _volumeSum -= oldest;
        }
        else
        {
            _count++;
        }

        var isKnown = tick.HasVolume;
        var volume = tick.KnownVolume;
        var volumeBefore = _volumeSum;
        var unknownBefore = _unknownVolumes;
        if (isKnown)
            _volumeSum = volumeBefore + volume;
        else
            _unknownVolumes++;
        _risingMoves = _newest >= 0 && tick.Price > _prices[_newest] ? _risingMoves + 1 : 0;
        ring[at] = isKnown ? volume : -1m;
        _prices[at] = tick.Price;
        _newest = at;
        _next = at + 1 == ring.Length ? 0 : at + 1;
        NewestTicks = utcTicks;

        if (_count < ring.Length)
            return EntryCode.WarmingUp;
        if (_risingMoves < _risingAsked)
            return EntryCode.NotRising;
        // Multiplied out instead of divided, so that a threshold itself is hit exactly.
        var first = _prices[_next];
        if ((tick.Price - first) * 100m < _changeAsked * first)
            return EntryCode.ChangeTooSmall;
        if (_ratioAsked == 0)
            return EntryCode.Enter;
        if (!isKnown || unknownBefore > 0 || volumeBefore <= 0)
            return EntryCode.NoVolume;
        return volume * (_count - 1) < _ratioAsked * volumeBefore ? EntryCode.VolumeTooLow : EntryCode.Enter;
    }

    /// <summary>Forgets its ticks.</summary>
    public void Clear()
    {
        _count = 0;
        _next = 0;
        _newest = -1;
        _risingMoves = 0;
        _volumeSum = 0;
        _unknownVolumes = 0;
        NewestTicks = long.MinValue;
    }
}
