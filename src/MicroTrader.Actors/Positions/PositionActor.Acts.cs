using Akka.Actor;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Positions;

/// <content>What is done, and said, once a fact is in the journal.</content>
internal sealed partial class PositionActor
{
    // The facts of the trade under way, for its trace. A snapshot is only taken while nothing is held: recovery replays every fact of an open trade.
    private readonly List<IPositionEvent> _trail = [];

    private void Remember(IPositionEvent fact)
    {
        if (fact is EntryIntended or LateEntryAdopted)
            _trail.Clear();
        _trail.Add(fact);
    }

    private void Act(IPositionEvent fact, long? signalTimestamp)
    {
        Say(fact);
        if (PositionEffects.Of(_state, fact) is { } effect)
            CarryOut(effect, signalTimestamp);
        if (fact is OrderFound found && _state.Trade!.Entry.Reference == found.Reference)
            _peers.Ledger.Tell(new TradeReopened(_symbol, _state.TradeNumber));
        if (fact is TradeClosed && TradeView.From(_state) is { } view)
        {
            _peers.Ledger.Tell(new TradeEnded(view, OrderView.Of(_state)));
            TradeTracing.Emit(view, _trail);
        }
    }

    private void CarryOut(PositionEffect effect, long? signalTimestamp)
    {
        switch (effect)
        {
            case PositionEffect.Send send:
                // An entry is worth its signal's price, and that grows old; an exit is wanted for as long as the shares are held.
                DateTimeOffset? deadline = send.SignalAt is { } at ? at + _settings.EntryDeadline : null;
                _services.Metrics.Intended(SideOf(send.Reference));
                _peers.Gateway.Tell(new PlaceOrder(Ticket(_state.Trade!.Find(send.Reference)!), deadline, signalTimestamp, _me));
                break;
            case PositionEffect.Follow follow when _state.Trade?.Find(follow.Reference) is { } order:
                _peers.Gateway.Tell(new TrackOrder(Ticket(order), follow.OrderId, _me));
                break;
            case PositionEffect.Hurry hurry:
                _peers.Gateway.Tell(new HurryOrder(hurry.Reference));
                break;
            case PositionEffect.GiveUp given:
                _peers.Gateway.Tell(new GiveUpOrder(given.Reference));
                break;
        }
    }

    private void Say(IPositionEvent fact)
    {
        switch (fact)
        {
            case EntryIntended e:
                Logger.CreatingBuyOrder(_symbol.Value, Reports.Quantity(e.Quantity), e.Reference.Value);
                break;
            case ExitIntended e:
                Logger.ClosingPosition(_symbol.Value, e.Reference.Value, e.Reason.Code());
                break;
            case OrderAccepted e when SideOf(e.Reference) == OrderSide.Buy:
                Logger.BuyOrderCreated(e.OrderId, _symbol.Value, e.Reference.Value);
                break;
            case OrderOutcomeUnknown e:
                Logger.OutcomeUnknown(Word(e.Reference), _symbol.Value, e.Reference.Value, e.Detail);
                break;
            case OrderFound e:
                Logger.OrderFound(Word(e.Reference), _symbol.Value, e.OrderId, e.Reference.Value, e.Source);
                break;
            case OrderNotPlaced e:
                Logger.OrderNotPlaced(Word(e.Reference), _symbol.Value, e.Reference.Value);
                break;
            case OrderRejected e:
                Failed(e.Reference, $"{e.Code}: {e.Detail}");
                break;
            case OrderNotExecuted e:
                Failed(e.Reference, e.Detail);
                break;
            case OrderSettled e when SideOf(e.Reference) == OrderSide.Sell && _state.Trade!.Held > 0:
                Logger.ExitFailed(_symbol.Value, e.Reference.Value, $"{e.VenueStatus} with {Reports.Quantity(_state.Trade.Held)} shares left", Reports.Time(_state.Trade.RetryExitAt));
                break;
            case PositionBlocked e:
                Logger.NeedsYou(_symbol.Value, e.Code.Word(), e.Detail, e.Reference?.Value ?? "-", string.Join(", ", e.OrderIds));
                break;
            case PositionResolved e:
                Logger.Resolved(_symbol.Value, e.Choice.Word(), e.Detail);
                break;
            case HoldingAdjusted e:
                Logger.HoldingAdjusted(_symbol.Value, e.Detail, Reports.Quantity(_state.Trade!.Held));
                break;
            case ExitCleared e:
                Logger.ExitCleared(_symbol.Value, e.Detail);
                break;
            case TradeClosed e:
                Closed(e);
                break;
        }
    }

    // From the intent to the moment in which it is certain what became of it.
    private void Measure(PositionState before, IPositionEvent fact)
    {
        if (fact is not IOrderEvent { Reference: var reference } || before.Trade?.Find(reference) is not { IsUncertain: true } was)
            return;
        if (_state.Trade?.Find(reference) is { IsUncertain: false })
            _services.Metrics.Confirmed(Now - was.IntendedAt, was.Status == OrderStatus.Unknown);
    }

    private void Failed(OrderReference reference, string detail)
    {
        if (SideOf(reference) == OrderSide.Sell)
            Logger.ExitFailed(_symbol.Value, reference.Value, detail, Reports.Time(_state.Trade!.RetryExitAt));
    }

    private void Closed(TradeClosed e)
    {
        var trade = _state.Trade!;
        if (e.Result is { } result)
            Logger.PositionClosed(_symbol.Value, result.Describe(), e.Reason.Code(), trade.Orders[^1].Reference.Value, trade.LastExit?.OrderId);
        else
            Logger.PositionCameToNothing(_symbol.Value, e.Reason.Code(), e.Detail ?? "-", trade.Entry.Reference.Value);
    }

    private OrderSide SideOf(OrderReference reference) => _state.Trade!.Find(reference)!.Side;

    private string Word(OrderReference reference) => SideOf(reference) == OrderSide.Buy ? "BUY" : "SELL";

    private void LogChange(PositionState before, IPositionEvent fact) => Logger.StateChanged(
        Reports.PathOf(Self),
        _symbol.Value,
        Stand(before),
        Stand(_state),
        (fact as IOrderEvent)?.Reference.Value ?? _state.Trade?.Orders[^1].Reference.Value ?? "-",
        fact.GetType().Name);

    private static string Stand(PositionState state) =>
        state.Status == PositionStatus.Closed ? "CLOSED" : $"{state.Status.Word()}/{state.Trade!.Orders[^1].Status}";

    private ActorReport Describe()
    {
        var trade = _state.Trade;
        return Reports.Log(
            Logger,
            Self,
            ("symbol", _symbol),
            ("state", Stand(_state)),
            ("trade", _state.TradeNumber),
            ("reference", trade?.Orders[^1].Reference.Value ?? "-"),
            ("held", trade is null ? "0.0" : Reports.Quantity(_state.Status == PositionStatus.Closed ? 0 : trade.Held)),
            ("entry price", _state.Status == PositionStatus.Closed ? "-" : trade?.EntryPrice),
            ("exit", trade?.Exit?.Reason.Code() ?? "-"),
            ("due", Reports.Time(_due.Due)),
            ("frozen", _state.IsFrozen),
            ("needs you", _state.Blocked?.Code.Word() ?? "-"),
            ("exit held", _state.Trade?.ExitHold?.Kind.ToString() ?? "-"),
            ("no entry before", Reports.Time(_state.NoEntryBefore)),
            ("facts", LastSequenceNr));
    }
}
