namespace MicroTrader.Domain.Robot;

/// <summary>What a person may want to be told of while nobody watches. Each kind can be switched by a setting.</summary>
public enum NoticeKind
{
    /// <summary>Shares were bought.</summary>
    TradeOpened,

    /// <summary>A trade is over.</summary>
    TradeClosed,

    /// <summary>An entry came to nothing: refused, not sent, not placed or cancelled.</summary>
    TradeRejected,

    /// <summary>An order's outcome is not certain: it is looked for in the broker's records.</summary>
    InDoubt,

    /// <summary>A symbol, or the account, needs the person.</summary>
    NeedsYou,

    /// <summary>A sell came to nothing, or waits for a market that is shut: the shares are still held.</summary>
    ExitFailed,

    /// <summary>Prices do not come, or are too old.</summary>
    FeedStale,

    /// <summary>Prices come again.</summary>
    FeedBack,

    /// <summary>The day has lost what it may.</summary>
    DailyLoss,

    /// <summary>Too many losses in a row: a pause.</summary>
    CoolDown,

    /// <summary>The broker cannot be read.</summary>
    BrokerUnreachable,

    /// <summary>The broker can be read again.</summary>
    BrokerBack,

    /// <summary>What the robot may do was changed: paused, resumed, stopped.</summary>
    TradingState,

    /// <summary>The journal could not be read or written.</summary>
    JournalFailed,

    /// <summary>The host started.</summary>
    HostStarted,

    /// <summary>The host stopped; what stays open is named.</summary>
    HostStopped,
}

/// <summary>How much a notice matters, where not all can be told.</summary>
public enum NoticeWeight
{
    /// <summary>Nice to know: the first to be left out.</summary>
    Informational,

    /// <summary>Worth knowing soon.</summary>
    Warning,

    /// <summary>A person must act: never left out.</summary>
    Urgent,
}

/// <summary>Something that a person is told of, wherever they are.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Symbol">The instrument, by our name; null where it is about the whole robot.</param>
/// <param name="Reference">Our reference of the order; null where it is about none.</param>
/// <param name="Text">In words, without the mode.</param>
/// <param name="At">When, by the robot's clock.</param>
public sealed record RobotNotice(NoticeKind Kind, string? Symbol, string? Reference, string Text, DateTimeOffset At)
{
    /// <summary>How much it matters.</summary>
    public NoticeWeight Weight => Kind switch
    {
        NoticeKind.NeedsYou or NoticeKind.ExitFailed => NoticeWeight.Urgent,
        NoticeKind.TradeOpened or NoticeKind.TradeClosed or NoticeKind.TradeRejected => NoticeWeight.Informational,
        _ => NoticeWeight.Warning,
    };
}
