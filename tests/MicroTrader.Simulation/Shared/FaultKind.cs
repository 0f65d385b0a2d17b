namespace MicroTrader.Simulation.Shared;

/// <summary>What the adversary can do. The names are those of the report and of <c>--without</c>. At most 64: a set of them is one number.</summary>
internal enum FaultKind
{
    // On the way to the broker and back.
    ConnectionRefused,
    SlowHandOver,
    LostRequest,
    DelayedRequest,
    LostAnswer,
    DelayedAnswer,
    Status408,
    Status500Before,
    Status500After,
    Status502,
    Status503,
    Status429,
    MalformedBody,
    CutBody,

    // What the broker shows, and does.
    StalePositions,
    LaggingHistory,
    LaggingPending,
    OriginNotGiven,
    LateFill,
    PartialFill,
    RefusedFill,
    RefusedOrder,
    NotSettledYet,
    MarketCloses,
    BrokerClockOff,

    // People and other programs.
    PersonTrades,
    PersonTradesOurQuantity,
    PersonSellsOurs,
    OtherProgram,
    Split,
    TradingStateSet,
    PersonCloses,

    // Prices.
    FeedStops,
    StaleTick,

    // The robot's own ground.
    JournalFailsBefore,
    JournalFailsAfter,
    ActorRestarts,
    SlowMessage,
    CrashBeforeJournal,
    CrashAfterJournal,
    CrashBeforeSend,
    CrashAfterSend,
    CrashBeforeAnswer,
    CrashAfterAnswer,
    CrashBeforeHandOver,
    CrashAfterHandOver,
}
