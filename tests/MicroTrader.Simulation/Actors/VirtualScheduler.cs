using System.Collections.Concurrent;
using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace MicroTrader.Simulation.Actors;

/// <summary>
/// Akka's own scheduler on the simulation's clock: back-off of a supervisor, time-outs of a recovery and the journal's breaker take virtual time.
/// </summary>
internal sealed class VirtualScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider
{
    // Akka hands the scheduler its configuration and nothing else: the clock is found by a number in it.
    private static readonly ConcurrentDictionary<long, TimeProvider> Clocks = new();
    private static long _last;

    private readonly TimeProvider _clock;

    /// <summary>Called by Akka.</summary>
    public VirtualScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log) => _clock = Clocks[scheduler.GetLong("akka.scheduler.virtual-clock")];

    /// <summary>Makes a clock known; the answer is the number for <c>akka.scheduler.virtual-clock</c>.</summary>
    public static long Register(TimeProvider clock)
    {
        var number = Interlocked.Increment(ref _last);
        Clocks[number] = clock;
        return number;
    }

    /// <summary>Forgets a clock.</summary>
    public static void Forget(long number) => Clocks.TryRemove(number, out _);

    /// <summary>The settings that make a system use it.</summary>
    public static string Hocon(long number) => string.Create(
        CultureInfo.InvariantCulture,
        $"akka.scheduler {{ implementation = \"{typeof(VirtualScheduler).AssemblyQualifiedName}\", virtual-clock = {number} }}");

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => _clock.GetElapsedTime(0);

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => _clock.GetUtcNow();

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Arm(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Arm(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Arm(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Arm(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) => Arm(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) => Arm(initialDelay, interval, action.Run, cancelable);

    private void Arm(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        if (cancelable?.IsCancellationRequested == true)
            return;
        var timer = _clock.CreateTimer(
            _ =>
            {
                if (cancelable?.IsCancellationRequested != true)
                    action();
            },
            null,
            delay,
            interval);
        cancelable?.Token.Register(timer.Dispose);
    }
}
