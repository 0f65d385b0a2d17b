namespace MicroTrader.Simulators.Massive;

/// <summary>One thing that goes wrong.</summary>
/// <param name="Kind">What.</param>
public sealed record FakeMassiveFault(FakeMassiveFaultKind Kind)
{
    private const FakeMassivePlace Snapshot = FakeMassivePlace.Snapshot;
    private const FakeMassivePlace Message = FakeMassivePlace.SocketMessage;

    /// <summary>HTTP status of <see cref="FakeMassiveFaultKind.Status"/>, 400 to 599; 0 elsewhere.</summary>
    public int Status { get; init; }

    /// <summary>Time of <see cref="FakeMassiveFaultKind.Delay"/> by the look-alike's clock, above zero; zero elsewhere.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Retry-After of <see cref="FakeMassiveFaultKind.Status"/>, in whole seconds; null sends none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether <see cref="RetryAfter"/> goes out as a date by the look-alike's clock rather than as seconds.</summary>
    public bool RetryAfterIsDate { get; init; }

    /// <summary>
    /// The only symbol whose data goes wrong; null for all of a snapshot and for the first event of a message. At SocketMessage the fault waits for a message with an event
    /// of the symbol.
    /// </summary>
    public string? Symbol { get; init; }

    /// <summary>An error status.</summary>
    /// <param name="status">400 to 599.</param>
    /// <param name="retryAfter">Retry-After; null sends none.</param>
    /// <param name="asDate">Whether it goes out as a date.</param>
    /// <returns>The fault.</returns>
    public static FakeMassiveFault OfStatus(int status, TimeSpan? retryAfter = null, bool asDate = false) =>
        new(FakeMassiveFaultKind.Status) { Status = status, RetryAfter = retryAfter, RetryAfterIsDate = asDate };

    /// <summary>A late answer.</summary>
    /// <param name="delay">Above zero.</param>
    /// <returns>The fault.</returns>
    public static FakeMassiveFault Late(TimeSpan delay) => new(FakeMassiveFaultKind.Delay) { Delay = delay };

    /// <summary>Why the fault cannot strike at a place; null where it can.</summary>
    internal string? Problem(FakeMassivePlace place)
    {
        if (!Places(Kind).Contains(place))
        {
            return $"fault {Kind} cannot strike at {place}; allowed are {string.Join(", ", Places(Kind))}";
        }

        if ((Kind == FakeMassiveFaultKind.Status) != (Status != 0) || (Status != 0 && Status is < 400 or > 599))
        {
            return $"status is {Status}; allowed are 400 to 599, of the fault Status alone";
        }

        if ((Kind == FakeMassiveFaultKind.Delay) != (Delay != TimeSpan.Zero) || Delay < TimeSpan.Zero || Delay > TimeSpan.FromDays(1))
        {
            return $"delay is {Delay:c}; allowed is above zero, at most a day, of the fault Delay alone";
        }

        if (RetryAfter is { } after && (Kind != FakeMassiveFaultKind.Status || after < TimeSpan.Zero || after > TimeSpan.FromDays(1)))
        {
            return $"Retry-After is {after:c}; allowed are 0 to a day, of the fault Status alone";
        }

        return Kind == FakeMassiveFaultKind.MissingSymbol && Symbol is null ? "symbol is missing; name the one that shall be missing" : null;
    }

    private static FakeMassivePlace[] Places(FakeMassiveFaultKind kind) => kind switch
    {
        FakeMassiveFaultKind.Status or FakeMassiveFaultKind.Delay =>
            [Snapshot, FakeMassivePlace.MarketStatus, FakeMassivePlace.UpcomingHolidays, FakeMassivePlace.SocketConnect],
        FakeMassiveFaultKind.LostAnswer => [.. Enum.GetValues<FakeMassivePlace>().Where(static p => p != Message)],
        FakeMassiveFaultKind.LostRequest => [FakeMassivePlace.SocketAuthentication, FakeMassivePlace.SocketSubscription],
        FakeMassiveFaultKind.CutBody => [Snapshot, FakeMassivePlace.MarketStatus, FakeMassivePlace.UpcomingHolidays],
        FakeMassiveFaultKind.Malformed => [Snapshot, FakeMassivePlace.MarketStatus, FakeMassivePlace.UpcomingHolidays, Message],
        FakeMassiveFaultKind.EmptyTickers or FakeMassiveFaultKind.MissingSymbol or FakeMassiveFaultKind.VolumeCorrection or FakeMassiveFaultKind.DayReset => [Snapshot],
        FakeMassiveFaultKind.AuthFailed or FakeMassiveFaultKind.MaxConnections => [FakeMassivePlace.SocketAuthentication],
        FakeMassiveFaultKind.NotAuthorized => [FakeMassivePlace.SocketSubscription],
        FakeMassiveFaultKind.StaleStamp or FakeMassiveFaultKind.ZeroPrice or FakeMassiveFaultKind.NegativePrice or FakeMassiveFaultKind.NullPrice
            or FakeMassiveFaultKind.PriceJump or FakeMassiveFaultKind.OutOfOrder => [Snapshot, Message],
        _ => [Message],
    };
}
