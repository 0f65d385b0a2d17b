using System.Globalization;

namespace MicroTrader.Domain.Risk;

/// <summary>The account's free cash, as it was read.</summary>
/// <param name="Free">What may be traded with, in the account's currency.</param>
/// <param name="ReadAt">When it was asked for, by the robot's clock.</param>
public sealed record CashReading(decimal Free, DateTimeOffset ReadAt);

/// <summary>An entry that was granted: its money may not be missing in a reading yet.</summary>
/// <param name="Amount">What it costs at the most that was known, in the account's currency.</param>
/// <param name="GrantedAt">When it was granted.</param>
public sealed record CashCommitment(decimal Amount, DateTimeOffset GrantedAt);

/// <summary>
/// The rule of cash: no entry asks for more than the free cash less what is held back. Between two readings every grant is taken off and nothing that is sold is
/// added, so that the rule errs to the side of not buying.
/// </summary>
public static class CashBook
{
    /// <summary>From a grant to the moment in which the order shows in the account's free cash: journal, queue, request and answer at their slowest.</summary>
    public static readonly TimeSpan ShowsAfter = TimeSpan.FromSeconds(15);

    /// <summary>Takes in a reading; an older one than the last only where the clock was set back since. Grants that it may not show yet stay taken off.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="now">The robot's clock.</param>
    public static RiskState WithCash(this RiskState state, CashReading reading, DateTimeOffset now) =>
        state.Cash is { } known && known.ReadAt > reading.ReadAt && known.ReadAt <= now
            ? state
            : state with { Cash = reading, Committed = state.Committed.RemoveAll(c => c.GrantedAt + ShowsAfter <= reading.ReadAt) };

    /// <summary>Takes a granted entry off.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="request">What was granted.</param>
    /// <param name="limits">The limits; without a look at the cash nothing is remembered.</param>
    /// <param name="now">The robot's clock.</param>
    public static RiskState Commit(this RiskState state, EntryRequest request, RiskLimits limits, DateTimeOffset now) =>
        limits.CashHoldBackPercent is null || CostOf(state, request, limits) is not { } cost
            ? state
            : state with { Committed = state.Committed.Add(new CashCommitment(cost, now)) };

    /// <summary>What an entry costs with its fees, in the account's currency; null where its price is not known.</summary>
    public static decimal? CostOf(this RiskState state, EntryRequest request, RiskLimits limits)
    {
        if (request.Notional is not { } notional)
            return null;
        var fees = limits.FeePercent + (limits.IsForeign(request.Currency) ? limits.FxFeePercent : 0m);
        return notional * state.MostWorth(request.Currency, limits) * (1m + (fees / 100m));
    }

    /// <summary>What entries may use of the free cash, in the account's currency, below zero where grants went beyond it; null where it is not known, or not looked at.</summary>
    public static decimal? UsableCash(this RiskState state, RiskLimits limits) => state.Cash is { } cash && limits.CashHoldBackPercent is { } heldBack
        ? (cash.Free * (1m - (heldBack / 100m))) - state.Committed.Sum(c => c.Amount)
        : null;

    /// <summary>Why an entry is denied for want of cash, in words; null where it is not.</summary>
    internal static string? Problem(RiskState state, EntryRequest request, RiskLimits limits, DateTimeOffset now)
    {
        if (limits.CashHoldBackPercent is not { } heldBack)
            return null;
        if (state.Cash is not { } cash)
            return "the account's free cash is not known yet";
        // One that is as far ahead was read before the clock was set back: how old it is cannot be told.
        if ((now - cash.ReadAt).Duration() > limits.MaxCashAge)
            return string.Create(CultureInfo.InvariantCulture, $"the account's free cash was last read at {cash.ReadAt.UtcDateTime:HH:mm:ss} UTC");
        if (state.CostOf(request, limits) is not { } cost)
            return "the price is not known";
        var usable = state.UsableCash(limits) ?? 0m;
        return cost > usable
            ? string.Create(CultureInfo.InvariantCulture, $"it costs {RiskAccounting.Amount(cost, limits.AccountCurrency)}, {RiskAccounting.Amount(Math.Max(usable, 0m), null)} of the free {RiskAccounting.Amount(cash.Free, null)} may be used ({heldBack:0.##} % are held back)")
            : null;
    }
}
