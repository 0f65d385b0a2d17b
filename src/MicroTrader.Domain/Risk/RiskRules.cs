using System.Globalization;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Risk;

/// <summary>The rules of risk: pure, each with a code. What a rule needs and is not known denies.</summary>
public static class RiskRules
{
    /// <summary>Judges an entry. A grant is a lease that the caller records with <see cref="Grant"/>.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="request">The entry.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The robot's clock.</param>
    /// <param name="session">What the market's hours say; the default allows.</param>
    public static RiskVerdict Judge(this RiskState state, EntryRequest request, RiskLimits limits, DateTimeOffset now, SessionVerdict session = default) =>
        JudgeState(state)
        ?? JudgeLosses(state, limits, now)
        ?? JudgeRequest(request, limits, now, session)
        ?? JudgePlaces(state, request, limits, now)
        ?? JudgePace(state, limits, now)
        ?? JudgeReads(state, now)
        ?? JudgeMoney(state, request, limits, now)
        ?? JudgeCosts(request, limits)
        ?? new RiskVerdict(null, now + limits.Lease, null);

    /// <summary>Records a grant: the symbol takes its place, and its money, until the lease ends or the position says how it stands.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="request">What was granted.</param>
    /// <param name="leaseUntil">Until when the grant holds.</param>
    /// <param name="question">The number of the position's question that it answers.</param>
    public static RiskState Grant(this RiskState state, EntryRequest request, DateTimeOffset leaseUntil, long question)
    {
        var money = request.Notional is { } notional ? new PositionMoney(0, notional, 0m, request.Price!.Value, 0m, request.Currency) : null;
        return state with { Exposures = state.Exposures.SetItem(request.Symbol, new Exposure(leaseUntil, question, money, request.Price, OwesRead: true)) };
    }

    /// <summary>
    /// Records what a position says of itself. That nothing is held counts only once the position has had the answer to its newest question: what it
    /// said before must not take the lease away under which it is about to enter.
    /// </summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="standing">How the position stands.</param>
    /// <param name="answered">The number of its newest question that it has the answer to.</param>
    /// <param name="now">The robot's clock.</param>
    public static RiskState WithPosition(this RiskState state, PositionStanding standing, long answered, DateTimeOffset now)
    {
        state = state.WithOrders(standing.Orders, now);
        var known = state.Exposures.GetValueOrDefault(standing.Symbol);
        if (standing.Exists)
            return state with { Exposures = state.Exposures.SetItem(standing.Symbol, new Exposure(null, 0, standing.Money, known?.Price, standing.OwesRead)) };
        var isUnderLease = known is { LeaseUntil: not null } && known.Question > answered;
        return isUnderLease ? state : state with { Exposures = state.Exposures.Remove(standing.Symbol) };
    }

    /// <summary>Records the newest price of a symbol that has a position; one that makes no sense is passed over.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="symbol">The instrument.</param>
    /// <param name="price">The price of a share, in the instrument's currency.</param>
    public static RiskState WithPrice(this RiskState state, Symbol symbol, decimal price) =>
        price is > 0 and <= EntryRequest.HighestPrice && state.Exposures.TryGetValue(symbol, out var exposure)
            ? state with { Exposures = state.Exposures.SetItem(symbol, exposure with { Price = price }) }
            : state;

    private static RiskVerdict? JudgeState(RiskState state)
    {
        if (state.NotReady.Count > 0)
            return Deny(DenialCode.NotReady, $"waiting for {string.Join(", ", state.NotReady.Order(StringComparer.Ordinal).Take(3))}");
        if (state.TradingState == TradingState.Stopped)
            return Deny(DenialCode.Stopped, $"all orders are stopped ({state.Reason})");
        if (state.TradingState == TradingState.ExitOnly)
            return Deny(DenialCode.ExitOnly, $"exits only ({state.Reason})");
        return state.Draining ? Deny(DenialCode.Draining, "the robot is about to stop") : null;
    }

    private static RiskVerdict? JudgeLosses(RiskState state, RiskLimits limits, DateTimeOffset now)
    {
        if (limits.MaxDailyLoss is { } most && JudgeDay(state, limits, most) is { } lost)
            return lost;
        return limits.CoolDown is not null && state.Counters.CoolDownUntil is { } until && now < until
            ? Deny(DenialCode.CoolDown, string.Create(CultureInfo.InvariantCulture, $"{state.Counters.LossesInRow} trades in a row were lost: no entry before {until.UtcDateTime:HH:mm:ss} UTC"))
            : null;
    }

    private static RiskVerdict? JudgeDay(RiskState state, RiskLimits limits, decimal most)
    {
        if (state.Counters.Today is not { } today)
            return Deny(DenialCode.NotReady, "the day's account is not open yet");
        // Reached once, it holds for the day, whatever prices do after it; only a person who allows more lifts it.
        if (today.ReachedLimit >= most)
            return Deny(DenialCode.DailyLoss, $"the day's loss has reached {RiskAccounting.Amount(today.ReachedLimit.Value, limits.AccountCurrency)}; no entry before the next day in New York");
        if (state.DayPnl(limits) is not { } pnl)
            return Deny(DenialCode.MissingPrice, $"the price of {state.Unpriced()}, which is held, is not known, and so the day's loss is not");
        return pnl <= -most
            ? Deny(DenialCode.DailyLoss, $"the day has lost {RiskAccounting.Amount(-pnl, limits.AccountCurrency)}, {RiskAccounting.Amount(most, limits.AccountCurrency)} is its limit")
            : null;
    }

