using Akka.Actor;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Strategy;

/// <content>How good the prices are: their age, what is withheld, and the broker's own where the feed cannot tell.</content>
internal sealed partial class StrategyActor
{
    // A thinly traded symbol may go to and fro: its lines are for people once in so long, and for the log files each time.
    private static readonly TimeSpan StaleLines = TimeSpan.FromMinutes(1);

    private void OnPriced(bool wasLate, DateTimeOffset now)
    {
        var at = _judge.LastTickAt!.Value;
        _services.Metrics.Priced(_symbol.Value, at);
        var isBack = _freshness.Take(_judge.IsLate ? now : at, now);
        if (isBack)
        {
            LookAtAge();
            if (_staleSaidAt is { } said && now - said < StaleLines)
            {
                LogState(PriceWords.Stale, PriceWords.Fresh, nameof(Tick));
            }
            else
            {
                _log.PricesBack(_symbol.Value);
                _services.Notify(new RobotNotice(NoticeKind.FeedBack, _symbol.Value, null, $"{_symbol}: prices are back", Now));
            }

            _staleSaidAt = now;
        }

        if (isBack || wasLate != _judge.IsLate)
            AskBroker();
    }

    private void Count(in Tick tick, in PriceVerdict verdict)
    {
        var code = _withheld.Take(verdict);
        if (code is PriceCode.Good or PriceCode.Delayed)
            return;
        _log.TickWithheld(_symbol.Value, tick.Price, Reports.Time(tick.Time), code.ToString());
        if (code is PriceCode.Jump or PriceCode.CrossedQuote or PriceCode.OutsideQuote && _withheld.MaySay(Now))
            _log.PriceSuspect(_symbol.Value, tick.Price, code.ToString(), _judge.LastPrice is { } good ? Invariant($"{good}") : "-");
    }

    private void LookAtAge()
    {
        if (_freshness.Look(Now))
            OnStale();
        NoteState();
        _look.ArmAt(_freshness.NextLook);
    }

    private void NoteState() => _services.Metrics.Stale(_symbol.Value, _freshness.State == PriceState.Stale);

    private void OnStale()
    {
        var now = Now;
        NoteState();
        if (_staleSaidAt is { } said && now - said < StaleLines)
        {
            LogState(PriceWords.Fresh, PriceWords.Stale, nameof(ActorTimer));
        }
        else
        {
            _log.PricesStale(_symbol.Value, Age(), _brokerPrices is null || Held.EntryPrice is null ? "" : "; TP and SL are judged by the broker's own price meanwhile");
            _services.Notify(new RobotNotice(NoticeKind.FeedStale, _symbol.Value, null, $"{_symbol}: prices are stale: {Age()}; no entry before the next one", now));
            _staleSaidAt = null;
        }

        // The broker's first price is measured by the feed's last.
        if (_judge is { LastPrice: { } last, LastTickAt: { } at, IsLate: false })
            _brokerGuard.Know(last, at);
        AskBroker();
    }

    // Only while something is held whose prices are judged.
    private void AskBroker()
    {
        if (_brokerPrices is null)
            return;
        var wants = Held.EntryPrice is not null && (_judge.IsLate || _freshness.State == PriceState.Stale);
        if (wants == _wantsBrokerPrice)
            return;
        _wantsBrokerPrice = wants;
        _brokerPrices.Tell(new WantBrokerPrice(_symbol, _ticker, wants));
    }

    private void OnBrokerPrice(Tick tick)
    {
        if (!_wantsBrokerPrice)
            return;
        var verdict = _brokerGuard.Judge(tick, Now);
        Count(tick, verdict);
        if (verdict.IsWithheld || Held.EntryPrice is null)
            return;
        _risk.Tell(new PriceSeen(_symbol, tick.Price));
        if (!verdict.MayExit || _judge.OnOtherPrice(tick.Price) is not { } reason)
            return;
        _log.ExitByBrokerPrice(_symbol.Value, reason.Code(), tick.Price, Prices());
        Leave(reason, tick.Price, PriceBasis.Broker);
    }

    private string Age() => _freshness.NewestAt is { } at
        ? Invariant($"the newest is {Math.Max(0, (Now - at).TotalSeconds):0} s old")
        : "none has come yet";

    private string Prices() => _freshness.State switch
    {
        PriceState.Stale => PriceWords.Stale,
        PriceState.Closed => PriceWords.Shut,
        _ => _judge.IsLate ? PriceWords.Late : PriceWords.Fresh,
    };

    private SymbolView View() => new(_symbol.Value, _judge.LastPrice, _judge.LastTickAt, _judge.Ticks, _judge.Signals, Mind(), Prices(), _withheld.Counts)
    {
        Decisions = _judge.Counts.ToDictionary(c => c.Key.ToString(), c => c.Value),
        Exits = _exits,
        Currency = _currency,
        StaleAfterSeconds = _judge.Guard.Rules.StaleAfter?.TotalSeconds,
        AsksBroker = _wantsBrokerPrice,
    };

    private ActorReport Describe()
    {
        var seen = _judge.Strategy.Last.Indicators;
        return Reports.Log(
            _log,
            Self,
            ("symbol", _symbol),
            ("strategy", _judge.Strategy.Description),
            ("last price", _judge.LastPrice),
            ("last tick at", Reports.Time(_judge.LastTickAt)),
            ("prices", Prices()),
            ("withheld", string.Join(", ", _withheld.Counts.Select(w => $"{w.Key} {w.Value}")) is { Length: > 0 } withheld ? withheld : "-"),
            ("waits for a second price", _judge.Guard.Waiting == PriceCode.Good ? "-" : _judge.Guard.Waiting),
            ("asks for the broker's price", _wantsBrokerPrice),
            ("ticks", _judge.Ticks),
            ("window", seen.WindowFilled),
            ("rising moves", seen.RisingMoves),
            ("change %", Math.Round(seen.ChangePercent, 4)),
            ("volume ratio", seen.VolumeRatio is { } ratio ? Math.Round(ratio, 3) : "-"),
            ("signals", _judge.Signals),
            ("decisions", string.Join(" ", _judge.Counts.Select(c => $"{c.Key}:{c.Value}")) is { Length: > 0 } decisions ? decisions : "-"),
            ("position", Held.Status.Word()),
            ("no entry because", Mind()));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
