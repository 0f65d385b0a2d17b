namespace MicroTrader.MarketData.Tests;

public sealed class VirtualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 14, 30, 0, TimeSpan.Zero);

    private readonly VirtualTimeProvider _time = new(Start);
    private readonly List<string> _fired = [];

    [Fact]
    public void The_clock_stands_until_it_is_advanced()
    {
        var stamp = _time.GetTimestamp();
        Assert.Equal(Start, _time.GetUtcNow());
        _time.AdvanceTo(Start.AddSeconds(2.5));
        Assert.Equal(Start.AddSeconds(2.5), _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(2.5), _time.GetElapsedTime(stamp));
        Assert.Equal((TimeZoneInfo.Utc, Start.AddSeconds(2.5)), (_time.LocalTimeZone, _time.GetLocalNow()));
    }

    [Fact]
    public void A_start_with_an_offset_is_kept_as_UTC()
    {
        var time = new VirtualTimeProvider(new DateTimeOffset(2025, 3, 3, 9, 30, 0, TimeSpan.FromHours(-5)));
        Assert.Equal((Start, TimeSpan.Zero), (time.GetUtcNow(), time.GetUtcNow().Offset));
    }

    [Fact]
    public void Going_back_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.AdvanceTo(Start.AddTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.FireNext(Start.AddTicks(-1)));
        _time.AdvanceTo(Start);
        Assert.Equal(Start, _time.GetUtcNow());
    }

    [Fact]
    public void Timers_fire_by_due_time_then_creation_each_at_its_own_time()
    {
        using var c = Timer("c", 3);
        using var a = Timer("a", 1);
        using var late = Timer("late", 9);
        using var d = Timer("d", 3);
        // Armed anew last, yet created before d: creation decides.
        c.Change(Seconds(3), Timeout.InfiniteTimeSpan);
        Assert.Equal(Start.AddSeconds(1), _time.NextTimerDue);
        _time.AdvanceTo(Start.AddSeconds(5));
        Assert.Equal(["a@1", "c@3", "d@3"], _fired);
        Assert.Equal((Start.AddSeconds(5), Start.AddSeconds(9)), (_time.GetUtcNow(), _time.NextTimerDue));
    }

    [Fact]
    public void A_periodic_timer_fires_at_every_period_between_others()
    {
        using var periodic = Timer("p", 1, 2);
        using var once = Timer("o", 4);
        _time.AdvanceTo(Start.AddSeconds(7));
        Assert.Equal(["p@1", "p@3", "o@4", "p@5", "p@7"], _fired);
        Assert.Equal(Start.AddSeconds(9), _time.NextTimerDue);
    }

    [Fact]
    public void A_period_of_zero_fires_once()
    {
        using var timer = Timer("t", 1, 0);
        _time.AdvanceTo(Start.AddSeconds(5));
        Assert.Equal(["t@1"], _fired);
        Assert.Null(_time.NextTimerDue);
    }

    [Fact]
    public void A_due_time_of_zero_fires_at_the_next_advance_even_in_place()
    {
        using var timer = Timer("t", 0);
        Assert.Empty(_fired);
        _time.AdvanceTo(Start);
        Assert.Equal(["t@0"], _fired);
    }

    [Fact]
    public void FireNext_fires_one_timer_and_no_more()
    {
        using var b = Timer("b", 2);
        using var a = Timer("a", 2);
        using var c = Timer("c", 4);
        Assert.True(_time.FireNext(Start.AddSeconds(3)));
        Assert.Equal(["b@2"], _fired);
        Assert.Equal(Start.AddSeconds(2), _time.GetUtcNow());
        Assert.True(_time.FireNext(Start.AddSeconds(3)));
        Assert.False(_time.FireNext(Start.AddSeconds(3)));
        Assert.Equal(["b@2", "a@2"], _fired);
        Assert.Equal((Start.AddSeconds(2), Start.AddSeconds(4)), (_time.GetUtcNow(), _time.NextTimerDue));
        Assert.True(_time.FireNext(Start.AddSeconds(4)));
        Assert.False(_time.FireNext(Start.AddSeconds(4)));
    }

    [Fact]
    public void Change_moves_stops_and_starts_a_timer()
    {
        using var timer = Timer("t", 5);
        Assert.True(timer.Change(Seconds(2), Timeout.InfiniteTimeSpan));
        _time.AdvanceTo(Start.AddSeconds(3));
        Assert.Equal(["t@2"], _fired);
        Assert.True(timer.Change(Seconds(1), Seconds(1)));
        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Seconds(1)));
        Assert.Null(_time.NextTimerDue);
        _time.AdvanceTo(Start.AddSeconds(10));
        Assert.Single(_fired);
    }

    [Fact]
    public async Task A_disposed_timer_does_not_fire_and_cannot_be_changed()
    {
        var timer = Timer("t", 1, 1);
        timer.Dispose();
        timer.Dispose();
        var other = Timer("o", 1);
        await other.DisposeAsync();
        Assert.False(timer.Change(Seconds(1), Timeout.InfiniteTimeSpan));
        _time.AdvanceTo(Start.AddSeconds(3));
        Assert.Empty(_fired);
        Assert.Null(_time.NextTimerDue);
    }

    [Fact]
    public void A_callback_may_dispose_change_and_create_timers_and_they_take_part()
    {
        ITimer? self = null;
        using var victim = Timer("victim", 2);
        var created = new List<ITimer>();
        self = _time.CreateTimer(
            _ =>
            {
                Note("self");
                victim.Dispose();
                created.Add(Timer("child", 1));
                created.Add(Timer("now", 0));
                self!.Change(Seconds(3), Timeout.InfiniteTimeSpan);
            },
            null,
            Seconds(1),
            Seconds(1));
        _time.AdvanceTo(Start.AddSeconds(3));
        Assert.Equal(["self@1", "now@1", "child@2"], _fired);
        Assert.Equal(Start.AddSeconds(4), _time.NextTimerDue);
        self.Dispose();
        created.ForEach(t => t.Dispose());
    }

    [Fact]
    public void A_callback_that_advances_the_clock_does_not_make_it_go_back()
    {
        using var outer = _time.CreateTimer(_ => _time.AdvanceTo(Start.AddSeconds(10)), null, Seconds(1), Timeout.InfiniteTimeSpan);
        using var inner = Timer("inner", 5);
        _time.AdvanceTo(Start.AddSeconds(2));
        Assert.Equal(["inner@5"], _fired);
        Assert.Equal(Start.AddSeconds(10), _time.GetUtcNow());
    }

    [Fact]
    public void What_a_callback_throws_reaches_the_driver_and_the_rest_still_fires()
    {
        using var bad = _time.CreateTimer(_ => throw new InvalidOperationException("bad"), null, Seconds(1), Timeout.InfiniteTimeSpan);
        using var good = Timer("good", 2);
        Assert.Equal("bad", Assert.Throws<InvalidOperationException>(() => _time.AdvanceTo(Start.AddSeconds(3))).Message);
        Assert.Equal(Start.AddSeconds(1), _time.GetUtcNow());
        _time.AdvanceTo(Start.AddSeconds(3));
        Assert.Equal(["good@2"], _fired);
    }

    [Fact]
    public void A_timer_that_rearms_itself_without_delay_is_named_instead_of_hanging()
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(_ => timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan), null, Seconds(1), Timeout.InfiniteTimeSpan);
        var message = Assert.Throws<InvalidOperationException>(() => _time.AdvanceTo(Start.AddSeconds(2))).Message;
        Assert.Contains("2025-03-03T14:30:01", message, StringComparison.Ordinal);
        timer.Dispose();
    }

    [Fact]
    public void Impossible_times_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => _time.CreateTimer(null!, null, Seconds(1), Seconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Timer("t", -2));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.CreateTimer(_ => { }, null, TimeSpan.MaxValue, Timeout.InfiniteTimeSpan));
        using var timer = Timer("t", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => timer.Change(Seconds(1), Seconds(-2)));
        Assert.Equal(Start.AddSeconds(1), _time.NextTimerDue);
    }

    [Fact]
    public void State_and_async_locals_of_the_creator_reach_the_callback()
    {
        var local = new AsyncLocal<string> { Value = "creator" };
        object? state = null;
        string? seen = null;
        using var timer = _time.CreateTimer(s => (state, seen) = (s, local.Value), "state", Seconds(1), Timeout.InfiniteTimeSpan);
        local.Value = "driver";
        _time.AdvanceTo(Start.AddSeconds(1));
        Assert.Equal(("state", "creator"), (state, seen));
    }

    [Fact]
    public async Task The_framework_waits_on_it()
    {
        var delay = Task.Delay(Seconds(5), _time);
        using var cancellation = new CancellationTokenSource(Seconds(6), _time);
        using var periodic = new PeriodicTimer(Seconds(2), _time);
        var tick = periodic.WaitForNextTickAsync();
        _time.AdvanceTo(Start.AddSeconds(2));
        Assert.True(await tick);
        Assert.False(delay.IsCompleted);
        _time.AdvanceTo(Start.AddSeconds(5));
        await delay;
        Assert.False(cancellation.IsCancellationRequested);
        _time.AdvanceTo(Start.AddSeconds(6));
        Assert.True(cancellation.IsCancellationRequested);
    }

    [Fact]
    public async Task Many_threads_may_arm_timers_while_one_drives()
    {
        const int Threads = 4;
        const int Each = 2_000;
        var fired = 0;
        var makers = Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                _time.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromMilliseconds(i % 50), Timeout.InfiniteTimeSpan);
        })).ToList();
        var all = Task.WhenAll(makers);
        while (!all.IsCompleted)
            _time.AdvanceTo(_time.GetUtcNow().AddMilliseconds(1));
        await all;
        _time.AdvanceTo(_time.GetUtcNow().AddSeconds(1));
        Assert.Equal(Threads * Each, fired);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private ITimer Timer(string name, double dueSeconds, double? periodSeconds = null) =>
        _time.CreateTimer(_ => Note(name), null, Seconds(dueSeconds), periodSeconds is { } period ? Seconds(period) : Timeout.InfiniteTimeSpan);

    private void Note(string name) => _fired.Add($"{name}@{(_time.GetUtcNow() - Start).TotalSeconds}");
}
