using System.Collections.Immutable;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Risk;

/// <summary>What a symbol takes of the cap on open positions.</summary>
/// <param name="LeaseUntil">Granted, not used yet: until when; null for a position that exists.</param>
/// <param name="Question">The number of the question that the lease answered; 0 for a position that exists.</param>
/// <param name="Money">The money in it; null where that is not known.</param>
/// <param name="Price">The newest price of a share, in the instrument's currency; null where none was seen.</param>
/// <param name="OwesRead">Whether its buy may still have to be found in the broker's order history before it can be sold.</param>
public sealed record Exposure(DateTimeOffset? LeaseUntil, long Question = 0, PositionMoney? Money = null, decimal? Price = null, bool OwesRead = false);

/// <summary>What of risk is journalled: the snapshot of its facts.</summary>
/// <param name="State">What the robot may do.</param>
/// <param name="Reason">Who or what set it.</param>
/// <param name="Since">When it was set; null before the first change.</param>
/// <param name="Counters">What was counted.</param>
/// <param name="ForeignOrderIds">Orders of other programs that were seen; null for none.</param>
/// <param name="Shared">Another program trades the account, which waits for a person's answer; null where none does.</param>
public sealed record RiskSnapshot(
    TradingState State, string Reason, DateTimeOffset? Since, RiskCounters Counters, IReadOnlyList<long>? ForeignOrderIds = null, SharedAccount? Shared = null);

/// <summary>What risk decides on.</summary>
/// <param name="TradingState">What the robot may do; journalled.</param>
/// <param name="Reason">Who or what set it; journalled.</param>
/// <param name="Since">When it was set; null before the first change.</param>
/// <param name="Exposures">What takes a place under the cap; gathered anew at each start from the positions' own journals.</param>
/// <param name="NotReady">What must happen before the first grant; empty when nothing.</param>
/// <param name="Draining">The host is about to stop: no entries. Not journalled.</param>
public sealed record RiskState(
    TradingState TradingState,
    string Reason,
    DateTimeOffset? Since,
    ImmutableDictionary<Symbol, Exposure> Exposures,
    ImmutableHashSet<string> NotReady,
    bool Draining)
{
    /// <summary>How long orders are remembered: the longest time that a limit looks back.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>How many orders of other programs are remembered.</summary>
    public const int RememberedForeignOrders = 1_000;

    /// <summary>Risk without a past: active once it is ready.</summary>
    public static RiskState Initial { get; } = new(TradingState.Active, "start", null, ImmutableDictionary<Symbol, Exposure>.Empty, [], false);

    /// <summary>What was counted; journalled.</summary>
    public RiskCounters Counters { get; init; } = RiskCounters.Empty;

    /// <summary>The orders of the last hour; gathered anew at each start from the positions' own journals.</summary>
    public ImmutableDictionary<OrderReference, JournalledOrder> Orders { get; init; } = ImmutableDictionary<OrderReference, JournalledOrder>.Empty;

    /// <summary>The account's free cash as it was last read; null before the first time. Not journalled: it is read anew at each start.</summary>
    public CashReading? Cash { get; init; }

    /// <summary>Granted entries whose money may not be missing in <see cref="Cash"/> yet.</summary>
    public ImmutableList<CashCommitment> Committed { get; init; } = [];

    /// <summary>
    /// How many reads of the broker's order history are left; null where nobody limits them. Not journalled: the gateway tells it before it says that it is ready, and
    /// with every change.
    /// </summary>
    public ReadOutlook? Reads { get; init; }

    /// <summary>Orders of other programs that were seen, so that each stops the entries once; journalled.</summary>
    public ImmutableList<long> ForeignOrderIds { get; init; } = [];

    /// <summary>Another program trades the account: needs the person, until entries are allowed again; null where none was seen since. Journalled.</summary>
    public SharedAccount? Shared { get; init; }

    /// <summary>What of this is journalled.</summary>
    public RiskSnapshot Snapshot => new(TradingState, Reason, Since, Counters, ForeignOrderIds.Count > 0 ? ForeignOrderIds : null, Shared);

    /// <summary>
    /// What follows from orders of another program: no more entries until a person resumes, for two who trade one account cannot tell their shares apart.
    /// Nothing follows from those that were seen before.
    /// </summary>
    /// <param name="orderIds">The broker's ids.</param>
    /// <param name="detail">In words.</param>
    /// <param name="now">The robot's clock.</param>
    public IReadOnlyList<IRiskEvent> SeeForeign(IReadOnlyList<long> orderIds, string detail, DateTimeOffset now)
    {
        var unseen = orderIds.Except(ForeignOrderIds).ToList();
        if (unseen.Count == 0)
            return [];
        var seen = new ForeignOrdersSeen(unseen, detail, now);
        return TradingState == TradingState.Active ? [seen, new TradingStateChanged(TradingState.ExitOnly, detail, now)] : [seen];
    }

    /// <summary>Applies one journalled fact.</summary>
    /// <exception cref="InvalidOperationException">The kind of fact is not known.</exception>
    public RiskState Apply(IRiskEvent @event) => @event switch
    {
        // Who allows entries again says with that that the robot is alone; a pause or a stop says nothing of it.
        TradingStateChanged e => this with { TradingState = e.State, Reason = e.Reason, Since = e.At, Shared = e.State == TradingState.Active ? null : Shared },
        ForeignOrdersSeen e => this with
        {
            ForeignOrderIds = [.. ForeignOrderIds.Concat(e.OrderIds).TakeLast(RememberedForeignOrders)],
            Shared = new SharedAccount(e.Detail, Shared?.Since ?? e.At),
        },
        // What is counted as brought is no longer open.
        TradeTaken e => this with { Counters = Counters.Apply(e), Exposures = WithoutMoney(e) },
        _ => this with { Counters = Counters.Apply(@event) },
    };

    /// <summary>Takes back what a snapshot holds.</summary>
    public RiskState Restore(RiskSnapshot snapshot) => this with
    {
        TradingState = snapshot.State,
        Reason = snapshot.Reason,
        Since = snapshot.Since,
        Counters = snapshot.Counters,
        ForeignOrderIds = [.. snapshot.ForeignOrderIds ?? []],
        Shared = snapshot.Shared,
    };

    private ImmutableDictionary<Symbol, Exposure> WithoutMoney(TradeTaken e) =>
        Exposures.TryGetValue(e.Symbol, out var exposure) && exposure.Money?.TradeNumber == e.TradeNumber
            ? Exposures.SetItem(e.Symbol, exposure with { Money = null })
            : Exposures;
}
