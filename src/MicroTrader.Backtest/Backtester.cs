using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MicroTrader.MarketData;

namespace MicroTrader.Backtest;

/// <summary>How far a backtest is.</summary>
/// <param name="Ticks">Ticks that were decided on.</param>
/// <param name="Fraction">How much of the recording was read, 0 to 1.</param>
/// <param name="At">The recording's time.</param>
/// <param name="Trades">Trades that are over.</param>
public readonly record struct BacktestProgress(long Ticks, double Fraction, DateTimeOffset? At, int Trades);

/// <summary>
/// Shows a recording to a backtest: one thread unzips and reads, another decides, and a few batches of ticks go round between them. Memory stays flat
/// whatever the length of the recording.
/// </summary>
public static class Backtester
{
    // So few that they stay within the processor's caches, so many that handing them over costs nothing beside what is done with them.
    private const int BatchTicks = 2048;
    private const int Batches = 4;

    /// <summary>Runs a recording through a backtest.</summary>
    /// <param name="recording">The recording; not disposed.</param>
    /// <param name="run">The backtest; new.</param>
    /// <param name="progress">Is told how far it is, after every batch, on the deciding thread; null for nobody.</param>
    /// <param name="cancellation">Ends it early: what was read so far is the result, and <see cref="BacktestResult.Completed"/> is false.</param>
    /// <returns>What it came to; of the part before, with <see cref="BacktestResult.Failure"/>, where the recording cannot be read on.</returns>
    /// <exception cref="RecordingException">Nothing of the recording can be read, or a backtest cannot be made of it.</exception>
    public static async Task<BacktestResult> RunAsync(Recording recording, BacktestRun run, Action<BacktestProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(run);
        var options = new BoundedChannelOptions(Batches) { SingleReader = true, SingleWriter = true };
        var full = Channel.CreateBounded<TickBatch>(options);
        var empty = Channel.CreateBounded<TickBatch>(options);
        for (var i = 0; i < Batches; i++)
            empty.Writer.TryWrite(new TickBatch(BatchTicks));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = Task.Factory.StartNew(() => ReadAsync(recording, full.Writer, empty.Reader, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        try
        {
            await foreach (var batch in full.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                Decide(run, batch);
                progress?.Invoke(new BacktestProgress(run.Ticks, batch.Fraction, run.At, run.Trades));
                empty.Writer.TryWrite(batch);
            }
        }
        finally
        {
            // Whatever ended the deciding, nobody may be left reading a recording that is about to be closed.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            return run.Finish(await reading.ConfigureAwait(false));
        }
        catch (RecordingException e) when (run.Ticks > 0)
        {
            // Hours of reading are not thrown away for the file that is damaged: what they came to stands, and that it is a part is said.
            return run.Finish(completed: false) with { Failure = e.Message };
        }
    }

    // What a tick passes through, here, in the domain and in the reading, is compiled for speed at once: a backtest is over before the runtime would come to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Decide(BacktestRun run, TickBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Unpack(i, out var tick);
            run.OnTick(tick);
        }
    }

    // True where it came to the recording's end.
    private static async Task<bool> ReadAsync(Recording recording, ChannelWriter<TickBatch> full, ChannelReader<TickBatch> empty, CancellationToken stop)
    {
        try
        {
            using var ticks = recording.ReadBatches();
            var read = new RecordedTick[BatchTicks];
            while (true)
            {
                var batch = await empty.ReadAsync(stop).ConfigureAwait(false);
                var count = ticks.Fill(read);
                if (count == 0)
                    return true;
                batch.Pack(read.AsSpan(0, count));
                batch.Fraction = recording.Fraction;
                // There are no more batches than the channel takes: this never waits.
                await full.WriteAsync(batch, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            full.TryComplete();
        }
    }
}
