using MicroTrader.Simulators.Massive.Wire;

namespace MicroTrader.Simulators.Massive.Market;

/// <summary>What is known of one symbol: its day, the day before, the running second and minute, the last trade and quote. Not safe for several threads.</summary>
internal sealed class SymbolState
{
    private const long SecondMs = 1000;
    private const long MinuteMs = 60_000;

    private readonly string _symbol;
    private Window? _second;
    private Window? _minute;
    private Window? _day;
    private decimal _dayTurnover;
    private long _dayVolume;
    private bool _isOpen;
    private FakeDayBar? _previousDay;
    private (FakeTrade Trade, DateTimeOffset Time, string Id)? _lastTrade;
    private (FakeQuote Quote, DateTimeOffset Time)? _lastQuote;
    private DateTimeOffset _updated;
    private long _tradeNumber;
    private long _quoteNumber;

    public SymbolState(string symbol) => _symbol = symbol;

    public void SetPreviousDay(FakeDayBar bar) => _previousDay = bar;

    /// <summary>Takes a trade and gives what is streamed of it: seconds and minutes that it ends, then itself.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="time">When it happened by the stream's stamps.</param>
    /// <param name="isOfToday">False for a trade of another day: it is streamed and changes nothing.</param>
    /// <param name="isOpen">Whether the regular session has begun: the day's bar is made from then on.</param>
    public IEnumerable<MarketEvent> Apply(FakeTrade trade, DateTimeOffset time, bool isOfToday, bool isOpen)
    {
        var events = new List<MarketEvent>();
        var number = ++_tradeNumber;
        var id = trade.Id ?? FormattableString.Invariant($"{number}");
        if (isOfToday)
        {
            // The day's volume is that of the whole day, early hours included; its prices are those since the open.
            _dayVolume += trade.Size;
            _dayTurnover += trade.Price * trade.Size;
            if (isOpen)
            {
                _isOpen = true;
                (_day ??= new Window(0, trade.Price)).Add(trade.Price, trade.Size);
            }

            Put(ref _second, "A", SecondMs, trade, time, events);
            Put(ref _minute, "AM", MinuteMs, trade, time, events);
            if (_lastTrade is not { } last || time >= last.Time)
            {
                _lastTrade = (trade, time, id);
            }

            _updated = time > _updated ? time : _updated;
        }

        events.Add(new WireTrade
        {
            Symbol = _symbol,
            X = trade.Exchange,
            I = id,
            P = trade.Price,
            S = trade.Size,
            C = trade.Conditions.Count > 0 ? trade.Conditions : null,
            T = Stamps.Milliseconds(time),
            Q = number,
        });
        return events;
    }

    /// <summary>Takes a quote and gives what is streamed of it.</summary>
    public WireQuote Apply(FakeQuote quote, DateTimeOffset time)
    {
        if (_lastQuote is not { } last || time >= last.Time)
        {
            _lastQuote = (quote, time);
            _updated = time > _updated ? time : _updated;
        }

        return new WireQuote
        {
            Symbol = _symbol,
            BidPrice = quote.BidPrice,
            BidSize = quote.BidLots,
            AskPrice = quote.AskPrice,
            AskSize = quote.AskLots,
            T = Stamps.Milliseconds(time),
            Q = ++_quoteNumber,
        };
    }

    /// <summary>Ends the second and the minute whose time is over.</summary>
    public IEnumerable<MarketEvent> CloseUntil(DateTimeOffset now)
    {
        var nowMs = Stamps.Milliseconds(now);
        if (_second is { IsClosed: false } second && second.StartMs + SecondMs <= nowMs)
        {
            yield return Close(second, "A", SecondMs);
        }

        if (_minute is { IsClosed: false } minute && minute.StartMs + MinuteMs <= nowMs)
        {
            yield return Close(minute, "AM", MinuteMs);
        }
    }

    /// <summary>Begins a new day: the day becomes the one before, and nothing has traded yet. A running second or minute is lost with the day.</summary>
    public void BeginDay()
    {
        if (_day is { } day)
        {
            _previousDay = new FakeDayBar(day.Open, day.High, day.Low, day.Close, _dayVolume, AverageOfDay(day));
        }

        _day = null;
        _second = _minute = null;
        _dayTurnover = _dayVolume = 0;
        _isOpen = false;
        _lastTrade = null;
        _lastQuote = null;
    }

