using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using MicroTrader.Actors.Execution;

namespace MicroTrader.Actors.Tests;

public sealed class PumpTests
{
    [Fact]
    public async Task The_idle_handler_is_called_only_when_no_mailbox_waits_and_no_work_is_under_way()
    {
        using var pump = new ActorPump();
        var said = new List<string>();
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = pump.Begin();
        var nested = pump.Begin();
        pump.OnIdle(() =>
        {
            said.Add("idle");
            pump.OnIdle(null);
            idle.TrySetResult();
            return Timeout.InfiniteTimeSpan;
        });
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pump.Post(new Work(() =>
        {
            said.Add("first");
            pump.Post(new Work(() =>
            {
                said.Add("second");
                ran.TrySetResult();
            }));
        }));
        await ran.Task.WaitAsync(TimeSpan.FromSeconds(20));
        begun.Dispose();
        // Ending twice counts once.
        begun.Dispose();
        Assert.False(idle.Task.IsCompleted);
        nested.Dispose();
        await idle.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["first", "second", "idle"], said);
    }

    [Fact]
    public async Task The_handler_is_called_again_after_the_wait_that_it_asks_for()
    {
        using var pump = new ActorPump();
        var calls = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pump.OnIdle(() =>
        {
            if (++calls == 5)
            {
                pump.OnIdle(null);
                done.TrySetResult();
            }

            return calls % 2 == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1);
        });
        await done.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(5, calls);
    }

    [Theory]
    [InlineData("another handler")]
    [InlineData("an end of work")]
    [InlineData("a journal's answer")]
    public async Task What_happens_while_the_handler_is_at_work_is_not_slept_through(string what)
    {
        using var pump = new ActorPump();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        pump.OnIdle(() =>
        {
            if (++calls > 1)
            {
                done.TrySetResult();
                return Timeout.InfiniteTimeSpan;
            }

            switch (what)
            {
                case "another handler":
                    // Another thread, as a test's or a console's: it is not the pump's own business.
                    Task.Run(() => pump.OnIdle(Done)).Wait();
                    break;
                case "an end of work":
                    var work = pump.Begin();
                    Task.Run(work.Dispose).Wait();
                    break;
                default:
                    var turn = pump.BeginWrite();
                    Task.Run(() => turn.Waits(turn.Dispose)).Wait();
                    break;
            }

            return Timeout.InfiniteTimeSpan;
        });
        await done.Task.WaitAsync(TimeSpan.FromSeconds(20));

        TimeSpan Done()
        {
            done.TrySetResult();
            return Timeout.InfiniteTimeSpan;
        }
    }

    [Fact]
    public async Task What_the_journal_answers_is_taken_in_once_all_else_is_at_rest_and_in_the_order_of_the_writes()
    {
        using var pump = new ActorPump();
        var said = new List<string>();
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (first, second, third) = (pump.BeginWrite(), pump.BeginWrite(), pump.BeginWrite());
        // Only now: at rest it would say so before the first write.
        pump.OnIdle(() =>
        {
            said.Add("idle");
            pump.OnIdle(null);
            idle.TrySetResult();
            return Timeout.InfiniteTimeSpan;
        });
        await RunAsync(() =>
        {
            // A disk that is faster than the pump's thread; the third's actor has stopped and is told nothing.
            Assert.True(second.Waits(() => Taken(second, "second write")));
            third.Dispose();
            pump.Post(new Work(() => said.Add("what was said before")));
        });
        // However often the pump has come to rest: the first write's answer is still on its way.
        await RunAsync(() => { });
        await RunAsync(() => { });
        Assert.True(first.Waits(() => Taken(first, "first write")));
        await idle.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["what was said before", "first write", "follows from first write", "second write", "follows from second write", "idle"], said);

        async Task RunAsync(Action action)
        {
            var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            pump.Post(new Work(() =>
            {
                action();
                ran.TrySetResult();
            }));
            await ran.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        void Taken(IJournalTurn turn, string what)
        {
            said.Add(what);
            pump.Post(new Work(() => said.Add($"follows from {what}")));
            turn.Dispose();
        }
    }

    [Fact]
    public void A_system_with_the_replay_s_settings_and_no_pump_does_not_start()
    {
        var hocon = ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", "replay.hocon")));
        var e = Assert.ThrowsAny<Exception>(() => ActorSystem.Create("no-pump", hocon));
        Assert.Contains("hocon/replay.hocon is for replays only", e.ToString(), StringComparison.Ordinal);
    }

    private sealed class Work(Action action) : IRunnable
    {
        public void Run() => action();

        public void Execute() => action();
    }
}
