using Akka.Actor;
using Akka.Persistence;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Actors.Positions;

/// <summary>
/// One symbol's position: the only one that asks for orders. What follows from what is decided in the domain; this actor journals the facts, applies
/// them, and only then acts: asks the gateway, tells risk, strategy and ledger. It owns the TIME alarm. Messages reach it through its back-off
/// supervisor, which is also the address it gives to others: that one lives on while the journal is away.
/// </summary>
internal sealed partial class PositionActor : JournaledActor
{
    private readonly RobotServices _services;
    private readonly RobotSettings _settings;
    private readonly PositionPeers _peers;
    private readonly Symbol _symbol;
    private readonly TradedSymbol? _traded;
    private readonly ActorTimer _due;
    private readonly IActorRef _me;
    private PositionState _state;
    // Null until risk has said: nothing is sold before, because all orders may be stopped.
    private TradingState? _trading;
    private long _brokerClockOffsetMs;
    private IReadOnlyDictionary<Ticker, BrokerHolding>? _holdings;
    private AskedEntry? _asked;
    private long _questions;
    private long _answered;
    private long _snapshotAt;
    private long _waitingSaid;

    /// <summary>Makes a position.</summary>
    /// <param name="services">What every actor is given.</param>
    /// <param name="settings">The robot's settings.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="traded">How it is traded; null where it no longer is: its position is managed to its end, and no new one is begun.</param>
    /// <param name="peers">Whom it talks to.</param>
    public PositionActor(RobotServices services, RobotSettings settings, Symbol symbol, TradedSymbol? traded, PositionPeers peers)
        : base(services, services.Logs.CreateLogger<PositionActor>())
    {
        _services = services;
        _settings = settings;
        _peers = peers;
        _symbol = symbol;
        _traded = traded;
        _state = PositionState.Empty(symbol);
        _me = Context.Parent;
        _due = new ActorTimer(services.Time, Self);

        services.Metrics.WatchMailbox("position", Self);
        Recover<IPositionEvent>(fact =>
        {
            _state = _state.Apply(fact);
            Remember(fact);
        });
        Recover<SnapshotOffer>(offer =>
        {
            _state = (PositionState)offer.Snapshot;
            _snapshotAt = offer.Metadata.SequenceNr;
        });
        Recover<RecoveryCompleted>(_ => OnRecovered());

        Command<EntrySignalled>(OnEntrySignal);
        Command<EntryAnswer>(OnEntryAnswer);
        Command<ExitSignalled>(exit => Decide(new PositionCommand.Exit(exit.Reason, exit.Price, exit.TradeNumber, exit.Basis), exit.Timestamp));
        Command<ClosePosition>(OnClose);
        Command<ActorTimer.Rung>(rung =>
        {
            if (_due.IsCurrent(rung))
                Decide(new PositionCommand.CheckDue());
        });
        Command<OrderAnswered>(answer => Decide(new PositionCommand.RecordOutcome(answer.Reference, answer.Outcome), seen: Seen(answer.Reference, answer.Seen)));
        Command<FillEstimated>(fill =>
        {
            if (IsOf(fill.Reference, fill.OrderId))
                Decide(new PositionCommand.RecordFillEstimate(fill.Reference, fill.Quantity, fill.Price, fill.FilledAt), seen: Seen(fill.Reference, fill.Seen));
        });
        Command<OrderEnded>(end =>
        {
            if (IsOf(end.Reference, end.OrderId))
                Decide(new PositionCommand.RecordSettlement(end.Reference, end.VenueStatus, end.Fills), seen: Seen(end.Reference, end.Seen));
        });
        Command<ReviewFound>(OnReview);
        Command<ResolvePosition>(OnResolve);
        Command<TradingStateReport>(OnTradingState);
        Command<BrokerClock>(clock => _brokerClockOffsetMs = clock.OffsetMs);
        // What the account holds beside ours can only be told apart while nothing of ours is held.
        Command<HoldingsRead>(read => _holdings = _state.Status == PositionStatus.Closed ? read.Holdings ?? _holdings : _holdings);
        Command<GatewayRestarted>(_ => Resume());
        Command<ReconciliationRestarted>(_ => TellReconciliation());
        Command<ClockJumped>(_ =>
        {
            // An alarm set before the jump rings when that time has run, not when the clock shows it.
            _due.Cancel();
            Decide(new PositionCommand.CheckDue());
        });
        Command<RiskStarted>(_ => TellRisk());
        Command<DescribePosition>(_ => Sender.Tell(Changed(), _me));
        Command<Report>(_ => Sender.Tell(Describe()));
        Command<SaveSnapshotSuccess>(saved => _snapshotAt = saved.Metadata.SequenceNr);
        Command<SaveSnapshotFailure>(failed => Logger.JournalFailed(failed.Cause, Reports.PathOf(Self), "snapshot", failed.Cause.Message));
    }

