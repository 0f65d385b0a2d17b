using Microsoft.Extensions.Logging;

namespace MicroTrader.Dashboard.Live;

/// <summary>
/// One question that is asked again and again, and its newest answer. One that is slow is waited for by nobody: the answer before stands until the robot
/// gives up, and then there is none.
/// </summary>
internal sealed class LivePart<T>(string name, Func<CancellationToken, Task<T>> ask, Func<T, T, bool> isSame, ILogger log)
    where T : class
{
    private Task? _asked;
    private T? _answer;
    private bool _failing;

    /// <summary>The newest answer; null before the first and where the robot did not answer in time.</summary>
    public T? Value { get; private set; }

    /// <summary>Asks, unless an answer is still awaited.</summary>
    /// <returns>Ends when the answer is there; it never fails.</returns>
    public Task Ask(CancellationToken stop) => _asked ??= AskAsync(stop);

    /// <summary>Takes the answer where it is there.</summary>
    public void Take()
    {
        if (_asked is not { IsCompleted: true })
            return;
        _asked = null;
        // What did not change stays the same object: pages draw nothing anew for it.
        if (_answer is null || Value is not { } old || !isSame(old, _answer))
            Value = _answer;
    }

    private async Task AskAsync(CancellationToken stop)
    {
        try
        {
            _answer = await ask(stop);
            _failing = false;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _answer = null;
        }
        catch (Exception e)
        {
            _answer = null;
            // An open page asks several times a second, and who looks at it reads the same there: once is enough, and for a robot that is late, too much.
            if (e is not TimeoutException && !_failing)
                log.LogError(e, "The page got no answer about {Part}: {Error}", name, e.Message);
            else
                log.LogDebug(e, "The page got no answer about {Part}", name);
            _failing = true;
        }
    }
}