    /// <summary>The symbol as a snapshot has it; null where it has not traded today.</summary>
    public WireTicker? Snapshot(bool withTrades, bool withQuotes)
    {
        if (_lastTrade is not { } last)
        {
            return null;
        }

        var previous = _previousDay is { } bar
            ? new WireBar { O = bar.Open, H = bar.High, L = bar.Low, C = bar.Close, V = bar.Volume, Vw = bar.AveragePrice }
            : WireBar.Zeros;
        var change = previous.C is > 0 ? last.Trade.Price - previous.C.Value : 0;
        return new WireTicker
        {
            Ticker = _symbol,
            TodaysChange = change,
            TodaysChangePercent = previous.C is > 0 ? Math.Round(change / previous.C.Value * 100, 4) : 0,
            Updated = Stamps.Nanoseconds(_updated),
            Day = _isOpen && _day is { } day
                ? new WireBar { O = day.Open, H = day.High, L = day.Low, C = day.Close, V = _dayVolume, Vw = AverageOfDay(day) }
                : WireBar.Zeros,
            LastQuote = withQuotes ? LastQuote() : null,
            LastTrade = withTrades
                ? new WireLastTrade
                {
                    C = last.Trade.Conditions,
                    I = last.Id,
                    P = last.Trade.Price,
                    S = last.Trade.Size,
                    T = Stamps.Nanoseconds(last.Time),
                    X = last.Trade.Exchange,
                }
                : null,
            Min = Minute(),
            PrevDay = previous,
        };
    }

    private decimal AverageOfDay(Window day) => _dayVolume == 0 ? day.Close : Math.Round(_dayTurnover / _dayVolume, 4);

    private WireLastQuote? LastQuote() => _lastQuote is { } last
        ? new WireLastQuote
        {
            BidPrice = last.Quote.BidPrice,
            BidSize = last.Quote.BidLots,
            AskPrice = last.Quote.AskPrice,
            AskSize = last.Quote.AskLots,
            T = Stamps.Nanoseconds(last.Time),
        }
        : null;

    private WireMinute Minute() => _minute is { } minute
        ? new WireMinute
        {
            Av = _dayVolume,
            T = minute.StartMs,
            N = minute.Trades,
            O = minute.Open,
            H = minute.High,
            L = minute.Low,
            C = minute.Close,
            V = minute.Volume,
            Vw = minute.AveragePrice,
        }
        : new WireMinute { Av = 0, T = 0, N = 0, O = 0, H = 0, L = 0, C = 0, V = 0, Vw = 0 };

    private void Put(ref Window? window, string channel, long lengthMs, FakeTrade trade, DateTimeOffset time, List<MarketEvent> events)
    {
        var timeMs = Stamps.Milliseconds(time);
        var startMs = timeMs - (timeMs % lengthMs);
        if (window is { } running)
        {
            // Too late for its own second or minute, which is out already: it counts in the day alone.
            if (startMs < running.StartMs || (startMs == running.StartMs && running.IsClosed))
            {
                return;
            }

            if (startMs > running.StartMs)
            {
                if (!running.IsClosed)
                {
                    events.Add(Close(running, channel, lengthMs));
                }

                window = null;
            }
        }

        window ??= new Window(startMs, trade.Price);
        window.Add(trade.Price, trade.Size);
    }

    private WireAggregate Close(Window window, string channel, long lengthMs)
    {
        window.IsClosed = true;
        return new WireAggregate
        {
            Ev = channel,
            Symbol = _symbol,
            V = window.Volume,
            Av = _dayVolume,
            Op = _day?.Open,
            Vw = window.AveragePrice,
            O = window.Open,
            C = window.Close,
            H = window.High,
            L = window.Low,
            A = _dayVolume == 0 ? window.Close : Math.Round(_dayTurnover / _dayVolume, 4),
            Z = window.Volume / window.Trades,
            S = window.StartMs,
            E = window.StartMs + lengthMs,
        };
    }
}
