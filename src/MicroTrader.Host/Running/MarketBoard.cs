using System.Collections.Concurrent;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Running;

/// <summary>Keeps the newest prices of every symbol for who looks. The feed's thread writes, and waits at most for a page that copies some candles.</summary>
internal sealed class MarketBoard : IMarketBoard
{
    // Ten minutes of a symbol that ticks every second, hours of one that is polled: about 50 KB a symbol once full.
    private const int SecondsKept = 600;

    private readonly ConcurrentDictionary<string, Entry> _symbols = new(StringComparer.Ordinal);
    private long _ticks;

    /// <inheritdoc/>
    public long Ticks => Interlocked.Read(ref _ticks);

    /// <summary>Takes a tick in.</summary>
    public void Take(Tick tick)
    {
        Interlocked.Increment(ref _ticks);
        var entry = _symbols.GetOrAdd(tick.Symbol.Value, static _ => new Entry());
        lock (entry)
            entry.Candles.Add(tick);
    }

    /// <inheritdoc/>
    public decimal? LastPrice(string symbol)
    {
        if (!_symbols.TryGetValue(symbol, out var entry))
            return null;
        lock (entry)
            return entry.Candles.Newest?.Close;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Candle> Candles(string symbol, TimeSpan width, int most)
    {
        if (!_symbols.TryGetValue(symbol, out var entry))
            return [];
        lock (entry)
            return entry.Candles.Newer(width, most);
    }

    private sealed class Entry
    {
        public CandleSeries Candles { get; } = new(SecondsKept);
    }
}