    public override string PersistenceId => JournalReader.PositionPrefix + _symbol;

    private PositionContext Rules => new(_traded?.Exits ?? _settings.Exits, _brokerClockOffsetMs, _settings.Reconciliation.LateWatch, _trading is TradingState.Active or TradingState.ExitOnly, _settings.SessionOf(_traded), Calendar);

    // An order outside of the regular session must say so, else it only queues for the next one.
    private bool OutsideRegular => _settings.SessionOf(_traded) is { RegularOnly: false } && Calendar.At(Now) != SessionKind.Regular;

    private ITradingCalendar Calendar => _traded?.Calendar ?? _settings.Calendar;

    protected override void PostStop()
    {
        _due.Dispose();
        base.PostStop();
    }

    private void OnRecovered()
    {
        if (_state is { Status: not PositionStatus.Closed, Trade: { } trade })
            Logger.Recovered(_symbol.Value, _state.Status.Word(), trade.Number, Reports.Quantity(trade.Held), Story(trade), trade.Orders[^1].Reference.Value);
        Resume();
    }

    // After a start, of the host or of the gateway: what has no outcome is unknown, and what is on its way is followed again.
    private void Resume()
    {
        _asked = null;
        Decide(new PositionCommand.Recover(), andThen: () =>
        {
            foreach (var effect in PositionEffects.AfterStart(_state))
                CarryOut(effect, null);
            TellReconciliation();
            _peers.Gateway.Tell(new DescribeBrokerClock(), _me);
            _peers.Reconciliation.Tell(new DescribeHoldings(), _me);
            Publish();
            TellRisk();
        });
    }

    // How it stands first, then that it is ready: risk may grant from there on. It answers with what the robot may do.
    private void TellRisk()
    {
        _peers.Risk.Tell(Exposure());
        _peers.Risk.Tell(new Readiness(PersistenceId, true), _me);
    }

    // What the comparison shows of this position; the same evidence may be told twice.
    private void OnReview(ReviewFound review)
    {
        if (review.Finding.ToCommand() is { } command)
            Decide(command, seen: Seen(ReferenceOf(review.Finding), review.Seen));
    }

    private OrderReference? ReferenceOf(Finding.OfSymbol finding) => finding switch
    {
        Finding.Found f => f.Reference,
        Finding.NotPlaced n => n.Reference,
        Finding.NeedsPerson { Reference: { } named } => named,
        _ => _state.Trade?.Orders[^1].Reference,
    };

    // Of another order than the one that the journal knows by this reference nothing is believed.
    private bool IsOf(OrderReference reference, long orderId) => _state.Trade?.Find(reference)?.OrderId == orderId;

    private EvidenceNoted? Seen(OrderReference? reference, IReadOnlyList<EvidenceNote> notes) =>
        reference is { } known && notes.Count > 0 ? new EvidenceNoted(known, notes, Now) : null;

