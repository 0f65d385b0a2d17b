using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>Massive's stream.</summary>
public sealed class MassiveSocketFeed : IPriceFeed, IAsyncDisposable
{
    /// <summary>Makes the feed; nothing is asked for before it is read.</summary>
    /// <param name="options">What to ask for.</param>
    /// <param name="time">The clock, for polls and waits.</param>
    /// <param name="calendar">When the market is open; corrected by what the source says of holidays to come.</param>
    /// <exception cref="ArgumentException">The options are impossible; the message names the first problem.</exception>
    public MassiveSocketFeed(MassiveSocketOptions options, TimeProvider time, ITradingCalendar calendar) => Description = "";

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public IAsyncEnumerable<Tick> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException("in the next commit");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
