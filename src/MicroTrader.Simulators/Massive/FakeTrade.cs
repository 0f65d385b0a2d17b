namespace MicroTrader.Simulators.Massive;

/// <summary>A trade that is published.</summary>
/// <param name="Symbol">Ticker as on the wire, for example AXSM; case-sensitive.</param>
/// <param name="Price">Dollars a share, above 0.</param>
/// <param name="Size">Shares, above 0.</param>
public sealed record FakeTrade(string Symbol, decimal Price, long Size)
{
    /// <summary>
    /// When it happened; null for now. One that is older than the symbol's last trade is streamed and counted in the day's volume, but is nobody's last trade. On a
    /// delayed plan its stamps are the delay earlier.
    /// </summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Condition codes; the look-alike's bars take every trade, whatever its conditions.</summary>
    public IReadOnlyList<int> Conditions { get; init; } = [];

    /// <summary>The exchange's number.</summary>
    public int Exchange { get; init; } = 4;

    /// <summary>The trade's identifier; null for one of the look-alike's own.</summary>
    public string? Id { get; init; }
}