    private void OnResolve(ResolvePosition resolve)
    {
        var sender = Sender;
        var command = new PositionCommand.Resolve(resolve.Choice, resolve.OrderId);
        var preview = _state.Decide(command, Now, Rules);
        if (preview.Ignored is { } why)
        {
            sender.Tell(new CommandResult(false, $"{_symbol}: {why}"));
            return;
        }

        var detail = preview.Events.OfType<PositionResolved>().Single().Detail;
        var sells = preview.Events.OfType<ExitIntended>().Select(e => $"; sells {Reports.Quantity(e.Quantity)} shares at once").FirstOrDefault() ?? "";
        if (!resolve.Confirmed)
            sender.Tell(new CommandResult(true, $"{_symbol}: would do this: {detail}{sells}"));
        else
            Decide(command, andThen: () => sender.Tell(new CommandResult(true, $"{_symbol}: {detail}{sells}")));
    }

    private void OnEntrySignal(EntrySignalled signalled)
    {
        if (_traded is not { } traded || _state.Status != PositionStatus.Closed)
            return;
        if (_state.Blocked is { } block)
        {
            _peers.Strategy.Tell(new EntryTurnedDown($"needs you: {block.Code.Word()}"));
            return;
        }

        if (_state.NoEntryBefore > Now)
        {
            _peers.Strategy.Tell(new EntryTurnedDown("an order that was not found is still watched for"));
            return;
        }

        // Risk that does not answer within its own lease is asked anew.
        if (_asked is { } asked && Now - asked.At < _settings.Risk.Lease)
            return;
        var sizing = traded.Sizing ?? new SizingRules { Quantity = _settings.Quantity, CashPerTrade = _settings.CashPerTrade };
        var size = OrderSizing.Size(sizing, traded.Limits ?? new InstrumentLimits(), signalled.Signal.Price, Held(traded.Instrument.Ticker));
        _asked = new AskedEntry(++_questions, signalled, size.Quantity, Now);
        var request = new EntryRequest(traded.Symbol, size.Quantity, signalled.FreshAt ?? signalled.Signal.TickTime, signalled.Signal.Price, traded.Instrument.Currency, signalled.SpreadPercent) { SizeProblem = size.Problem };
        _peers.Risk.Tell(new RequestEntry(request, _questions), _me);
    }

    private void OnEntryAnswer(EntryAnswer answer)
    {
        _answered = Math.Max(_answered, answer.Number);
        if (_asked is not { } asked || asked.Number != answer.Number || _traded is not { } traded)
        {
            // Nobody waits for it any more: what it granted is given back.
            _peers.Risk.Tell(Exposure());
            return;
        }

        _asked = null;
        if (!answer.Verdict.IsGranted)
        {
            _peers.Strategy.Tell(new EntryTurnedDown($"denied: {answer.Verdict.Denial}: {answer.Verdict.Detail}"));
            return;
        }

        if (answer.Verdict.LeaseUntil < Now || SendBy(asked.Signalled.Signal) < Now)
        {
            _peers.Risk.Tell(Exposure());
            _peers.Strategy.Tell(new EntryTurnedDown("it took too long: the signal is stale"));
            return;
        }

        var ticker = traded.Instrument.Ticker;
        Decide(
            new PositionCommand.IntendEntry(asked.Signalled.Signal, ticker, traded.Instrument.Currency, asked.Quantity, Held(ticker), answer.Look),
            asked.Signalled.Timestamp);
    }

    // Shares of a ticker that the account holds, the person's own included; null where no read said so.
    private decimal? Held(Ticker ticker) => _holdings is null ? null : _holdings.GetValueOrDefault(ticker)?.Quantity ?? 0m;

    private void OnClose(ClosePosition close)
    {
        var sender = Sender;
        if (_state.Status == PositionStatus.Closed)
        {
            sender.Tell(new CommandResult(false, $"{_symbol}: nothing is held"));
            return;
        }

        Decide(new PositionCommand.Exit(close.Reason, null, null), andThen: () => sender.Tell(new CommandResult(true, $"{_symbol}: {_state.Status.Word()}")));
    }

    private void OnTradingState(TradingStateReport report)
    {
        _trading = report.State;
        Decide(new PositionCommand.CheckDue());
    }

