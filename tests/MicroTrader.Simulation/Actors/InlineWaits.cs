namespace MicroTrader.Simulation.Actors;

/// <summary>
/// Waits whose end runs at once, on the thread that brings it about. Those of the framework hand a cancellation on to the thread pool, where the seed has no
/// say.
/// </summary>
internal static class InlineWaits
{
    /// <summary>The result of a task, or a cancellation if that comes first.</summary>
    public static async Task<T> OrCancelled<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (task.IsCompleted)
            return await task;
        var end = new TaskCompletionSource();
        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), end);
        _ = EndAsync(task, end);
        await end.Task;
        return await task;
    }

    /// <summary>Ends after a time, or with a cancellation if that comes first.</summary>
    public static async Task Delay(TimeProvider clock, TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var end = new TaskCompletionSource();
        await using var timer = clock.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), end, time, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), end);
        await end.Task;
    }

    private static async Task EndAsync(Task task, TaskCompletionSource end)
    {
        // Whether it failed is seen by who awaits it.
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.TrySetResult();
    }
}
