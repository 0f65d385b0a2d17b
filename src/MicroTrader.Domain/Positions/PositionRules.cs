namespace MicroTrader.Domain.Positions;

/// <summary>Rules of a position that are no setting.</summary>
public static class PositionRules
{
    /// <summary>
    /// The broker's refusal of a sell for want of shares (Trading 212's problem type <c>/api-errors/selling-equity-not-owned</c>): it may have been sold
    /// already, the shares may be reserved by a pending order, not settled yet, or gone.
    /// </summary>
    public const string NotOwnedCode = "selling-equity-not-owned";

    /// <summary>
    /// How long to wait before a sell is intended anew after <paramref name="failedExits"/> in a row came to nothing. One that never left is
    /// intended anew at once, then after 1 s, 2 s, 4 s, at most 5 s: a broker that is away may be back any moment, and nothing protects the shares until
    /// then. One that the broker refused waits 1 s from the first time on, 2 s, 4 s, at most 60 s: a refusal that stays is to be alarmed, not hammered.
    /// </summary>
    public static TimeSpan ExitBackOff(int failedExits, bool refused)
    {
        var step = refused ? failedExits - 1 : failedExits - 2;
        return step < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(refused ? 60 : 5, 1 << Math.Min(step, 6)));
    }
}
