namespace MicroTrader.Simulators.Paper;

/// <summary>One fault of the transport or of the venue's front, for one request.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Status">HTTP status of the status faults, else 0.</param>
/// <param name="Delay">Time of the delay faults by the venue's clock, else zero.</param>
public sealed record PaperFault(PaperFaultKind Kind, int Status, TimeSpan Delay)
{
    /// <summary>The connection is cut before the request is handled.</summary>
    public static PaperFault LostRequest { get; } = new(PaperFaultKind.LostRequest, 0, TimeSpan.Zero);

    /// <summary>The request is handled, the answer never comes.</summary>
    public static PaperFault LostAnswer { get; } = new(PaperFaultKind.LostAnswer, 0, TimeSpan.Zero);

    /// <summary>429 although the limit is not used up; not handled.</summary>
    public static PaperFault TooManyRequests { get; } = new(PaperFaultKind.TooManyRequests, 429, TimeSpan.Zero);

    /// <summary>Refused as selling shares that are not owned (not settled yet); not handled.</summary>
    public static PaperFault NotOwned { get; } = new(PaperFaultKind.NotOwned, 400, TimeSpan.Zero);

    /// <summary>Handled; the answer is broken JSON.</summary>
    public static PaperFault MalformedBody { get; } = new(PaperFaultKind.MalformedBody, 0, TimeSpan.Zero);

    /// <summary>Handled; the connection is cut within the answer.</summary>
    public static PaperFault CutBody { get; } = new(PaperFaultKind.CutBody, 0, TimeSpan.Zero);

    /// <summary>An error status without handling, for example 408, 500, 502 or 503.</summary>
    /// <param name="status">HTTP status, 400 to 599.</param>
    /// <returns>The fault.</returns>
    public static PaperFault StatusBefore(int status) => new(PaperFaultKind.StatusBefore, CheckedStatus(status), TimeSpan.Zero);

    /// <summary>An error status after handling.</summary>
    /// <param name="status">HTTP status, 400 to 599.</param>
    /// <returns>The fault.</returns>
    public static PaperFault StatusAfter(int status) => new(PaperFaultKind.StatusAfter, CheckedStatus(status), TimeSpan.Zero);

    /// <summary>Handled at once, answered late.</summary>
    /// <param name="delay">Time by the venue's clock, above zero.</param>
    /// <returns>The fault.</returns>
    public static PaperFault DelayedAnswer(TimeSpan delay) => new(PaperFaultKind.DelayedAnswer, 0, CheckedDelay(delay));

    /// <summary>Handled late.</summary>
    /// <param name="delay">Time by the venue's clock, above zero.</param>
    /// <returns>The fault.</returns>
    public static PaperFault DelayedHandling(TimeSpan delay) => new(PaperFaultKind.DelayedHandling, 0, CheckedDelay(delay));

    private static int CheckedStatus(int status) => status is >= 400 and <= 599
        ? status
        : throw new ArgumentOutOfRangeException(nameof(status), status, "A fault's status is 400 to 599.");

    private static TimeSpan CheckedDelay(TimeSpan delay) => delay > TimeSpan.Zero
        ? delay
        : throw new ArgumentOutOfRangeException(nameof(delay), delay, "A delay is above zero.");
}
