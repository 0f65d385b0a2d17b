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
    private void Act(IPositionEvent fact, long? signalTimestamp)
    {
        switch (fact)
        {
            case EntryIntended e:
                Logger.CreatingBuyOrder(_symbol.Value, Reports.Quantity(e.Quantity), e.Reference.Value);
                Send(e.Reference, SendBy(e.Signal), signalTimestamp);
                break;
            case ExitIntended e:
                Logger.ClosingPosition(_symbol.Value, e.Reference.Value, e.Reason.Code());
                // An exit has no deadline: it is wanted for as long as the shares are held.
                Send(e.Reference, null, signalTimestamp);
                break;
            case OrderAccepted e when SideOf(e.Reference) == OrderSide.Buy:
                Logger.BuyOrderCreated(e.OrderId, _symbol.Value, e.Reference.Value);
                break;
            case OrderAccepted when _state.Trade!.Orders.Any(o => o.Status == OrderStatus.NotPlaced):
                // A sell that was given up is still watched for: this one's order must not be taken for it.
                AskAboutIntents();
                break;
            case OrderOutcomeUnknown e:
                Logger.OutcomeUnknown(Word(e.Reference), _symbol.Value, e.Reference.Value, e.Detail);
                AskWhatBecameOf(_state.Trade!.Find(e.Reference)!, null);
                break;
            case OrderFound e:
                Logger.OrderFound(Word(e.Reference), _symbol.Value, e.OrderId, e.Reference.Value, e.Source);
                _peers.Reconciliation.Tell(new ForgetIntent(e.Reference));
                _peers.Gateway.Tell(new TrackOrder(Ticket(_state.Trade!.Find(e.Reference)!), e.OrderId, _me));
                if (_state.Trade!.Entry.Reference == e.Reference)
                    _peers.Ledger.Tell(new TradeReopened(_symbol, _state.TradeNumber));
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
            case TradeClosed e:
                Closed(e);
                break;
        }
    }

    private void Send(OrderReference reference, DateTimeOffset? deadline, long? signalTimestamp) =>
        _peers.Gateway.Tell(new PlaceOrder(Ticket(_state.Trade!.Find(reference)!), deadline, signalTimestamp, _me));

    private void Failed(OrderReference reference, string detail)
    {
        // The answer of an intent that was being looked for settles it.
        _peers.Reconciliation.Tell(new ForgetIntent(reference));
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
        if (TradeView.From(_state) is { } view)
            _peers.Ledger.Tell(new TradeEnded(view));
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
            ("no entry before", Reports.Time(_state.NoEntryBefore)),
            ("facts", LastSequenceNr));
    }
}
