using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;
using MicroTrader.Simulators.Massive;

namespace MicroTrader.Host.Running;

/// <summary>Makes trades and quotes of the look-alike of Massive from ticks, as they come.</summary>
/// <param name="massive">Where they are published, stamped with its own clock.</param>
/// <param name="spreadPercent">Ask minus bid in percent of the price, for ticks that carry no quote.</param>
internal sealed class MassivePump(FakeMassive massive, decimal spreadPercent)
{
    // A night, a weekend or a halt in a recording: nobody wants to watch it in real time.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly HashSet<Symbol> _known = [];

    /// <summary>Trades that were published.</summary>
    public long Trades { get; private set; }

    /// <summary>Publishes what comes until it ends.</summary>
    public async Task RunAsync(IAsyncEnumerable<Tick> ticks, CancellationToken stop)
    {
        await foreach (var tick in ticks.WithCancellation(stop))
            Publish(tick);
    }

    /// <summary>Gives a recording's ticks at the pace at which they were recorded; pauses of more than a minute last a minute.</summary>
    public static async IAsyncEnumerable<Tick> PaceAsync(IEnumerable<Tick> ticks, TimeProvider time, [EnumeratorCancellation] CancellationToken stop = default)
    {
        // Each tick has its moment since the start, so that what one wait takes too long the next makes up for.
        var started = time.GetTimestamp();
        var due = TimeSpan.Zero;
        DateTimeOffset? last = null;
        foreach (var tick in ticks)
        {
            var since = tick.Time - (last ?? tick.Time);
            due += since < LongestPause ? since : LongestPause;
            last = tick.Time;
            var wait = due - time.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, stop);
            stop.ThrowIfCancellationRequested();
            yield return tick;
        }
    }

    private void Publish(in Tick tick)
    {
        var symbol = tick.Symbol.Value;
        var size = Math.Max(1, (long)Math.Round(tick.Volume ?? 1, MidpointRounding.AwayFromZero));
        // Nobody recorded the day before: it closed where this one begins, so that today's change is since then.
        if (_known.Add(tick.Symbol))
            massive.SetPreviousDay(symbol, new FakeDayBar(tick.Price, tick.Price, tick.Price, tick.Price, size, tick.Price));
        var (bid, ask) = tick is { Bid: { } knownBid, Ask: { } knownAsk } ? (knownBid, knownAsk) : SyntheticQuote.Around(tick.Price, spreadPercent);
        massive.Publish(new FakeQuote(symbol, bid, 1, ask, 1));
        massive.Publish(new FakeTrade(symbol, tick.Price, size));
        Trades++;
    }
}
