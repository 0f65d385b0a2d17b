using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Alerts;

/// <summary>
/// Tells people: every channel with a queue and a task of its own, the heartbeat, the chat's commands. Whatever becomes of them, trading goes on as if
/// they were not there.
/// </summary>
internal sealed class AlertCenter : IAsyncDisposable
{
    // How long the last messages may take before the host ends without them.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AfterError = TimeSpan.FromMinutes(1);

    private readonly AlertPlan _plan;
    private readonly string _mode;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly HttpClient _client = AlertHttp.Client();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<AlertDelivery> _deliveries = [];
    private readonly List<Task> _sending = [];
    private readonly List<Task> _listening = [];

    /// <summary>Makes the channels of a plan, and begins to send.</summary>
    /// <param name="plan">Who is told of what.</param>
    /// <param name="mode">SIM, PRACTICE or LIVE.</param>
    /// <param name="time">The clock: the wall's.</param>
    /// <param name="logs">Where the log goes.</param>
    public AlertCenter(AlertPlan plan, string mode, TimeProvider time, ILoggerFactory logs)
    {
        _plan = plan;
        _mode = mode;
        _time = time;
        _log = logs.CreateLogger<AlertCenter>();
        foreach (var channel in Channels(plan, _client))
        {
            var delivery = new AlertDelivery(channel, mode, plan.PerMinute, time, _log);
            _deliveries.Add(delivery);
            _sending.Add(KeepAsync(channel.Name, delivery.RunAsync));
        }
    }

    /// <summary>The channels of a plan.</summary>
    public static IReadOnlyList<IAlertChannel> Channels(AlertPlan plan, HttpClient client)
    {
        var channels = new List<IAlertChannel>();
        if (plan.Telegram is { } telegram)
            channels.Add(new TelegramChannel(client, telegram, plan.Redactor));
        if (plan.Webhook is { } webhook)
            channels.Add(new WebhookChannel(client, webhook, plan.Redactor));
        return channels;
    }

    /// <summary>Takes a notice in; returns at once.</summary>
    public void Notify(RobotNotice notice)
    {
        if (!_plan.Kinds.Contains(notice.Kind))
            return;
        foreach (var delivery in _deliveries)
            delivery.Queue.Add(notice);
    }

    /// <summary>Begins what asks the robot: the heartbeat, and the chat's commands.</summary>
    public void Attend(IRobotQueries queries, IRobotCommands commands)
    {
        if (_plan.Heartbeat is { } address)
            _listening.Add(KeepAsync("heartbeat", new Heartbeat(_client, address, _plan.HeartbeatInterval, queries, _plan.Redactor, _time, _log).RunAsync));
        if (_plan.Telegram is { Commands: true } telegram)
            _listening.Add(KeepAsync("Telegram's commands", new TelegramCommands(new TelegramChannel(_client, telegram, _plan.Redactor), telegram, _mode, queries, commands, _time, _log).RunAsync));
    }

    /// <summary>Sends what still waits, for a few seconds at most, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var delivery in _deliveries)
            delivery.Queue.Complete();
        // I/O's time is real time.
        await Task.WhenAny(Task.WhenAll(_sending), Task.Delay(Farewell, TimeProvider.System, CancellationToken.None));
        foreach (var delivery in _deliveries.Where(d => d.Queue.Count > 0))
            _log.AlertsLost(delivery.Queue.Count, delivery.Name);
        await _stop.CancelAsync();
        await Task.WhenAll([.. _sending, .. _listening]);
        _client.Dispose();
        _stop.Dispose();
    }

    // On a task of its own, and whatever it throws goes no further than the log.
    private Task KeepAsync(string part, Func<CancellationToken, Task> run) => Task.Run(async () =>
    {
        while (true)
        {
            try
            {
                await run(_stop.Token);
                return;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The host ends: so does this.
                return;
            }
            catch (Exception e)
            {
                // An error of this program. The text alone: an exception of a library may hold an address, and with it a secret.
                _log.PartFailed(part, _plan.Redactor.Clean($"{e.GetType().Name}: {e.Message}"));
            }

            await Task.Delay(AfterError, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
                return;
        }
    });
}
