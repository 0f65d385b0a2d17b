using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>The stream, with polls filling in while it is down. Disposes of both.</summary>
public sealed class MassiveFeed : IPriceFeed, IAsyncDisposable
{
    /// <summary>Makes the feed; nothing is asked for before it is read.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="polls">What fills in.</param>
    /// <param name="time">The clock, for polls and waits.</param>
    /// <exception cref="ArgumentException">The options are impossible; the message names the first problem.</exception>
    public MassiveFeed(MassiveSocketFeed stream, MassiveRestFeed polls, TimeProvider time) => Description = "";

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public IAsyncEnumerable<Tick> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException("in the next commit");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
