namespace MicroTrader.Simulators.Paper;

/// <summary>What goes wrong with one request.</summary>
public enum PaperFaultKind
{
    /// <summary>The connection is cut before the request is handled.</summary>
    LostRequest,

    /// <summary>The request is handled, then the connection is cut without an answer.</summary>
    LostAnswer,

    /// <summary>An error status, the request not handled.</summary>
    StatusBefore,

    /// <summary>An error status, the request handled all the same.</summary>
    StatusAfter,

    /// <summary>429, the request not handled.</summary>
    TooManyRequests,

    /// <summary>
    /// An order is refused as one that sells more than is free (<c>selling-equity-not-owned</c>), although the shares are there: a purchase that has
    /// not settled yet. Not handled; on other requests the same refusal.
    /// </summary>
    NotOwned,

    /// <summary>The request is handled; the body of the answer is half of the JSON, as a complete HTTP message.</summary>
    MalformedBody,

    /// <summary>The request is handled; the connection is cut in the middle of the body.</summary>
    CutBody,

    /// <summary>The request is handled at once and answered late.</summary>
    DelayedAnswer,

    /// <summary>The request is handled late, even when the client has gone: an order that turns up late.</summary>
    DelayedHandling,
}
