using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using MicroTrader.MarketData;
using MicroTrader.Simulation.Actors;
using MicroTrader.Simulation.Actors.Journal;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Tests;

/// <summary>What stands in for threads, scheduler and disk on the level of the actors.</summary>
public sealed class ActorPartsTests
{
    [Fact]
    public void The_seed_chooses_which_mailbox_runs_next()
    {
        Assert.Equal(OrderOf(5), OrderOf(5));
        Assert.NotEqual(OrderOf(5), OrderOf(6));
        Assert.Equal(Enumerable.Range(0, 20), OrderOf(5).Order());

        static List<int> OrderOf(ulong seed)
        {
            var ran = new List<int>();
            var pump = new SeededPump(new SimRandom(seed));
            for (var i = 0; i < 20; i++)
            {
                var number = i;
                pump.Post(new Work(() => ran.Add(number)));
            }

            while (pump.RunOne())
            {
            }

            return ran;
        }
    }

    [Fact]
    public void A_mailbox_that_is_kept_back_runs_when_it_is_handed_in()
    {
        Action? later = null;
        var ran = 0;
        var pump = new SeededPump(new SimRandom(1))
        {
            Hold = post =>
            {
                later = post;
                return true;
            },
        };
        pump.Post(new Work(() => ran++));
        Assert.False(pump.RunOne());
        later!();
        Assert.True(pump.RunOne());
        Assert.Equal(1, ran);
    }

    [Fact]
    public void A_dead_process_runs_nothing_and_takes_nothing()
    {
        var pump = new SeededPump(new SimRandom(1));
        pump.Post(new Work(() => Assert.Fail("it ran after its end")));
        pump.Kill();
        pump.Post(new Work(() => Assert.Fail("it was taken after its end")));
        Assert.False(pump.RunOne());
        Assert.True(pump.IsAtRest);
    }

    [Fact]
    public async Task A_mailbox_that_is_filled_from_another_thread_is_noticed()
    {
        var pump = new SeededPump(new SimRandom(1));
        await Task.Factory.StartNew(() => pump.Post(new Work(() => { })), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.NotNull(pump.Strayed);
    }

    [Fact]
    public void Timers_of_a_dead_process_never_ring()
    {
        var clock = new VirtualTimeProvider(SimClock.Epoch);
        var life = new LifeClock(clock);
        var rung = 0;
        using var armed = life.CreateTimer(_ => rung++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        clock.AdvanceTo(SimClock.Epoch.AddSeconds(1));
        using var second = life.CreateTimer(_ => rung++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        life.Kill();
        using var third = life.CreateTimer(_ => rung++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        clock.AdvanceTo(SimClock.Epoch.AddMinutes(1));
        Assert.Equal(1, rung);
    }

    [Fact]
    public async Task The_scheduler_of_a_system_goes_by_the_virtual_clock()
    {
        var clock = new VirtualTimeProvider(SimClock.Epoch);
        var number = VirtualScheduler.Register(clock);
        var system = ActorSystem.Create("scheduled", ConfigurationFactory.ParseString(VirtualScheduler.Hocon(number)));
        VirtualScheduler.Forget(number);
        var rung = new List<string>();
        system.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromSeconds(10), () => rung.Add("once"));
        system.Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4), () => rung.Add("again"));
        using var cancelled = new Cancelable(system.Scheduler);
        system.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromSeconds(5), () => rung.Add("cancelled"), cancelled);
        cancelled.Cancel();

        Assert.Empty(rung);
        clock.AdvanceTo(SimClock.Epoch.AddSeconds(11));

        Assert.Equal(["again", "again", "once"], rung);
        Assert.Equal(clock.GetUtcNow(), system.Scheduler.Now);
        await system.Terminate();
    }

    [Fact]
    public void The_medium_refuses_a_fact_that_does_not_follow_and_keeps_the_rest()
    {
        var medium = new JournalMedium();
        medium.Append([Line(1), Line(2)]);
        Assert.Throws<InvalidOperationException>(() => medium.Append([Line(2)]));
        Assert.Throws<InvalidOperationException>(() => medium.Append([Line(3), Line(5)]));
        medium.Append([Line(3)]);
        Assert.Equal([1L, 2L, 3L], medium.Lines("a").Select(l => l.SequenceNr));
        Assert.Equal(3, medium.All.Count);
        Assert.Empty(medium.Lines("b"));

        static JournalLine Line(long number) => new("a", number, 1, "m/1", [], "writer");
    }

    [Fact]
    public async Task A_wait_ends_on_the_thread_that_ends_it()
    {
        var clock = new VirtualTimeProvider(SimClock.Epoch);
        using var cancel = new CancellationTokenSource();
        var ended = await Task.Run(() =>
        {
            var threads = new List<int>();
            var task = new TaskCompletionSource<int>();
            _ = Note(task.Task.OrCancelled(CancellationToken.None));
            _ = Note(new TaskCompletionSource<int>().Task.OrCancelled(cancel.Token));
            _ = Note(InlineWaits.Delay(clock, TimeSpan.FromSeconds(1), CancellationToken.None));
            _ = Note(InlineWaits.Delay(clock, TimeSpan.FromDays(1), cancel.Token));
            task.SetResult(1);
            cancel.Cancel();
            clock.AdvanceTo(SimClock.Epoch.AddSeconds(1));
            return (threads.ToList(), Environment.CurrentManagedThreadId);

            async Task Note(Task of)
            {
                await of.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                threads.Add(Environment.CurrentManagedThreadId);
            }
        });
        Assert.Equal(4, ended.Item1.Count);
        Assert.All(ended.Item1, t => Assert.Equal(ended.CurrentManagedThreadId, t));
    }

    private sealed class Work(Action action) : IRunnable
    {
        public void Run() => action();

        public void Execute() => action();
    }
}
