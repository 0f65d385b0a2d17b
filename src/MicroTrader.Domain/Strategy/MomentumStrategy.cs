using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Strategy;

/// <summary>
/// Enters on a burst of momentum with volume behind it. One instance a symbol; it holds a window of ticks and nothing else:
/// no clock, no I/O, no allocation after construction. The same ticks give the same decisions.
/// </summary>
public sealed class MomentumStrategy
{
    private readonly MomentumParameters _parameters;
    private readonly decimal[] _prices;
    private readonly decimal[] _volumes;
    private int _count;
    private int _next;
    private int _risingMoves;
    private decimal _volumeSum;
    private int _unknownVolumes;
    private TickKind _kind;
    private DateTimeOffset _lastTime;
    private EntryDecision _last;

    /// <summary>Makes a strategy with an empty window.</summary>
    /// <exception cref="ArgumentException">The parameters are impossible.</exception>
    public MomentumStrategy(MomentumParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(parameters));
        _parameters = parameters;
        _prices = new decimal[parameters.WindowTicks];
        // A volume below zero stands for "not known"; it is kept out of the sum.
        _volumes = new decimal[parameters.WindowTicks];
        _last = new EntryDecision(EntryCode.WarmingUp, default);
    }

    /// <summary>The decision on the newest tick.</summary>
    public EntryDecision Last => _last;

    /// <summary>The parameters in force.</summary>
    public MomentumParameters Parameters => _parameters;

    /// <summary>Takes one tick in and decides whether to enter on it.</summary>
    public EntryDecision OnTick(in Tick tick)
    {
        if (tick.Price <= 0 || tick.Volume is < 0)
            return _last with { Code = EntryCode.NotUsable };
        if (_count > 0 && tick.Time < _lastTime)
            return _last with { Code = EntryCode.OutOfOrder };
        // Trades, aggregates and snapshots count volume differently: a window holds one kind only.
        if (_count > 0 && tick.Kind != _kind)
            Clear();

        var volumeBefore = _volumeSum;
        var ticksBefore = _count;
        var unknownBefore = _unknownVolumes;
        if (_count == _prices.Length)
        {
            // The oldest leaves; what remains is "the window before" the tick.
            var oldest = _volumes[_next];
            ticksBefore--;
            if (oldest < 0)
                unknownBefore--;
            else
                volumeBefore -= oldest;
        }

        _risingMoves = _count > 0 && tick.Price > _prices[Index(_count - 1)] ? _risingMoves + 1 : 0;
        Add(tick, volumeBefore, unknownBefore);
        return _last = Decide(tick, volumeBefore, ticksBefore, unknownBefore);
    }

    /// <summary>Forgets the window: the next ticks warm up anew.</summary>
    public void Clear()
    {
        _count = 0;
        _next = 0;
        _risingMoves = 0;
        _volumeSum = 0;
        _unknownVolumes = 0;
        _last = new EntryDecision(EntryCode.WarmingUp, default);
    }

    private void Add(in Tick tick, decimal volumeBefore, int unknownBefore)
    {
        _prices[_next] = tick.Price;
        _volumes[_next] = tick.Volume ?? -1m;
        _volumeSum = volumeBefore + (tick.Volume ?? 0m);
        _unknownVolumes = unknownBefore + (tick.Volume is null ? 1 : 0);
        _next = _next + 1 == _prices.Length ? 0 : _next + 1;
        if (_count < _prices.Length)
            _count++;
        _kind = tick.Kind;
        _lastTime = tick.Time;
    }

    private EntryDecision Decide(in Tick tick, decimal volumeBefore, int ticksBefore, int unknownBefore)
    {
        var first = _prices[Index(0)];
        var change = tick.Price - first;
        decimal? ratio = tick.Volume is { } volume && unknownBefore == 0 && volumeBefore > 0
            ? volume * ticksBefore / volumeBefore
            : null;
        var indicators = new MomentumIndicators(_count, Math.Min(_risingMoves, _count - 1), change * 100m / first, ratio);
        return new EntryDecision(Code(tick, first, change, volumeBefore, ticksBefore, unknownBefore), indicators);
    }

    private EntryCode Code(in Tick tick, decimal first, decimal change, decimal volumeBefore, int ticksBefore, int unknownBefore)
    {
        if (_count < _prices.Length)
            return EntryCode.WarmingUp;
        if (_risingMoves < _parameters.RisingMoves)
            return EntryCode.NotRising;
        // Multiplied out instead of divided, so that a threshold itself is hit exactly.
        if (change * 100m < _parameters.MinChangePercent * first)
            return EntryCode.ChangeTooSmall;
        if (_parameters.MinVolumeRatio == 0)
            return EntryCode.Enter;
        if (tick.Volume is not { } volume || unknownBefore > 0 || volumeBefore <= 0)
            return EntryCode.NoVolume;
        return volume * ticksBefore < _parameters.MinVolumeRatio * volumeBefore ? EntryCode.VolumeTooLow : EntryCode.Enter;
    }

    // The i-th oldest tick's place in the ring.
    private int Index(int i)
    {
        var start = _count == _prices.Length ? _next : 0;
        var index = start + i;
        return index >= _prices.Length ? index - _prices.Length : index;
    }
}