    private static RiskVerdict? JudgeRequest(EntryRequest request, RiskLimits limits, DateTimeOffset now, SessionVerdict session)
    {
        if (request.Notional is null)
            return Deny(DenialCode.MissingPrice, request.Price is { } price ? $"the price {price} makes no sense" : "the price is not known");
        if (request.SizeProblem is { } size)
            return Deny(DenialCode.InstrumentLimits, size);
        if (request.Quantity <= 0 || request.Quantity > limits.MaxQuantity)
            return Deny(DenialCode.Quantity, $"quantity {request.Quantity}; above 0, at most {limits.MaxQuantity}");
        if (now - request.TickAt > limits.MaxTickAge)
            return Deny(DenialCode.StaleTick, $"the tick is older than {limits.MaxTickAge}");
        // A feed whose clock runs ahead would make every stale tick look fresh.
        if (request.TickAt - now > limits.MaxTickAge)
            return Deny(DenialCode.StaleTick, $"the tick is from the future by more than {limits.MaxTickAge}");
        return session.Denial is { } closed ? Deny(Code(closed), session.Detail!) : null;
    }

    private static RiskVerdict? JudgePlaces(RiskState state, EntryRequest request, RiskLimits limits, DateTimeOffset now)
    {
        var taken = state.Taken(now);
        if (taken.Any(e => e.Key == request.Symbol))
            return Deny(DenialCode.PositionExists, "the symbol has a position");
        return taken.Count >= limits.MaxOpenPositions
            ? Deny(DenialCode.TooManyPositions, $"{taken.Count} positions, {limits.MaxOpenPositions} are allowed")
            : null;
    }

    private static RiskVerdict? JudgePace(RiskState state, RiskLimits limits, DateTimeOffset now)
    {
        if (limits.MaxTradesPerHour is { } trades && state.TradesThisHour(now) is var begun && begun >= trades)
            return Deny(DenialCode.TooManyTradesPerHour, $"{begun} trades begun within the hour, {trades} are allowed");
        return limits.MaxOrdersPerMinute is { } orders && state.OrdersThisMinute(now) is var sent && sent >= orders
            ? Deny(DenialCode.TooManyOrdersPerMinute, $"{sent} orders within the minute, {orders} are allowed")
            : null;
    }

    // What is bought is sold only once the history has shown it. Granted together, entries would find out one by one that there are not enough reads for all.
    private static RiskVerdict? JudgeReads(RiskState state, DateTimeOffset now)
    {
        if (state.Reads is not { } reads)
            return null;
        var owed = state.Taken(now).Count(e => e.Value.OwesRead);
        return reads.LeftAt(now) is var left && left < ReadOutlook.NeededFor(owed)
            ? Deny(DenialCode.HistoryReads, string.Create(CultureInfo.InvariantCulture, $"too few reads of the broker's order history are left: {left}, needed {ReadOutlook.NeededFor(owed)}; what is bought can be sold only once it was found there (buys that wait for that: {owed})"))
            : null;
    }

    private static RiskVerdict? JudgeMoney(RiskState state, EntryRequest request, RiskLimits limits, DateTimeOffset now)
    {
        var unit = limits.NotionalCurrency ?? request.Currency;
        var notional = state.Convert(request.Notional!.Value, request.Currency, unit, limits);
        if ((limits.MaxNotional ?? limits.MaxTotalNotional) is not null && notional is null)
            return DenyRate(request.Currency, unit, "this entry");
        if (limits.MaxNotional is { } most && notional > most)
            return Deny(DenialCode.Notional, $"{RiskAccounting.Amount(notional.Value, unit)} for one entry, at most {RiskAccounting.Amount(most, unit)}");
        if (CashBook.Problem(state, request, limits, now) is { } problem)
            return Deny(DenialCode.Cash, problem);
        if (limits.MaxTotalNotional is not { } all)
            return null;
        var sum = notional!.Value;
        foreach (var (symbol, exposure) in state.Taken(now).OrderBy(e => e.Key.Value, StringComparer.Ordinal))
        {
            if (exposure.Money is not { } money)
                return Deny(DenialCode.MissingPrice, $"what {symbol} was bought for is not known");
            if (state.Convert(money.Notional, money.Currency, unit, limits, money.FxRate) is not { } amount)
                return DenyRate(money.Currency, unit, $"{symbol}, which is held");
            sum += amount;
        }

        return sum > all
            ? Deny(DenialCode.TotalNotional, $"{RiskAccounting.Amount(sum, unit)} in all positions, at most {RiskAccounting.Amount(all, unit)}")
            : null;
    }

    private static RiskVerdict DenyRate(string from, string to, string what) =>
        Deny(DenialCode.MissingRate, $"no fill has told the rate of {from} to {to} yet, and {what} is in {from}: the limit is in {to}");

    private static RiskVerdict? JudgeCosts(EntryRequest request, RiskLimits limits)
    {
        if (limits.TakeProfitPercent is not { } gain)
            return null;
        // A bid above its ask is no quote: it would make up for the fees.
        if (request.SpreadPercent is < 0)
            return Deny(DenialCode.Spread, "the bid is above the ask");
        if (limits.MaxSpreadPercentOfTakeProfit is { } share && request.SpreadPercent is { } spread && spread > gain * share / 100m)
            return Deny(DenialCode.Spread, string.Create(CultureInfo.InvariantCulture, $"a spread of {spread:0.####} %, at most {share:0.##} % of TP ({gain * share / 100m:0.####} %)"));
        var cost = limits.CostPercent(request);
        return limits.MaxCostPercent is { } allowed && cost > allowed
            ? Deny(DenialCode.RoundTripCost, string.Create(CultureInfo.InvariantCulture, $"buying and selling costs {cost:0.####} %, at most {limits.MaxCostPercentOfTakeProfit:0.##} % of TP ({allowed:0.####} %)"))
            : null;
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
