namespace MicroTrader.Simulators.Massive;

/// <summary>What goes wrong. Each kind says at which places it can strike; "the answers" are those of REST.</summary>
public enum FakeMassiveFaultKind
{
    /// <summary>An error status instead of an answer; of 429 and 503 with a Retry-After where asked. The answers and SocketConnect.</summary>
    Status,

    /// <summary>Answered late. The answers and SocketConnect.</summary>
    Delay,

    /// <summary>
    /// The answer never comes: of REST and of SocketConnect the connection is cut; an auth or subscribe action is done but not answered. Everywhere but SocketMessage.
    /// </summary>
    LostAnswer,

    /// <summary>An action is neither done nor answered. SocketAuthentication and SocketSubscription.</summary>
    LostRequest,

    /// <summary>The connection is cut in the middle of the body. The answers.</summary>
    CutBody,

    /// <summary>Half of the JSON as a complete answer or message. The answers and SocketMessage.</summary>
    Malformed,

    /// <summary>An answer without any ticker. Snapshot.</summary>
    EmptyTickers,

    /// <summary>The fault's symbol is missing. Snapshot.</summary>
    MissingSymbol,

    /// <summary>Stamps of the same time yesterday. Snapshot and SocketMessage.</summary>
    StaleStamp,

    /// <summary>Last prices of zero. Snapshot and SocketMessage.</summary>
    ZeroPrice,

    /// <summary>Last prices below zero. Snapshot and SocketMessage.</summary>
    NegativePrice,

    /// <summary>Last prices of null. Snapshot and SocketMessage.</summary>
    NullPrice,

    /// <summary>Last prices a thousand times as high. Snapshot and SocketMessage.</summary>
    PriceJump,

    /// <summary>Stamps five seconds before what they are: older than what was there already. Snapshot and SocketMessage.</summary>
    OutOfOrder,

    /// <summary>The event comes twice. SocketMessage.</summary>
    Duplicate,

    /// <summary>The day's volume, accumulated volume included, is half of what it was. Snapshot.</summary>
    VolumeCorrection,

    /// <summary>The day's bar is all zeros, in the middle of the day. Snapshot.</summary>
    DayReset,

    /// <summary>The right key is told <c>auth_failed</c> and the connection closed. SocketAuthentication.</summary>
    AuthFailed,

    /// <summary>The right key is told <c>max_connections</c> and the connection closed. SocketAuthentication.</summary>
    MaxConnections,

    /// <summary>Every subscription of the action is answered <c>not authorized</c>. SocketSubscription.</summary>
    NotAuthorized,

    /// <summary>The connection is cut in the middle of the message. SocketMessage.</summary>
    DropInMessage,

    /// <summary>The connection is closed with status 1001 instead of the message. SocketMessage.</summary>
    DropCleanly,

    /// <summary>From the message on nothing is sent, pongs neither, but the connection stays. SocketMessage.</summary>
    Silence,

    /// <summary>A binary message of random bytes comes before the message. SocketMessage.</summary>
    GarbageBinary,

    /// <summary>A message of 32 MB comes instead of the message. SocketMessage.</summary>
    HugeMessage,

    /// <summary>The message comes in frames of a few bytes. SocketMessage.</summary>
    TinyFrames,
}
