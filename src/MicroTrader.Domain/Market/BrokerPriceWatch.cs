namespace MicroTrader.Domain.Market;

/// <summary>
/// Makes ticks of the broker's own price of a holding, while the feed cannot tell. That price has no stamp: all that can be known is when it was asked for, and
/// whether it moves. So a price counts as alive only after it was seen to change, and only for so long after its last change; one that stands still,
/// or was read too long ago, gives no tick. One instance a symbol; no clock, no I/O.
/// </summary>
public sealed class BrokerPriceWatch
{
    /// <summary>Between two reads that are asked for: the broker allows one a second, so the other half stays free.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>A read that was asked for and has no answer for this long is asked for anew: its answer belongs to a gateway that was restarted.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A price that was not seen to change for this long may be frozen.</summary>
    public static readonly TimeSpan FrozenAfter = TimeSpan.FromSeconds(60);

    /// <summary>The longest that the answer may take after the question for its price to be one of now.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private decimal _last;
    private DateTimeOffset _readAt;
    private DateTimeOffset? _changedAt;

    /// <summary>Takes in one read.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="price">The broker's price of a share, in the instrument's currency; null where it gave none.</param>
    /// <param name="readAt">When it was asked for, by the robot's clock.</param>
    /// <param name="now">The robot's clock.</param>
    /// <returns>A tick of <see cref="PriceBasis.Broker"/>, without volume; null where the price says nothing about now.</returns>
    public Tick? Take(Symbol symbol, decimal? price, DateTimeOffset readAt, DateTimeOffset now)
    {
        if (price is not { } value || readAt <= _readAt)
            return null;
        // After a pause in the reading, a change says only that the price moved at some time since.
        if (readAt - _readAt > FrozenAfter)
            (_last, _changedAt) = (0m, null);
        _readAt = readAt;
        if (_last != 0 && value != _last)
            _changedAt = readAt;
        _last = value;
        return _changedAt is { } changed && readAt - changed <= FrozenAfter && now - readAt <= MaxAge
            ? new Tick(symbol, TickKind.Snapshot, readAt, value, null, Basis: PriceBasis.Broker)
            : null;
    }
}
