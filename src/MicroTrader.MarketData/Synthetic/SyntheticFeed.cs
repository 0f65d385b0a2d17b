using System.Globalization;
using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// Generated prices for the simulation, in real or virtual time: every interval one trade a symbol. Each enumeration starts the sequence anew. After a late
/// wake-up the missed intervals are skipped, not made up for in a storm; the sequence of prices goes on where it was.
/// </summary>
public sealed class SyntheticFeed : IPriceFeed
{
    private readonly SyntheticFeedOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a feed; nothing runs before it is enumerated.</summary>
    /// <param name="options">What to generate.</param>
    /// <param name="timeProvider">When a tick is due, and what time it carries.</param>
    /// <exception cref="ArgumentException">The options are impossible.</exception>
    public SyntheticFeed(SyntheticFeedOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _options = options;
        _timeProvider = timeProvider;
    }

    /// <inheritdoc/>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"synthetic prices (seed {_options.Seed}, every {_options.Interval.TotalMilliseconds} ms): {string.Join(", ", _options.Symbols)}");

    /// <inheritdoc/>
    /// <remarks>Never ends by itself. The first ticks come one interval after the start.</remarks>
    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paths = _options.Symbols
            .Select(s => (Symbol: s, Path: new SyntheticPath(s, _options.Seed, _options.StartPrices.TryGetValue(s, out var price) ? price : null, _options.Interval, Gaps(s))))
            .ToList();
        using var timer = new PeriodicTimer(_options.Interval, _timeProvider);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var now = _timeProvider.GetUtcNow();
            foreach (var (symbol, path) in paths)
            {
                var step = path.Next();
                var tick = new Tick(symbol, TickKind.Trade, now, step.Price, step.Volume);
                if (_options.SpreadPercent > 0)
                {
                    var (bid, ask) = SyntheticQuote.Around(step.Price, _options.SpreadPercent);
                    tick = tick with { Bid = bid, Ask = ask };
                }

                yield return tick;
            }
        }
    }

    private SyntheticGaps? Gaps(Symbol symbol) =>
        _options.GapEvery is { } every ? new SyntheticGaps(symbol, _options.Seed, every, _options.GapPercent, _options.Interval) : null;
}
