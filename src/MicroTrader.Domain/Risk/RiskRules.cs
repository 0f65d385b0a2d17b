using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Risk;

/// <summary>The limits that risk holds.</summary>
public sealed record RiskLimits
{
    /// <summary>Positions at the same time, over all symbols (1 to 1,000).</summary>
    public int MaxOpenPositions { get; init; } = 4;

    /// <summary>Most shares an entry may buy (above 0).</summary>
    public decimal MaxQuantity { get; init; } = 1_000m;

    /// <summary>How long a grant holds until the position has journalled its intent (0.1 s to 1 min).</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Oldest tick that an entry may be decided on, in age at the time of the grant (0.1 s to 1 day).</summary>
    public TimeSpan MaxTickAge { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Why an entry was denied.</summary>
public enum DenialCode
{
    /// <summary>The start is not through: journals are read, the broker is compared.</summary>
    NotReady,

    /// <summary>The host is about to stop.</summary>
    Draining,

    /// <summary>A person allowed exits only.</summary>
    ExitOnly,

    /// <summary>A person stopped all orders.</summary>
    Stopped,

    /// <summary>The symbol has a position, or a grant for one.</summary>
    PositionExists,

    /// <summary>As many positions as allowed.</summary>
    TooManyPositions,

    /// <summary>The quantity is not above zero, or above the limit.</summary>
    Quantity,

    /// <summary>The tick behind the signal is too old.</summary>
    StaleTick,

    /// <summary>The market is shut.</summary>
    MarketClosed,

    /// <summary>The close is too near.</summary>
    NearClose,

    /// <summary>The market trades outside of its regular session.</summary>
    NotRegularSession,

    /// <summary>Regular trading has just started.</summary>
    JustOpened,
}

/// <summary>An entry that asks for leave.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Quantity">Shares to buy.</param>
/// <param name="TickAt">The time of the tick behind it.</param>
public sealed record EntryRequest(Symbol Symbol, decimal Quantity, DateTimeOffset TickAt);

/// <summary>Risk's answer: granted until a time, or denied with a code.</summary>
/// <param name="Denial">Why not; null when granted.</param>
/// <param name="LeaseUntil">Until when the grant holds; null when denied.</param>
/// <param name="Detail">The denial in words; null when granted.</param>
public readonly record struct RiskVerdict(DenialCode? Denial, DateTimeOffset? LeaseUntil, string? Detail)
{
    /// <summary>Whether the entry may go on.</summary>
    public bool IsGranted => Denial is null;
}

/// <summary>The rules of risk: pure, each with a code.</summary>
public static class RiskRules
{
    /// <summary>Judges an entry. A grant is a lease that the caller records with <see cref="Grant"/>.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="request">The entry.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The robot's clock.</param>
    /// <param name="session">What the market's hours say; the default allows.</param>
    public static RiskVerdict Judge(this RiskState state, EntryRequest request, RiskLimits limits, DateTimeOffset now, SessionVerdict session = default)
    {
        if (state.NotReady.Count > 0)
            return Deny(DenialCode.NotReady, $"waiting for {string.Join(", ", state.NotReady.Order(StringComparer.Ordinal).Take(3))}");
        if (state.TradingState == TradingState.Stopped)
            return Deny(DenialCode.Stopped, $"all orders are stopped ({state.Reason})");
        if (state.TradingState == TradingState.ExitOnly)
            return Deny(DenialCode.ExitOnly, $"exits only ({state.Reason})");
        if (state.Draining)
            return Deny(DenialCode.Draining, "the robot is about to stop");
        if (request.Quantity <= 0 || request.Quantity > limits.MaxQuantity)
            return Deny(DenialCode.Quantity, $"quantity {request.Quantity}; above 0, at most {limits.MaxQuantity}");
        if (now - request.TickAt > limits.MaxTickAge)
            return Deny(DenialCode.StaleTick, $"the tick is older than {limits.MaxTickAge}");
        // A feed whose clock runs ahead would make every stale tick look fresh.
        if (request.TickAt - now > limits.MaxTickAge)
            return Deny(DenialCode.StaleTick, $"the tick is from the future by more than {limits.MaxTickAge}");
        if (session.Denial is { } closed)
            return Deny(Code(closed), session.Detail!);
        var taken = state.Exposures.Where(e => e.Value.LeaseUntil is not { } until || until > now).ToList();
        if (taken.Any(e => e.Key == request.Symbol))
            return Deny(DenialCode.PositionExists, "the symbol has a position");
        if (taken.Count >= limits.MaxOpenPositions)
            return Deny(DenialCode.TooManyPositions, $"{taken.Count} positions, {limits.MaxOpenPositions} are allowed");
        return new RiskVerdict(null, now + limits.Lease, null);
    }

    /// <summary>Records a grant: the symbol takes its place until the lease ends or the position says how it stands.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="symbol">The instrument.</param>
    /// <param name="leaseUntil">Until when the grant holds.</param>
    /// <param name="question">The number of the position's question that it answers.</param>
    public static RiskState Grant(this RiskState state, Symbol symbol, DateTimeOffset leaseUntil, long question) =>
        state with { Exposures = state.Exposures.SetItem(symbol, new Exposure(leaseUntil, question)) };

    /// <summary>
    /// Records what a position says of itself. That nothing is held counts only once the position has had the answer to its newest question: what it
    /// said before must not take the lease away under which it is about to enter.
    /// </summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="symbol">The instrument.</param>
    /// <param name="exists">Whether the position takes a place under the cap.</param>
    /// <param name="answered">The number of its newest question that it has the answer to.</param>
    public static RiskState WithPosition(this RiskState state, Symbol symbol, bool exists, long answered)
    {
        if (exists)
            return state with { Exposures = state.Exposures.SetItem(symbol, new Exposure(null)) };
        var isUnderLease = state.Exposures.TryGetValue(symbol, out var exposure) && exposure.LeaseUntil is not null && exposure.Question > answered;
        return isUnderLease ? state : state with { Exposures = state.Exposures.Remove(symbol) };
    }

    private static DenialCode Code(SessionDenial denial) => denial switch
    {
        SessionDenial.Closed => DenialCode.MarketClosed,
        SessionDenial.NearClose => DenialCode.NearClose,
        SessionDenial.NotRegular => DenialCode.NotRegularSession,
        SessionDenial.JustOpened => DenialCode.JustOpened,
        _ => throw new ArgumentOutOfRangeException(nameof(denial), denial, null),
    };

    private static RiskVerdict Deny(DenialCode code, string detail) => new(code, null, detail);
}
