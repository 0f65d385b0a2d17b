using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Backtest.Model;

/// <summary>
/// The robot without actors, on the recording's time: what is deterministic of a replay, and nothing else. A tick is dealt with wholly before the next, and
/// alarms that are due come before the tick of the same moment.
/// </summary>
internal sealed class Robot
{
    private readonly Dictionary<Symbol, PositionBook> _bySymbol = [];
    private readonly ModelReconciliation _reconciliation;
    private PositionBook? _newest;

    /// <summary>Starts it.</summary>
    /// <param name="settings">What it is set to.</param>
    /// <param name="start">Its first moment.</param>
    public Robot(BacktestSettings settings, DateTimeOffset start)
    {
        Settings = settings;
        Clock = new EventClock(start);
        Venue = new ModelVenue(settings.Venue, Clock);
        Risk = new RiskBook(settings, Clock);
        Gateway = new ModelGateway(Pump, Clock, Venue, settings.TimeScale, () => _bySymbol.Values.Select(b => b.Instrument));
        StartedAt = start;
        if (settings.BrokerPrices)
            BrokerPrices = new ModelBrokerPrices(Gateway, settings.TimeScale);
        _reconciliation = new ModelReconciliation(settings, Gateway, Risk, () => _bySymbol.Values.Select(b => b.State));
        Pump.RunToRest();
    }

    public BacktestSettings Settings { get; }

    public EventClock Clock { get; }

    public MessagePump Pump { get; } = new();

    public ModelVenue Venue { get; }

    public ModelGateway Gateway { get; }

    public RiskBook Risk { get; }

    /// <summary>The venue's own prices of what is held; null where they are not asked for.</summary>
    public ModelBrokerPrices? BrokerPrices { get; }

    /// <summary>Its first moment.</summary>
    public DateTimeOffset StartedAt { get; }

    public IReadOnlyCollection<PositionBook> Books => _bySymbol.Values;

    /// <summary>Entries that could not be sized, in words, with how often.</summary>
    public Dictionary<string, long> Unsized { get; } = [];

    /// <summary>Is told of each trade that is over.</summary>
    public Action<PositionBook>? OnTradeEnded { get; set; }

    /// <summary>Takes a tick in, the alarms before it first.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="knownAt">When it was known: the clock follows that, not its stamp.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnTick(in Tick tick, DateTimeOffset knownAt)
    {
        var time = knownAt.UtcTicks;
        if (time >= Clock.NextDueTicks)
            RingUntil(time);
        Clock.MoveTo(time);
        var book = _newest is { } newest && newest.Symbol == tick.Symbol ? newest : Find(tick.Symbol);
        if (tick.Price > 0)
        {
            book.Instrument.Price = tick.Price;
            book.Prices.Add(time, tick.Price);
        }

        if (book.Instrument.IsWatched)
            Venue.PriceSeen();
        if (book.OnTick(tick, knownAt))
            Pump.RunToRest();
    }

    /// <summary>Lets every alarm ring that is due until a time.</summary>
    public void RingUntil(long utcTicks)
    {
        while (Clock.RingNext(utcTicks))
            Pump.RunToRest();
    }

    public void TradeEnded(PositionBook book)
    {
        _reconciliation.TradeEnded();
        OnTradeEnded?.Invoke(book);
    }

    public void NotSized(Symbol symbol, string problem) => Unsized[$"{symbol}: {problem}"] = Unsized.GetValueOrDefault($"{symbol}: {problem}") + 1;

    private PositionBook Find(Symbol symbol)
    {
        if (_bySymbol.TryGetValue(symbol, out var book))
            return _newest = book;
        var traded = Settings.Symbols(symbol);
        if (_bySymbol.Values.FirstOrDefault(b => b.Instrument.Ticker == traded.Ticker) is { } other)
            throw new RecordingException($"{other.Symbol} and {symbol} are one instrument, {traded.Ticker}, and would share its orders; leave one out with --symbols");
        return _newest = _bySymbol[symbol] = new PositionBook(this, symbol, traded);
    }
}
