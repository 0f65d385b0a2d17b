using Polly;
using Polly.Retry;

namespace MicroTrader.Host.Alerts;

/// <summary>Sends what waits by one channel, one after the other, on a task of its own: nothing that trades ever waits for it.</summary>
internal sealed class AlertDelivery
{
    /// <summary>How many may wait.</summary>
    public const int Capacity = 200;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestAskedWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan SumUpAfter = TimeSpan.FromMinutes(1);

    private readonly IAlertChannel _channel;
    private readonly string _mode;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly AlertPace _pace;
    private readonly ResiliencePipeline _retrying;
    private bool _failing;
    private bool _refused;

    public AlertDelivery(IAlertChannel channel, string mode, int perMinute, TimeProvider time, ILogger log)
    {
        _channel = channel;
        _mode = mode;
        _time = time;
        _log = log;
        _pace = new AlertPace(perMinute);
        _retrying = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<AlertFailedException>(),
            MaxRetryAttempts = int.MaxValue,
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Wait(attempt.Outcome.Exception, attempt.AttemptNumber)),
            OnRetry = attempt =>
            {
                Fails(attempt.Outcome.Exception!.Message);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    /// <summary>What waits.</summary>
    public AlertQueue Queue { get; } = new(Capacity);

    /// <summary>What the channel is called.</summary>
    public string Name => _channel.Name;

    /// <summary>Sends until the queue is completed and empty, or it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var now = _time.GetUtcNow();
            // Looked at before the queue: what was added before that is taken below.
            var completed = Queue.IsCompleted;
            if (Queue.LeftOutSince is { } since && (since + SumUpAfter <= now || (completed && Queue.Count == 0)))
            {
                await SendAsync(new AlertMessage(_mode, "left-out", Queue.SumUp()!, null, null, now), stop);
            }
            else if (Queue.Take() is { } notice)
            {
                if (_pace.TryTake(notice.Weight, now))
                    await SendAsync(AlertMessage.Of(_mode, notice), stop);
                else
                    Queue.LeaveOut(notice, now);
            }
            else if (completed)
            {
                return;
            }
            else
            {
                await WaitAsync(stop);
            }
        }
    }

    // A retry every now and then, a minute apart at most: a network that is back should not have to wait longer.
    internal static TimeSpan Wait(Exception? failure, int attempt)
    {
        if (failure is AlertFailedException { RetryAfter: { } asked } && asked > TimeSpan.Zero)
            return asked < LongestAskedWait ? asked : LongestAskedWait;
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempt, 10)));
        return wait < LongestWait ? wait : LongestWait;
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        var changed = Queue.ChangedAsync();
        if (Queue.LeftOutSince is not { } since)
        {
            await changed.WaitAsync(stop);
            return;
        }

        var wait = since + SumUpAfter - _time.GetUtcNow();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var timer = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, enough.Token);
        await Task.WhenAny(changed, timer);
        await enough.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private async Task SendAsync(AlertMessage message, CancellationToken stop)
    {
        try
        {
            await _retrying.ExecuteAsync(async token => await _channel.SendAsync(message, token), stop);
        }
        catch (AlertRefusedException e)
        {
            // Said once: until it works again, each further message would say the same.
            if (!_refused)
                _log.AlertsRefused(Name, e.Message);
            _refused = true;
            return;
        }

        if (_failing || _refused)
            _log.AlertsAgain(Name);
        _failing = _refused = false;
    }

    private void Fails(string failure)
    {
        if (!_failing)
            _log.AlertsFail(Name, failure);
        _failing = true;
    }
}
