namespace MicroTrader.Domain.Robot;

/// <summary>The words for the kinds of notices, as settings, messages and programs have them.</summary>
public static class NoticeWords
{
    /// <summary>Every kind's word, e.g. <c>trade-opened</c>.</summary>
    public static IReadOnlyDictionary<string, NoticeKind> All { get; } =
        Enum.GetValues<NoticeKind>().ToDictionary(k => k.Word(), StringComparer.OrdinalIgnoreCase);

    /// <summary>A kind's word: lower case, hyphens between.</summary>
    public static string Word(this NoticeKind kind) => kind switch
    {
        NoticeKind.TradeOpened => "trade-opened",
        NoticeKind.TradeClosed => "trade-closed",
        NoticeKind.TradeRejected => "trade-rejected",
        NoticeKind.InDoubt => "in-doubt",
        NoticeKind.NeedsYou => "needs-you",
        NoticeKind.ExitFailed => "exit-failed",
        NoticeKind.FeedStale => "feed-stale",
        NoticeKind.FeedBack => "feed-back",
        NoticeKind.DailyLoss => "daily-loss",
        NoticeKind.CoolDown => "cool-down",
        NoticeKind.BrokerUnreachable => "broker-unreachable",
        NoticeKind.BrokerBack => "broker-back",
        NoticeKind.TradingState => "trading-state",
        NoticeKind.JournalFailed => "journal-failed",
        NoticeKind.HostStarted => "host-started",
        NoticeKind.HostStopped => "host-stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
