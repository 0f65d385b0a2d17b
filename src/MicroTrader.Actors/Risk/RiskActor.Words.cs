using System.Globalization;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Risk;

/// <content>What risk says of itself.</content>
internal sealed partial class RiskActor
{
    private void Say(IRiskEvent fact)
    {
        switch (fact)
        {
            case TradeTaken { IsEstimate: true } e:
                Logger.TradeEstimated(e.Symbol.Value, e.TradeNumber, RiskAccounting.Amount(e.Counted, _limits.AccountCurrency), e.Entry.Value);
                break;
            case CoolDownBegan e:
                Logger.CoolDown(e.Losses, Reports.Time(e.Until));
                Notify(NoticeKind.CoolDown, $"{e.Losses} trades in a row were lost: no entries before {Reports.Time(e.Until)}", e.At);
                break;
            case DailyLossReached e:
                Logger.DailyLoss(
                    e.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    RiskAccounting.Amount(-e.Pnl, _limits.AccountCurrency),
                    RiskAccounting.Amount(e.Limit, _limits.AccountCurrency));
                Notify(
                    NoticeKind.DailyLoss,
                    $"The day has lost {RiskAccounting.Amount(-e.Pnl, _limits.AccountCurrency)}, {RiskAccounting.Amount(e.Limit, _limits.AccountCurrency)} is its limit: no entries before the next day in New York; exits go on",
                    e.At);
                break;
        }

        Logger.StateChanged(Reports.PathOf(Self), (fact as TradeTaken)?.Symbol.Value ?? "*", "-", "-", (fact as TradeTaken)?.Entry.Value ?? "-", fact.GetType().Name);
    }

    private void Notify(NoticeKind kind, string text, DateTimeOffset at) => _services.Notify(new RobotNotice(kind, null, null, text, at));

    private ActorReport Describe()
    {
        var seen = _state.Summary(_limits, Now);
        return Reports.Log(
            Logger,
            Self,
            ("trading state", _state.TradingState),
            ("because", _state.Reason),
            ("since", Reports.Time(_state.Since)),
            ("positions and leases", $"{_state.Taken(Now).Count}/{_limits.MaxOpenPositions}"),
            ("losses in a row", Of(seen.LossesInRow, seen.MaxLossesInRow)),
            ("cool-down until", Reports.Time(seen.CoolDownUntil)),
            ("trades this hour", Of(seen.TradesThisHour, seen.MaxTradesPerHour)),
            ("orders this minute", Of(seen.OrdersThisMinute, seen.MaxOrdersPerMinute)),
            ("day", seen.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-"),
            ("day's P&L", seen.DayPnl is { } pnl ? RiskAccounting.Amount(pnl, seen.Currency) : "-"),
            ("day's loss limit", seen.MaxDailyLoss is { } most ? RiskAccounting.Amount(most, seen.Currency) : "-"),
            ("day's loss reached", seen.DailyLossReached),
            ("day's trades", seen.EstimatedTrades == 0 ? $"{seen.DayTrades}" : $"{seen.DayTrades}, {seen.EstimatedTrades} estimated"),
            ("waiting for", _state.NotReady.Count == 0 ? "-" : string.Join(" ", _state.NotReady.Order(StringComparer.Ordinal))),
            ("draining", _state.Draining),
            ("denials", _denials.Count == 0 ? "-" : string.Join(" ", _denials.Select(d => $"{d.Key}:{d.Value}"))),
            ("facts", LastSequenceNr));
    }

    private static string Of(int count, int? limit) => limit is { } most ? $"{count}/{most}" : $"{count}";
}
