using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Tests.Strategy;

/// <summary>The rules of the momentum strategy as the design words them, counted from scratch on every tick.</summary>
internal sealed class NaiveMomentum(MomentumParameters parameters)
{
    private readonly List<Tick> _all = [];

    public EntryDecision Last { get; private set; } = new(EntryCode.WarmingUp, default);

    // The answer; what was left out leaves the last one as it was.
    public EntryDecision OnTick(Tick tick)
    {
        if (tick.Traits.HasFlag(TickTraits.AfterGap))
            Forget();
        if (tick.Price <= 0 || tick.Volume < 0)
            return Last with { Code = EntryCode.NotUsable };
        if (_all.Any(t => t.Kind == tick.Kind && t.Time > tick.Time) || _all.Any(t => Day(t) > Day(tick)))
            return Last with { Code = EntryCode.OutOfOrder };
        if (_all.Any(t => Day(t) < Day(tick)))
            Forget();
        _all.Add(tick);

        var window = _all.Where(t => t.Kind == tick.Kind).TakeLast(parameters.WindowTicks).ToList();
        var before = window.SkipLast(1).ToList();
        var moves = window.Zip(window.Skip(1), (a, b) => b.Price > a.Price).Reverse().TakeWhile(up => up).Count();
        var change = (window[^1].Price - window[0].Price) * 100m / window[0].Price;
        decimal? ratio = tick.Volume is not null && before.All(t => t.Volume is not null) && before.Sum(t => t.Volume) > 0
            ? tick.Volume * before.Count / before.Sum(t => t.Volume)
            : null;
        var code = window.Count < parameters.WindowTicks ? EntryCode.WarmingUp
            : moves < parameters.RisingMoves ? EntryCode.NotRising
            : change < parameters.MinChangePercent ? EntryCode.ChangeTooSmall
            : parameters.MinVolumeRatio == 0 ? EntryCode.Enter
            : ratio is null ? EntryCode.NoVolume
            : ratio < parameters.MinVolumeRatio ? EntryCode.VolumeTooLow
            : EntryCode.Enter;
        return Last = new EntryDecision(code, new MomentumIndicators(window.Count, moves, change, ratio));
    }

    private void Forget()
    {
        _all.Clear();
        Last = new EntryDecision(EntryCode.WarmingUp, default);
    }

    private static DateOnly Day(Tick tick) => NewYorkTime.DayOf(tick.Time);
}
