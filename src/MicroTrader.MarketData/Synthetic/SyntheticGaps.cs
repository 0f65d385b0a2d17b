using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>When a symbol's price leaps, and how far: a sequence of its own, so that it changes nothing of the walk's. Without a clock.</summary>
internal sealed class SyntheticGaps
{
    private const int PartsPerMillionPerPercent = 10_000;

    private readonly long _everySteps;
    private readonly long _mostPartsPerMillion;
    private StableRandom _random;
    private long _stepsToNext;

    public SyntheticGaps(Symbol symbol, long seed, TimeSpan every, decimal percent, TimeSpan interval)
    {
        _everySteps = Math.Max(1, every.Ticks / interval.Ticks);
        _mostPartsPerMillion = (long)(percent * PartsPerMillionPerPercent);
        _random = new StableRandom(seed, symbol.Value + " gaps");
        _stepsToNext = NextWait();
    }

    /// <summary>A step has passed; says how far the price leaps at the next, in parts per million, zero for not at all.</summary>
    /// <param name="isQuiet">Whether it may leap: a leap that is due in a burst waits for its end.</param>
    public long Next(bool isQuiet)
    {
        _stepsToNext--;
        if (_stepsToNext > 0 || !isQuiet)
            return 0;
        _stepsToNext = NextWait();
        var size = _random.Between(_mostPartsPerMillion / 2, _mostPartsPerMillion);
        return _random.Between(0, 1) == 0 ? size : -size;
    }

    // Half to one and a half times what is asked for: about as often, and not to be foreseen.
    private long NextWait() => _random.Between(Math.Max(1, _everySteps / 2), Math.Max(1, _everySteps * 3 / 2));
}
