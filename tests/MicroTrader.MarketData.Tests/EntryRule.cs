namespace MicroTrader.MarketData.Tests;

/// <summary>The default entry rule, written down a second time and plainly, so that a mistake in the strategy is not mirrored.</summary>
internal sealed class EntryRule
{
    private const int Window = 15;

    private readonly List<SyntheticStep> _window = [];

    public bool OnStep(SyntheticStep step)
    {
        _window.Add(step);
        if (_window.Count > Window)
            _window.RemoveAt(0);
        if (_window.Count < Window)
            return false;
        var rising = _window[^1].Price > _window[^2].Price && _window[^2].Price > _window[^3].Price && _window[^3].Price > _window[^4].Price;
        var change = (_window[^1].Price - _window[0].Price) / _window[0].Price;
        var before = _window.Take(Window - 1).Average(s => s.Volume);
        return rising && change >= 0.0008m && step.Volume >= 1.3m * before;
    }
}
