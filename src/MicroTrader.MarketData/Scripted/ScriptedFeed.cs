using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Ticks that somebody wrote down, in order, each after its delay: for demonstrations and tests. Ends after the last one.</summary>
public sealed class ScriptedFeed : IPriceFeed
{
    /// <summary>The delay of a line that names none.</summary>
    public static readonly TimeSpan DefaultDelay = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<ScriptedTick> _ticks;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a feed of ticks in memory.</summary>
    /// <param name="ticks">At least one.</param>
    /// <param name="timeProvider">When a tick is due, and what time it carries.</param>
    /// <param name="name">What the description calls it.</param>
    /// <exception cref="ArgumentException">A tick is impossible, or there is none; the message counts from 1.</exception>
    public ScriptedFeed(IReadOnlyList<ScriptedTick> ticks, TimeProvider timeProvider, string name = "in memory")
    {
        ArgumentNullException.ThrowIfNull(ticks);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (ticks.Count == 0)
            throw new ArgumentException("there are no ticks; at least one is needed", nameof(ticks));
        for (var i = 0; i < ticks.Count; i++)
        {
            if (Problem(ticks[i]) is { } problem)
                throw new ArgumentException($"tick {i + 1}: {problem}", nameof(ticks));
        }

        _ticks = ticks;
        _timeProvider = timeProvider;
        Description = $"scripted prices ({name}): {string.Join(", ", Symbols)}";
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>The symbols of the script, in the order of their first lines.</summary>
    public IReadOnlyList<Symbol> Symbols => [.. _ticks.Select(t => t.Symbol).Distinct()];

    /// <summary>
    /// Reads a script: a CSV with the header <c>symbol,price,volume</c> and optionally <c>delay_ms</c> (whole milliseconds; 250 where absent or empty). An
    /// empty volume is one that is not known. Empty lines and lines that start with # are passed over.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="timeProvider">When a tick is due, and what time it carries.</param>
    /// <exception cref="RecordingException">The file is missing, empty, or a line of it is wrong: a script is written by hand, so the first mistake stops it.</exception>
    public static ScriptedFeed Open(string path, TimeProvider timeProvider)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new ScriptedFeed(ScriptFile.Read(path), timeProvider, path);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var tick in _ticks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (tick.Delay > TimeSpan.Zero)
                await Task.Delay(tick.Delay, _timeProvider, cancellationToken).ConfigureAwait(false);
            yield return new Tick(tick.Symbol, TickKind.Trade, _timeProvider.GetUtcNow(), tick.Price, tick.Volume);
        }
    }

    internal static string? Problem(in ScriptedTick tick)
    {
        if (tick.Symbol.Value.Length == 0)
            return "the symbol is empty; a name such as AXSM is allowed";
        if (tick.Price <= 0)
            return $"price {tick.Price} is not allowed; more than zero";
        if (tick.Volume < 0)
            return $"volume {tick.Volume} is not allowed; zero or more";
        return tick.Delay < TimeSpan.Zero || tick.Delay > TimeSpan.FromDays(1)
            ? $"delay {tick.Delay:c} is not allowed; zero to one day"
            : null;
    }
}
