using System.Globalization;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Risk;

/// <summary>Counts trades, losses and days: <c>state, trade -> facts to journal</c>. Pure.</summary>
public static class RiskAccounting
{
    /// <summary>
    /// Counts a trade that is over: the facts to journal, none where it was counted before. Trades of one symbol must come in their order; what is
    /// lost in a row, and on which day, is told by the order and the time in which they ended.
    /// </summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="trade">The trade.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The robot's clock.</param>
    public static IReadOnlyList<IRiskEvent> Count(this RiskState state, EndedTrade trade, RiskLimits limits, DateTimeOffset now)
    {
        if (trade.TradeNumber <= state.Counters.LastCounted(trade.Symbol))
            return [];
        var facts = new List<IRiskEvent>(state.BeginDay(RiskDay.Of(trade.ClosedAt), limits, now));
        state = facts.Aggregate(state, (s, f) => s.Apply(f));
        var (counted, isEstimate) = Worth(state, trade, limits);
        Add(new TradeTaken(
            trade.Symbol,
            trade.TradeNumber,
            OrderReference.For(trade.Symbol, trade.TradeNumber, OrderSide.Buy, 1),
            trade.Result.Gross,
            trade.Result.Currency,
            trade.Result.Net,
            trade.Result.NetCurrency,
            counted,
            isEstimate,
            trade.FxRate,
            trade.ClosedAt,
            now));
        // Of two that ended in one moment the earlier may be told last: it makes no pause shorter.
        if (limits.CoolDown is { } pause && state.Counters.LossesInRow >= limits.MaxLossesInRow && trade.ClosedAt + pause > Later(now, state.Counters.CoolDownUntil))
            Add(new CoolDownBegan(trade.ClosedAt + pause, state.Counters.LossesInRow, now));
        facts.AddRange(state.CheckLoss(limits, now));
        return facts;

        void Add(IRiskEvent fact)
        {
            facts.Add(fact);
            state = state.Apply(fact);
        }
    }

    /// <summary>Counts what a start found in the positions' journals, then begins the present day: the facts to journal, in order.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="trades">The trades that are over, in the order in which they ended; those that were counted before may be among them.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The robot's clock.</param>
    public static IReadOnlyList<IRiskEvent> CatchUp(this RiskState state, IEnumerable<EndedTrade> trades, RiskLimits limits, DateTimeOffset now)
    {
        var facts = new List<IRiskEvent>();
        foreach (var trade in trades)
            Take(state.Count(trade, limits, now));
        Take(state.Due(limits, now));
        return facts;

        void Take(IReadOnlyList<IRiskEvent> next)
        {
            facts.AddRange(next);
            state = next.Aggregate(state, (s, f) => s.Apply(f));
        }
    }

    /// <summary>What time and prices have brought about by themselves: a day that begins, a loss that has become too large. The facts to journal.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The robot's clock.</param>
    public static IReadOnlyList<IRiskEvent> Due(this RiskState state, RiskLimits limits, DateTimeOffset now)
    {
        var began = state.BeginDay(RiskDay.Of(now), limits, now);
        return began.Count > 0 ? began : state.CheckLoss(limits, now);
    }

    /// <summary>The present day's gain or loss, in the account's currency; null before the first day, and where a position's price is not known.</summary>
    /// <param name="state">What risk decides on.</param>
    /// <param name="limits">Say the account's currency.</param>
    public static decimal? DayPnl(this RiskState state, RiskLimits limits) =>
        state.Counters.Today is { } today && state.Open(limits) is { } open ? state.Counters.Realised + open - today.StartValue : null;

    /// <summary>A symbol whose position's price is not known; null where there is none such.</summary>
    public static Symbol? Unpriced(this RiskState state) => state.Exposures
        .Where(e => e.Value is { Money.Held: not 0m, Price: null })
        .Select(e => (Symbol?)e.Key)
        .FirstOrDefault();

    /// <summary>Remembers orders for as long as a limit looks back; those that are known change nothing.</summary>
    public static RiskState WithOrders(this RiskState state, IEnumerable<JournalledOrder> orders, DateTimeOffset now)
    {
        var oldest = now - RiskState.Memory;
        var known = state.Orders;
        var fresh = orders.Where(o => o.At > oldest && !known.ContainsKey(o.Reference)).ToList();
        if (fresh.Count == 0)
            return state;
        return state with
        {
            Orders = known
                .RemoveRange(known.Values.Where(o => o.At <= oldest).Select(o => o.Reference))
                .AddRange(fresh.DistinctBy(o => o.Reference).Select(o => KeyValuePair.Create(o.Reference, o))),
        };
    }

