using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Alerts;

/// <summary>
/// What waits to be sent by one channel. It holds so many and no more: the oldest of what is only nice to know goes first, what needs the person never;
/// of two such about the same symbol the newer takes the older's place. What goes is counted, to be summed up. Adding never waits.
/// </summary>
internal sealed class AlertQueue(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<RobotNotice> _waiting = new();
    private readonly SortedDictionary<string, int> _leftOut = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = New();
    private DateTimeOffset? _leftOutSince;
    private bool _completed;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Since when something was left out; null where nothing was.</summary>
    public DateTimeOffset? LeftOutSince
    {
        get
        {
            lock (_gate)
                return _leftOutSince;
        }
    }

    /// <summary>Whether nothing more is added.</summary>
    public bool IsCompleted
    {
        get
        {
            lock (_gate)
                return _completed;
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(RobotNotice notice)
    {
        lock (_gate)
        {
            if (_completed)
                return;
            if (notice.Weight == NoticeWeight.Urgent && Find(n => n.Kind == notice.Kind && n.Symbol == notice.Symbol && n.Reference == notice.Reference) is { } same)
            {
                same.Value = notice;
            }
            else
            {
                _waiting.AddLast(notice);
                if (_waiting.Count > capacity)
                    DropOne(notice.At);
            }

            Wake();
        }
    }

    /// <summary>Takes the oldest; null where none waits.</summary>
    public RobotNotice? Take()
    {
        lock (_gate)
        {
            var first = _waiting.First?.Value;
            if (first is not null)
                _waiting.RemoveFirst();
            return first;
        }
    }

    /// <summary>Counts one that is not sent.</summary>
    public void LeaveOut(RobotNotice notice, DateTimeOffset now)
    {
        lock (_gate)
            CountLeftOut(notice, now);
    }

    /// <summary>What was left out so far, in words, and begins to count anew; null where nothing was.</summary>
    public string? SumUp()
    {
        lock (_gate)
        {
            if (_leftOut.Count == 0)
                return null;
            var total = _leftOut.Values.Sum();
            var words = $"{total} message(s) were left out: {string.Join(", ", _leftOut.Select(l => $"{l.Value} {l.Key}"))}; trades and status tell more";
            _leftOut.Clear();
            _leftOutSince = null;
            return words;
        }
    }

    /// <summary>Says that nothing more is added.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Wake();
        }
    }

    /// <summary>Completes when something waits, or nothing more is added.</summary>
    public Task ChangedAsync()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0 || _completed)
                return Task.CompletedTask;
            if (_changed.Task.IsCompleted)
                _changed = New();
            return _changed.Task;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Wake() => _changed.TrySetResult();

    private void DropOne(DateTimeOffset now)
    {
        var victim = Find(n => n.Weight == NoticeWeight.Informational) ?? Find(n => n.Weight == NoticeWeight.Warning);
        if (victim is null)
            return;
        _waiting.Remove(victim);
        CountLeftOut(victim.Value, now);
    }

    private void CountLeftOut(RobotNotice notice, DateTimeOffset now)
    {
        var word = notice.Kind.Word();
        _leftOut[word] = _leftOut.GetValueOrDefault(word) + 1;
        _leftOutSince ??= now;
    }

    private LinkedListNode<RobotNotice>? Find(Func<RobotNotice, bool> fits)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (fits(node.Value))
                return node;
        }

        return null;
    }
}
