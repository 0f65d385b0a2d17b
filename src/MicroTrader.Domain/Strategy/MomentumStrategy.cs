using System.Globalization;
using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Strategy;

/// <summary>
/// Enters on a burst of momentum with volume behind it. Each kind of tick has a window of its own, for trades, aggregates and snapshots count volume
/// differently. A tick before which others may be missing, and the first of a new day in New York, begin clean windows.
/// </summary>
public sealed class MomentumStrategy : IStrategy
{
    private const int Kinds = (int)TickKind.Snapshot + 1;

    private readonly MomentumParameters _parameters;
    private readonly MomentumWindow?[] _windows = new MomentumWindow?[Kinds];
    private MomentumWindow? _newest;
    private EntryCode _last = EntryCode.WarmingUp;

    // The day's bounds are kept, so that a tick costs two comparisons and no look at a calendar.
    private long _dayStart = long.MinValue;
    private long _dayEnd = long.MinValue;

    /// <summary>Makes a strategy with empty windows.</summary>
    /// <exception cref="ArgumentException">The parameters are impossible.</exception>
    public MomentumStrategy(MomentumParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(parameters));
        _parameters = parameters;
    }

    /// <summary>The parameters in force.</summary>
    public MomentumParameters Parameters => _parameters;

    /// <inheritdoc/>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"momentum: {_parameters.RisingMoves} moves up, +{_parameters.MinChangePercent} % over {_parameters.WindowTicks} ticks, volume {_parameters.MinVolumeRatio} x");

    /// <inheritdoc/>
    public EntryDecision Last => new(_last, _newest?.Indicators ?? default);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public EntryCode OnTick(in Tick tick)
    {
        // Also where the tick itself is of no use: what is missing before it stays missing.
        if ((tick.Traits & TickTraits.AfterGap) != 0)
            Clear();
        // By its sign, as the window tells a volume that it does not know: a zero below zero is none.
        if (tick.Price <= 0 || decimal.IsNegative(tick.KnownVolume) || (uint)tick.Kind >= Kinds)
            return EntryCode.NotUsable;
        var time = tick.TimeTicks;
        if (time < _dayStart)
            return EntryCode.OutOfOrder;
        if (time >= _dayEnd)
            BeginDay(tick.Time);
        var window = _windows[(int)tick.Kind] ??= new MomentumWindow(_parameters);
        if (time < window.NewestTicks)
            return EntryCode.OutOfOrder;
        _newest = window;
        return _last = window.Take(tick, time);
    }

    /// <inheritdoc/>
    public void Clear()
    {
        ClearWindows();
        _dayStart = long.MinValue;
        _dayEnd = long.MinValue;
    }

    /// <inheritdoc/>
    public string Explain(in EntryDecision decision)
    {
        var seen = decision.Indicators;
        var p = _parameters;
        return decision.Code switch
        {
            EntryCode.Enter => "entry signal",
            EntryCode.WarmingUp => string.Create(CultureInfo.InvariantCulture, $"warming up {seen.WindowFilled}/{p.WindowTicks}"),
            EntryCode.NotRising => string.Create(CultureInfo.InvariantCulture, $"{seen.RisingMoves} moves up in a row, {p.RisingMoves} are asked for"),
            EntryCode.ChangeTooSmall => string.Create(CultureInfo.InvariantCulture, $"change {seen.ChangePercent:0.000} % over the window, {p.MinChangePercent} % is asked for"),
            EntryCode.NoVolume => "the volume is not known",
            EntryCode.VolumeTooLow => string.Create(CultureInfo.InvariantCulture, $"volume {seen.VolumeRatio:0.00} x the window's mean, {p.MinVolumeRatio} x is asked for"),
            EntryCode.OutOfOrder => "the tick is older than the one before it",
            EntryCode.NotUsable => "the price or the volume makes no sense",
            _ => decision.Code.ToString(),
        };
    }

    // What moved over night is no burst.
    private void BeginDay(DateTimeOffset time)
    {
        if (_dayEnd != long.MinValue)
            ClearWindows();
        _dayEnd = RiskDay.NextAfter(time).UtcTicks;
        _dayStart = RiskDay.StartOf(time).UtcTicks;
    }

    private void ClearWindows()
    {
        foreach (var window in _windows)
            window?.Clear();
        _newest = null;
        _last = EntryCode.WarmingUp;
    }
}