    // An entry is worth its signal's price, and that grows old.
    private DateTimeOffset SendBy(EntrySignal signal) => signal.At + _settings.EntryDeadline;

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    // Decide, journal, apply, then act: in this order, always.
    private void Decide(PositionCommand command, long? signalTimestamp = null, Action? andThen = null, EvidenceNoted? seen = null)
    {
        var decision = _state.Decide(command, Now, Rules, seen);
        if (decision.Ignored is { } why)
            Logger.Ignored(Reports.PathOf(Self), _symbol.Value, why);

        if (decision.Events.Count == 0)
        {
            ArmTimer();
            andThen?.Invoke();
            return;
        }

        Write(
            decision.Events,
            fact =>
            {
                var before = _state;
                _state = _state.Apply(fact);
                Measure(before, fact);
                LogChange(before, fact);
                Remember(fact);
                if (PositionNotices.Of(before, _state, fact) is { } notice)
                    _services.Notify(notice);
            },
            () =>
            {
                // Before anything is sent: what is on its way must not look like another program's order.
                TellReconciliation();
                foreach (var fact in decision.Events)
                    Act(fact, signalTimestamp);
                ArmTimer();
                Publish();
                SnapshotIfDue();
                andThen?.Invoke();
            });
    }

    private void ArmTimer()
    {
        var due = _state.NextDue(Rules);
        _due.ArmAt(due);
        SayWaiting(due);
    }

    // Shares that are wanted out while the market is shut: said once a trade, for nothing protects them until it opens.
    private void SayWaiting(DateTimeOffset? due)
    {
        if (_settings.SessionOf(_traded) is not { } session || _state is not { Status: PositionStatus.Open, Trade: { Exit: { } exit } trade } || _waitingSaid == trade.Number)
            return;
        if (session.MaySell(Calendar, Now))
            return;
        _waitingSaid = trade.Number;
        Logger.ExitWaitsForOpen(_symbol.Value, exit.Reason.Code(), Reports.Time(due), trade.Orders[^1].Reference.Value);
        _services.Notify(new RobotNotice(
            NoticeKind.ExitFailed,
            _symbol.Value,
            trade.Orders[^1].Reference.Value,
            $"{_symbol} is to be sold ({exit.Reason.Code()}), but the market is shut: the sell waits until {Reports.Time(due)}",
            Now));
    }

    private void SnapshotIfDue()
    {
        if (_state.Status == PositionStatus.Closed && LastSequenceNr - _snapshotAt >= _settings.SnapshotEvery)
        {
            _snapshotAt = LastSequenceNr;
            SaveSnapshot(_state);
        }
    }

    private ExposureReport Exposure() => new(PositionStanding.From(_state), _answered);

    private PositionChanged Changed() => new(JudgedPosition.From(_state));

    private void Publish()
    {
        _peers.Strategy.Tell(Changed(), _me);
        _peers.Risk.Tell(Exposure());
        _peers.Ledger.Tell(new PositionShown(_symbol, PositionView.From(_state), BlockedView.From(_state), OrderView.Of(_state)));
    }

    private void TellReconciliation() => _peers.Reconciliation.Tell(new PositionKnown(_state, _me));

    private OrderTicket Ticket(OrderState order)
    {
        var trade = _state.Trade!;
        // What the account held before a sell: what it held before the buy, and what was bought.
        var before = order.Side == OrderSide.Buy ? trade.HeldBefore : trade.HeldBefore + trade.Held + (order.IsTerminal ? order.FilledQuantity : 0);
        return new OrderTicket(_symbol, trade.Ticker, order.Reference, order.Side, order.Quantity, order.IntendedAt, order.BrokerClockOffsetMs, before, trade.Number, OutsideRegular);
    }

    private static string Story(TradeState trade)
    {
        var order = trade.Orders[^1];
        var id = order.OrderId is { } orderId ? $" order {orderId}" : "";
        return $"{order.Side.ToString().ToUpperInvariant()}{id} {order.Status}, entry price {trade.EntryPrice} {trade.Currency}, opened {Reports.Time(trade.Entry.FilledQuantity > 0 ? trade.OpenedAt : null)}";
    }

    private sealed record AskedEntry(long Number, EntrySignalled Signalled, decimal Quantity, DateTimeOffset At);
}
