using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Alerts;

/// <summary>How many messages may go within a minute. A quarter of them is kept for what matters more than trades that come and go; what is urgent always goes.</summary>
internal sealed class AlertPace(int perMinute)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Queue<DateTimeOffset> _sent = new();

    /// <summary>Takes a place if there is one.</summary>
    public bool TryTake(NoticeWeight weight, DateTimeOffset now)
    {
        while (_sent.TryPeek(out var oldest) && oldest + Window <= now)
            _sent.Dequeue();
        var most = weight switch
        {
            NoticeWeight.Urgent => int.MaxValue,
            NoticeWeight.Warning => perMinute,
            _ => Math.Max(1, perMinute * 3 / 4),
        };
        if (_sent.Count >= most)
            return false;
        _sent.Enqueue(now);
        return true;
    }
}
