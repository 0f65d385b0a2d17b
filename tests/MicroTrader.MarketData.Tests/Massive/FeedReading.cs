using System.Collections.Concurrent;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests.Massive;

/// <summary>Reads a feed in the background and lets a test wait for what comes of it.</summary>
internal sealed class FeedReading : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Task _reading;

    public FeedReading(IPriceFeed feed)
    {
        feed.Noted += note =>
        {
            Notes.Enqueue(note);
            _changed.Release();
        };
        _reading = Task.Run(async () =>
        {
            try
            {
                await foreach (var tick in feed.ReadAsync(_stop.Token))
                {
                    Ticks.Enqueue(tick);
                    _changed.Release();
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The test is over.
            }
        });
    }

    public ConcurrentQueue<Tick> Ticks { get; } = [];

    public ConcurrentQueue<FeedNote> Notes { get; } = [];

    /// <summary>Waits until something holds; what the feed throws is thrown here.</summary>
    public async Task Until(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!condition())
        {
            if (_reading.IsCompleted)
                await _reading;
            try
            {
                // Notes and ticks wake it; counters and servers are looked at now and then.
                await _changed.WaitAsync(TimeSpan.FromMilliseconds(20), late.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"not within {Patience}; ticks {Ticks.Count}, notes:\n{string.Join('\n', Notes.Select(n => n.Text))}");
            }
        }
    }

    public async Task<T> Fails<T>()
        where T : Exception => await Assert.ThrowsAsync<T>(() => _reading.WaitAsync(Patience));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _reading;
        }
        catch (FeedRefusedException)
        {
            // The test has looked at it.
        }

        _stop.Dispose();
        _changed.Dispose();
    }
}
