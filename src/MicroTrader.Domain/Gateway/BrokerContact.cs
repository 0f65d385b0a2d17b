namespace MicroTrader.Domain.Gateway;

/// <summary>
/// Whether the broker can be read, as a person would say it: a read that fails now and then is nothing; one that has failed for a while is said once,
/// and once more when all is well again. Not safe for several threads.
/// </summary>
/// <param name="patience">How long a read must have failed before it is said.</param>
public sealed class BrokerContact(TimeSpan patience)
{
    private readonly Dictionary<BrokerEndpoint, (DateTimeOffset Since, string Detail)> _failing = [];
    private DateTimeOffset? _saidSince;

    /// <summary>Whether it was said that the broker cannot be read, and not taken back yet.</summary>
    public bool IsAway => _saidSince is not null;

    /// <summary>When it is to be looked at again; null while nothing fails, or it is said already.</summary>
    public DateTimeOffset? DueAt => IsAway || _failing.Count == 0 ? null : _failing.Values.Min(f => f.Since) + patience;

    /// <summary>Notes a read that failed.</summary>
    /// <param name="endpoint">Which.</param>
    /// <param name="detail">Why, in words.</param>
    /// <param name="now">When.</param>
    public void Failed(BrokerEndpoint endpoint, string detail, DateTimeOffset now) =>
        _failing[endpoint] = (_failing.TryGetValue(endpoint, out var earlier) ? earlier.Since : now, detail);

    /// <summary>Notes a read that was answered.</summary>
    /// <returns>Since when the broker could not be read, where that was said and is over now; else null.</returns>
    public DateTimeOffset? Answered(BrokerEndpoint endpoint)
    {
        _failing.Remove(endpoint);
        // An order is asked for by its number only while it is under way: when the account can be read, its last failure says nothing any more.
        if (endpoint != BrokerEndpoint.OrderById)
            _failing.Remove(BrokerEndpoint.OrderById);
        if (_failing.Count > 0 || _saidSince is not { } since)
            return null;
        _saidSince = null;
        return since;
    }

    /// <summary>Looks whether it is to be said now.</summary>
    /// <returns>Since when the broker cannot be read, and its last words, the first time that the patience is over; else null.</returns>
    public (DateTimeOffset Since, string Detail)? Look(DateTimeOffset now)
    {
        if (DueAt is not { } due || due > now)
            return null;
        var first = _failing.Values.MinBy(f => f.Since);
        _saidSince = first.Since;
        return first;
    }
}
