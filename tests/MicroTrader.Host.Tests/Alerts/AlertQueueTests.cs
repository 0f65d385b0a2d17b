using MicroTrader.Domain.Robot;
using MicroTrader.Host.Alerts;

namespace MicroTrader.Host.Tests.Alerts;

/// <summary>What goes first when too much waits: never what needs the person.</summary>
public sealed class AlertQueueTests
{
    private static readonly DateTimeOffset At = new(2026, 10, 14, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_oldest_that_is_only_nice_to_know_is_left_out_first()
    {
        var queue = new AlertQueue(4);
        queue.Add(Notice(NoticeKind.NeedsYou, "A"));
        queue.Add(Notice(NoticeKind.TradeOpened, "B"));
        queue.Add(Notice(NoticeKind.DailyLoss, null));
        queue.Add(Notice(NoticeKind.TradeClosed, "C"));
        queue.Add(Notice(NoticeKind.TradeClosed, "D"));
        queue.Add(Notice(NoticeKind.ExitFailed, "E"));

        Assert.Equal(["A", null, "D", "E"], Taken(queue).Select(n => n.Symbol));
        Assert.Equal(At, queue.LeftOutSince);
        Assert.StartsWith("2 message(s) were left out: 1 trade-closed, 1 trade-opened", queue.SumUp());
        Assert.Null(queue.SumUp());
        Assert.Null(queue.LeftOutSince);
    }

    [Fact]
    public void What_needs_the_person_is_kept_however_much_there_is_and_said_once_a_symbol()
    {
        var queue = new AlertQueue(2);
        foreach (var symbol in new[] { "A", "B", "C", "A" })
            queue.Add(Notice(NoticeKind.NeedsYou, symbol, symbol + " now"));
        queue.Add(Notice(NoticeKind.TradeClosed, "X"));
        queue.Add(Notice(NoticeKind.DailyLoss, null));

        Assert.Equal(["A", "B", "C"], Taken(queue).Select(n => n.Symbol));
        Assert.StartsWith("2 message(s)", queue.SumUp());
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_what_comes_and_by_the_end()
    {
        var queue = new AlertQueue(2);
        var changed = queue.ChangedAsync();
        Assert.False(changed.IsCompleted);
        queue.Add(Notice(NoticeKind.TradeClosed, "X"));
        await changed.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(queue.ChangedAsync().IsCompleted);

        queue.Take();
        changed = queue.ChangedAsync();
        Assert.False(changed.IsCompleted);
        queue.Complete();
        await changed.WaitAsync(TimeSpan.FromSeconds(10));
        queue.Add(Notice(NoticeKind.TradeClosed, "Y"));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void A_pace_keeps_a_part_for_what_matters_more_and_holds_back_nothing_urgent()
    {
        var pace = new AlertPace(4);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => pace.TryTake(NoticeWeight.Informational, At)));
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => pace.TryTake(NoticeWeight.Warning, At)));
        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(pace.TryTake(NoticeWeight.Urgent, At)));
        Assert.False(pace.TryTake(NoticeWeight.Informational, At.AddSeconds(59.9)));
        Assert.True(pace.TryTake(NoticeWeight.Informational, At.AddSeconds(60)));
    }

    private static RobotNotice Notice(NoticeKind kind, string? symbol, string text = "text") => new(kind, symbol, null, text, At);

    private static List<RobotNotice> Taken(AlertQueue queue)
    {
        var taken = new List<RobotNotice>();
        while (queue.Take() is { } notice)
            taken.Add(notice);
        return taken;
    }
}
