namespace MicroTrader.Simulation.Shared;

/// <summary>Sets of fault kinds, and how often each may come at the most.</summary>
internal static class FaultKinds
{
    public static readonly IReadOnlyList<FaultKind> All = Enum.GetValues<FaultKind>();

    public static ulong Bit(this FaultKind kind) => 1UL << (int)kind;

    public static bool Holds(this ulong set, FaultKind kind) => (set & kind.Bit()) != 0;

    public static bool IsCrash(this FaultKind kind) => kind >= FaultKind.CrashBeforeJournal;

    /// <summary>
    /// The worst a storm does, in chances in a million for each occasion. Occasions differ: a run has hundreds of messages and a handful of orders, and a
    /// robot that is restarted at each of its steps would show nothing of what comes later.
    /// </summary>
    public static int Worst(this FaultKind kind) => kind switch
    {
        FaultKind.CrashBeforeHandOver or FaultKind.CrashAfterHandOver => 12_000,
        FaultKind.SlowMessage => 60_000,
        FaultKind.ActorRestarts => 25_000,
        FaultKind.CrashBeforeJournal or FaultKind.CrashAfterJournal => 80_000,
        FaultKind.CrashBeforeSend or FaultKind.CrashAfterSend or FaultKind.CrashBeforeAnswer or FaultKind.CrashAfterAnswer => 40_000,
        FaultKind.JournalFailsBefore or FaultKind.JournalFailsAfter => 100_000,
        FaultKind.SlowHandOver or FaultKind.StalePositions or FaultKind.LaggingHistory or FaultKind.LaggingPending => 500_000,
        FaultKind.LateFill or FaultKind.PartialFill or FaultKind.RefusedFill or FaultKind.RefusedOrder or FaultKind.NotSettledYet => 300_000,
        FaultKind.OriginNotGiven or FaultKind.BrokerClockOff or FaultKind.MarketCloses => 500_000,
        FaultKind.PersonTrades or FaultKind.PersonTradesOurQuantity or FaultKind.OtherProgram or FaultKind.TradingStateSet or FaultKind.PersonCloses => 400_000,
        FaultKind.PersonSellsOurs or FaultKind.Split => 120_000,
        FaultKind.FeedStops or FaultKind.StaleTick => 250_000,
        _ => 200_000,
    };

    /// <summary>Reads names with commas between.</summary>
    /// <exception cref="FormatException">A name is none of a fault kind.</exception>
    public static ulong Parse(string names)
    {
        var set = 0UL;
        foreach (var name in names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Enum.TryParse<FaultKind>(name, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
                throw new FormatException($"'{name}' is no kind of fault; there are {string.Join(", ", All)}");
            set |= kind.Bit();
        }

        return set;
    }

    public static string Names(ulong set) => string.Join(',', All.Where(k => set.Holds(k)));
}
