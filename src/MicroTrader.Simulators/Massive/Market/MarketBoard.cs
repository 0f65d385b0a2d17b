using MicroTrader.Simulators.Massive.Wire;

namespace MicroTrader.Simulators.Massive.Market;

/// <summary>All symbols, their day, and whether the market is open. Not safe for several threads.</summary>
internal sealed class MarketBoard
{
    private readonly FakeMassiveOptions _options;
    private readonly SortedDictionary<string, SymbolState> _symbols = new(StringComparer.Ordinal);
    private DateOnly _day;

    public MarketBoard(FakeMassiveOptions options)
    {
        _options = options;
        _day = NewYork.DataDay(Now);
    }

    /// <summary>A state that takes the place of the hours; null for the hours.</summary>
    public FakeMarketState? SetState { get; set; }

    /// <summary>The market at this moment.</summary>
    public FakeMarketState State => SetState ?? (_options.Hours == FakeMarketHours.NewYork
        ? NewYork.StateAt(_options.TimeProvider.GetUtcNow(), _options.Holidays)
        : FakeMarketState.Open);

    /// <summary>The time of the data: behind the clock on a delayed plan.</summary>
    public DateTimeOffset Now => _options.TimeProvider.GetUtcNow() - _options.Delay;

    public void SetPreviousDay(string symbol, FakeDayBar bar) => Of(symbol).SetPreviousDay(bar);

    public IEnumerable<MarketEvent> Apply(FakeTrade trade)
    {
        Roll();
        var time = (trade.Time - _options.Delay) ?? Now;
        return Of(trade.Symbol).Apply(trade, time, NewYork.DataDay(time) == _day, HasOpened(time));
    }

    public MarketEvent Apply(FakeQuote quote)
    {
        Roll();
        return Of(quote.Symbol).Apply(quote, (quote.Time - _options.Delay) ?? Now);
    }

    /// <summary>Ends what is over by now, and begins a new day at its time.</summary>
    public IReadOnlyList<MarketEvent> Pass()
    {
        // First what the day still owes, then the next.
        var now = Now;
        List<MarketEvent> ended = [.. _symbols.Values.SelectMany(s => s.CloseUntil(now))];
        Roll();
        return ended;
    }

    public void BeginDay()
    {
        foreach (var symbol in _symbols.Values)
        {
            symbol.BeginDay();
        }
    }

    /// <summary>Tickers that have traded today, all or those that are named; each once, in alphabetical order.</summary>
    public IReadOnlyList<WireTicker> Snapshot(IReadOnlyCollection<string> wanted)
    {
        Roll();
        return
        [
            .. _symbols
                .Where(s => wanted.Count == 0 || wanted.Contains(s.Key))
                .Select(s => s.Value.Snapshot(_options.HasTrades, _options.HasQuotes))
                .OfType<WireTicker>(),
        ];
    }

    private bool HasOpened(DateTimeOffset time) => _options.Hours == FakeMarketHours.AroundTheClock
        || (NewYork.CloseOf(_day, _options.Holidays) is not null && time >= NewYork.OpenOf(_day));

    private void Roll()
    {
        var day = NewYork.DataDay(Now);
        if (day != _day)
        {
            _day = day;
            BeginDay();
        }
    }

    private SymbolState Of(string symbol)
    {
        if (!_symbols.TryGetValue(symbol, out var state))
        {
            _symbols[symbol] = state = new SymbolState(symbol);
        }

        return state;
    }
}
