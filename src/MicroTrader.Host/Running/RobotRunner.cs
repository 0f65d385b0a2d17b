using System.Diagnostics;
using System.Globalization;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Replay;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Alerts;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Logging;
using MicroTrader.MarketData;
using Serilog.Extensions.Logging;

namespace MicroTrader.Host.Running;

/// <summary>The <c>run</c> command: starts the robot, lets it trade until it is told to stop or its time is over, drains, and sums up.</summary>
internal static class RobotRunner
{
    // After the last tick of a recording: long enough for TIME, and for an order whose answer was lost.
    private static readonly TimeSpan ReplayTail = TimeSpan.FromMinutes(2);

    /// <summary>Runs.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="contentRoot">The folder of the settings; data and logs are below it.</param>
    /// <param name="runFor">Stops by itself after this long; null for never.</param>
    /// <param name="output">Where banner and summary go.</param>
    /// <param name="signals">The wish to stop.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(RunPlan plan, string contentRoot, TimeSpan? runFor, TextWriter output, StopSignals signals)
    {
        var logFolder = Path.GetFullPath(plan.Options.Log.Folder, contentRoot);
        // The clock of a recording is known once its first tick is: until then the line shows when it began, which is nothing.
        TimeProvider? clock = null;
        var tail = new LogTail();
        await using var log = LogSetup.Create(
            plan.Options.Log, logFolder, plan.Mode == RunMode.Replay ? () => clock?.GetUtcNow() ?? DateTimeOffset.UnixEpoch : null, tail);
        using var logs = new SerilogLoggerFactory(log);
        using var signalToPost = new LatencyRecorder(RobotMetrics.SignalToPost);
        using var timeToConfirm = new LatencyRecorder(RobotMetrics.TimeToConfirm);
        var startedAt = TimeProvider.System.GetUtcNow();

        await using var setup = await RunSetup.MakeAsync(plan, contentRoot, logs, signals.Token);
        clock = setup.Time;
        // Let go of after the robot, so that its last words are sent. Nobody is told of what a recording trades.
        await using var alerts = plan.Mode == RunMode.Replay ? null : new AlertCenter(AlertPlan.Of(plan.Options.Alerts), plan.ModeName, TimeProvider.System, logs);
        using var failure = new ReplayFailure();
        await using var app = await RobotApp.StartAsync(setup, contentRoot, log, tail, startedAt, signals.Token, alerts is null ? failure.Notify : alerts.Notify);
        alerts?.Attend(app.Client, app.Client);
        alerts?.Notify(HostNotices.Started(setup, startedAt));
        setup.Lock.Describe(new HostHolder(Environment.MachineName, Environment.ProcessId, startedAt, app.Address));
        Banner.Write(output, setup, app.Address, logFolder);

        var replay = plan.Mode == RunMode.Replay ? await ReplayAsync(setup, app, runFor, signals, failure) : null;
        var refused = replay is null ? await WaitAsync(runFor, setup.Feed!.Refused, signals.Token) : null;
        if (refused is not null)
            await output.WriteLineAsync("Stopping, for there are no prices: no entries, exits go on.");

        var open = await DrainAsync(app.Client, replay is null ? plan.Options.Shutdown.DrainTimeout : TimeSpan.Zero, Patiently.With(plan.Mode));
        alerts?.Notify(HostNotices.Stopped(open, TimeProvider.System.GetUtcNow()));
        await Summary.WriteAsync(output, app.Client, setup, signalToPost, timeToConfirm, replay, startedAt);
        foreach (var position in open)
            await output.WriteLineAsync($"Still open: {position.Symbol} {position.Status} x {position.Quantity.ToString(CultureInfo.InvariantCulture)} ({position.Reference}).{(OpenWords.OnItsWay(position) is { } order ? $" {order}." : "")} It stays in the journal; the next start carries on.");
        if (refused is not null)
            await output.WriteLineAsync($"The feed was refused: {refused}");
        return open.Count > 0 || refused is not null ? ExitCodes.Failed : ExitCodes.Ok;
    }

    // Until its time is over, a person wants it to stop, or its source of prices refuses it for good: then why is given back.
    private static async Task<string?> WaitAsync(TimeSpan? runFor, Task<string> refused, CancellationToken stop)
    {
        try
        {
            return await refused.WaitAsync(runFor ?? Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && stop.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<ReplayProgress> ReplayAsync(RunSetup setup, RobotApp app, TimeSpan? runFor, StopSignals signals, ReplayFailure failure)
    {
        await ReadyAsync(app.Client, signals.Token);
        failure.Watch();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, failure.Token);
        if (runFor is { } duration)
            limit.CancelAfter(duration);
        using var driver = new ReplayDriver(
            setup.Pump!, (VirtualTimeProvider)setup.Time, app.Supervisor, setup.Show, setup.Recording!.Read(), setup.Plan.Speed, ReplayTail, TimeProvider.System);
        var progress = await driver.RunAsync(limit.Token);
        failure.Throw();
        return progress;
    }

    // A recording does not wait: its first tick must find a robot that may trade.
    private static async Task ReadyAsync(Actors.RobotClient robot, CancellationToken stop)
    {
        var patience = Patiently.With(RunMode.Replay);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var status = await robot.StatusAsync(stop);
                if (status.Ready)
                    return;
                if (waited.Elapsed > patience)
                    throw new StartException($"the robot is not ready after {patience.TotalMinutes} min: it waits for {string.Join(", ", status.WaitingFor)}");
            }
            catch (TimeoutException) when (waited.Elapsed < patience)
            {
                // Asked again below.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
        }
    }

    // A part of the robot that waits for its journal answers nobody: it is asked again.
    private static async Task<IReadOnlyList<PositionView>> DrainAsync(Actors.RobotClient robot, TimeSpan patience, TimeSpan answers)
    {
        var waited = Stopwatch.StartNew();
        var draining = false;
        while (true)
        {
            try
            {
                draining = draining || (await robot.DrainAsync(CancellationToken.None)).Done;
                var open = await robot.PositionsAsync(CancellationToken.None);
                if (open.Count == 0 || waited.Elapsed >= patience)
                    return open;
            }
            catch (TimeoutException) when (waited.Elapsed < patience + answers)
            {
                // Asked again below.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }
}
