using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using MicroTrader.Dashboard.Live;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Tests;

/// <summary>One look for all who look.</summary>
public sealed class LiveViewTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task While_nobody_looks_nobody_is_asked()
    {
        var robot = RobotData.Busy;
        await using var view = Make(robot);
        var seen = new SemaphoreSlim(0);
        using (view.Watch(_ => seen.Release()))
            Assert.True(await seen.WaitAsync(Patience));

        // What was under way ends, and with it whatever could ask.
        Assert.True(SpinWait.SpinUntil(() => !view.IsAsking, Patience));
        using (view.Watch(_ => seen.Release()))
        {
            Assert.True(view.IsAsking);
            Assert.True(await seen.WaitAsync(Patience));
        }
    }

    [Fact]
    public async Task A_hundred_who_look_cost_what_one_does_and_see_the_same()
    {
        var robot = RobotData.Busy;
        await using var view = Make(robot);
        var seen = new ConcurrentDictionary<int, LiveSnapshot>();
        var watching = Enumerable.Range(0, 100).Select(i => view.Watch(s => seen.TryAdd(i, s))).ToList();

        Assert.True(SpinWait.SpinUntil(() => seen.Count == 100, Patience));

        watching.ForEach(w => w.Dispose());
        // Six questions a snapshot, however many look.
        Assert.True(robot.Asked <= 6 * view.Current!.Number, $"{robot.Asked} questions for {view.Current.Number} snapshots");
        Assert.Equal(0, view.Watchers);
    }

    [Fact]
    public async Task At_most_four_times_a_second_it_tells()
    {
        await using var view = Make(RobotData.Busy);
        var times = new ConcurrentQueue<long>();
        using (view.Watch(_ => times.Enqueue(TimeProvider.System.GetTimestamp())))
            Assert.True(SpinWait.SpinUntil(() => times.Count >= 6, Patience));

        var all = times.ToArray();
        var elapsed = TimeProvider.System.GetElapsedTime(all[0], all[5]);
        Assert.True(elapsed >= TimeSpan.FromMilliseconds(5 * 240), $"five further snapshots within {elapsed}");
    }

    [Fact]
    public async Task What_did_not_change_is_the_same_object_and_what_did_is_new()
    {
        var robot = RobotData.Busy;
        await using var view = Make(robot);
        var first = await view.LookAsync(CancellationToken.None);
        robot.Positions = [RobotData.Open];
        LiveSnapshot? last = null;
        using (view.Watch(s => Volatile.Write(ref last, s)))
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref last)?.Positions is { Count: 1 }, Patience));

        Assert.Same(first.Trades, last!.Trades);
        Assert.Same(first.Symbols, last.Symbols);
        Assert.NotSame(first.Positions, last.Positions);
    }

    [Fact]
    public async Task A_part_that_is_late_is_null_and_comes_back()
    {
        var robot = RobotData.Busy;
        robot.Silent = new HashSet<string> { "positions" };
        await using var view = Make(robot);
        var first = await view.LookAsync(CancellationToken.None);

        Assert.Equal(["open positions"], first.Silent);
        Assert.Equal(HealthWord.Act, first.Health.Word);
        robot.Silent = new HashSet<string>();
        LiveSnapshot? last = null;
        using (view.Watch(s => Volatile.Write(ref last, s)))
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref last) is { Silent.Count: 0 }, Patience));
    }

    [Fact]
    public async Task Symbols_that_stand_still_stay_the_same_object_and_a_count_that_grew_makes_another()
    {
        // Each answer is made anew, as the robot's are.
        var count = 3L;
        var robot = new FixedRobot { Status = RobotData.Status };
        await using var view = Make(robot);
        var seen = new ConcurrentQueue<LiveSnapshot>();
        using (view.Watch(live =>
        {
            seen.Enqueue(live);
            robot.Symbols = Anew(Interlocked.Read(ref count));
        }))
        {
            Assert.True(SpinWait.SpinUntil(() => seen.Count(s => s.Symbols is { Count: 1 }) >= 3, Patience));
            Interlocked.Increment(ref count);
            Assert.True(SpinWait.SpinUntil(() => seen.Last().Symbols![0].Decisions["TooFewRises"] == 4, Patience));
        }

        var lists = seen.Where(s => s.Symbols is { Count: 1 }).Select(s => s.Symbols!).Distinct(ReferenceEqualityComparer.Instance).Cast<IReadOnlyList<SymbolView>>();
        Assert.Equal([3L, 4L], lists.Select(l => l[0].Decisions["TooFewRises"]));

        static IReadOnlyList<SymbolView> Anew(long count) =>
            [RobotData.Quick with { Decisions = new Dictionary<string, long> { ["TooFewRises"] = count }, Withheld = new Dictionary<string, long> { ["Stale"] = 1 } }];
    }

    private static LiveView Make(FixedRobot robot) => new(robot, robot, robot, TimeProvider.System, NullLoggerFactory.Instance);
}