    /// <summary>Places under the cap: positions, and grants whose lease has not ended.</summary>
    public static IReadOnlyList<KeyValuePair<Symbol, Exposure>> Taken(this RiskState state, DateTimeOffset now) =>
        [.. state.Exposures.Where(e => e.Value.LeaseUntil is not { } until || until > now)];

    /// <summary>Trades begun within the hour, and grants for more.</summary>
    public static int TradesThisHour(this RiskState state, DateTimeOffset now) =>
        state.Orders.Values.Count(o => o.Side == OrderSide.Buy && o.At > now - RiskState.Memory) + state.Leases(now);

    /// <summary>Orders within the minute, and grants for more.</summary>
    public static int OrdersThisMinute(this RiskState state, DateTimeOffset now) =>
        state.Orders.Values.Count(o => o.At > now - TimeSpan.FromMinutes(1)) + state.Leases(now);

    /// <summary>An amount as risk writes it: <c>-12.50 USD</c>.</summary>
    public static string Amount(decimal amount, string? currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount:0.00}{(currency is null ? "" : " ")}{currency}");

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;

    private static int Leases(this RiskState state, DateTimeOffset now) => state.Exposures.Values.Count(e => e.LeaseUntil > now);

    // A day does not begin again: a clock that was set back leaves it where it is.
    // What is open then without a price has brought nothing yet: its whole loss is the new day's.
    private static IReadOnlyList<IRiskEvent> BeginDay(this RiskState state, DateOnly day, RiskLimits limits, DateTimeOffset now)
    {
        if (state.Counters.Today is { } today && day <= today.Day)
            return [];
        var open = state.Exposures.Values.Sum(e => e.Money is { } money ? state.InAccount(money.NetAt(e.Price, limits) ?? 0m, money.Currency, money.FxRate, limits) : 0m);
        return [new TradingDayBegan(day, state.Counters.Realised + open, now)];
    }

    private static IReadOnlyList<IRiskEvent> CheckLoss(this RiskState state, RiskLimits limits, DateTimeOffset now) =>
        state.Counters.Today is { } today && limits.MaxDailyLoss is { } limit && !(today.ReachedLimit >= limit) && state.DayPnl(limits) is { } pnl && pnl <= -limit
            ? [new DailyLossReached(today.Day, pnl, limit, now)]
            : [];

    private static decimal? Open(this RiskState state, RiskLimits limits)
    {
        var sum = 0m;
        foreach (var exposure in state.Exposures.Values)
        {
            if (exposure.Money is not { } money)
                continue;
            if (money.NetAt(exposure.Price, limits) is not { } pnl)
                return null;
            sum += state.InAccount(pnl, money.Currency, money.FxRate, limits);
        }

        return sum;
    }

    private static (decimal Amount, bool IsEstimate) Worth(RiskState state, EndedTrade trade, RiskLimits limits)
    {
        var result = trade.Result;
        if (result.Net is { } net && (limits.AccountCurrency is null || result.NetCurrency == limits.AccountCurrency))
            return (net, false);
        var cost = result.Quantity * (result.EntryPrice + result.ExitPrice) / 2m * limits.RoundTripFeesPercent(result.Currency) / 100m;
        return (state.InAccount(result.Gross - cost, result.Currency, trade.FxRate, limits), true);
    }

    // The rate that its own fills told is better than that of another trade. Without one a loss counts for the most that it can be and a gain not at all: an
    // estimate must not loosen a limit.
    private static decimal InAccount(this RiskState state, decimal amount, string currency, decimal? fxRate, RiskLimits limits) =>
        !limits.IsForeign(currency) ? amount * limits.UnitOf(currency)
        : Exchange.IsRate(fxRate) ? amount / fxRate!.Value
        : state.KnownWorth(currency) is { } worth ? amount * worth
        : Math.Min(amount, 0m) * Exchange.HighestWorth(currency, limits.AccountCurrency);
}
