using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Gateway;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Reconciliation;

/// <summary>
/// Compares the journal with what the broker shows: at the start, before the first entry, for ever after, and at once when an intent has no certain outcome
/// or a sell came to nothing. It gathers the evidence within the rate budget; what follows from it is decided in the domain. Positions tell it what their
/// journals hold after every change, so that it never asks and never waits.
/// </summary>
internal sealed class ReconciliationActor : ReceiveActor
{
    /// <summary>What risk waits for: that journal and broker were compared in full since the start.</summary>
    public const string Ready = "reconciliation";

    // How long a sweep may stay without an answer before another begins: longer than the client's own time-outs and retries. A reader that was restarted
    // answers nobody, and an intent must not stay unresolved for that.
    private static readonly TimeSpan SweepPatience = TimeSpan.FromSeconds(60);

    // An order that was created just before the last sweep may show only now.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    // The broker allows one reading of the account in 5 s.
    private static readonly TimeSpan JustRead = TimeSpan.FromSeconds(6);

    // Trades that end together are one reason to read the cash.
    private static readonly TimeSpan CashAfter = TimeSpan.FromSeconds(1);

    private readonly RobotServices _services;
    private readonly RobotSettings _settings;
    private readonly IActorRef _gateway;
    private readonly IActorRef _risk;
    private readonly ILogger _log;
    private readonly ActorTimer _next;
    private readonly ActorTimer _cash;
    private readonly HashSet<Symbol> _awaited;
    private readonly Dictionary<Symbol, PositionKnown> _positions = [];
    private readonly Dictionary<OrderReference, EvidenceNotes> _seen = [];
    private readonly HashSet<long> _foreign = [];
    private readonly List<IActorRef> _asked = [];
    private DateTimeOffset _foreignSince;
    private HoldingsRead? _holdings;
    private HoldingsRead? _sweptHoldings;
    private PendingRead? _sweptPending;
    private DateTimeOffset? _reconciledAt;
    private long _offsetMs;
    private bool _sweeping;
    private bool _again;
    private bool _ready;

    public ReconciliationActor(RobotServices services, RobotSettings settings, IEnumerable<Symbol> symbols, IActorRef gateway, IActorRef risk)
    {
        _services = services;
        _settings = settings;
        _awaited = [.. symbols];
        _gateway = gateway;
        _risk = risk;
        _log = services.Logs.CreateLogger<ReconciliationActor>();
        services.Metrics.WatchMailbox("reconciliation", Self);
        _next = new ActorTimer(services.Time, Self);
        _cash = new ActorTimer(services.Time, Self);
        _foreignSince = services.Time.GetUtcNow();
        Receive<PositionKnown>(OnKnown);
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_next.IsCurrent(rung))
                Sweep();
            else if (_cash.IsCurrent(rung))
                ReadCash();
        });
        Receive<PendingRead>(OnPending);
        Receive<HistoryRead>(OnHistory);
        Receive<HoldingsRead>(OnHoldings);
        // What could not be read is asked for again with the next sweep; until then the last reading serves for as long as risk believes it.
        Receive<CashRead>(read =>
        {
            if (read.Free is { } free)
                _risk.Tell(new CashReading(free, read.ReadAt));
        });
        Receive<DescribeHoldings>(_ =>
        {
            if (_holdings is { } holdings)
                Sender.Tell(holdings);
        });
        Receive<BrokerClock>(clock => _offsetMs = clock.OffsetMs);
        Receive<ReconcileNow>(_ =>
        {
            _asked.Add(Sender);
            SweepSoon();
        });
        Receive<ClockJumped>(_ =>
        {
            // What was compared before the jump says nothing about now.
            _ready = false;
            _risk.Tell(new Readiness(Ready, false));
            Sweep();
        });
        Receive<TradingStateReport>(_ => { });
        Receive<RiskStarted>(_ =>
        {
            // What it was told just before it failed may not be in its journal.
            _foreign.Clear();
            if (!_ready)
                return;
            _risk.Tell(new Readiness(Ready, true));
            ReadCash();
        });
        // What was asked of the one before is answered by nobody.
        Receive<GatewayRestarted>(_ => Sweep());
        Receive<Report>(_ => Sender.Tell(Describe()));
    }

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    private bool IsInDoubt => _positions.Values.Any(p => Reconciler.IsInDoubt(p.State));

    // Not ready, nothing is entered; and who asks for a comparison waits for it.
    private RequestPriority Urgency => IsInDoubt || !_ready || _asked.Count > 0 ? RequestPriority.Doubt : RequestPriority.Reconciliation;

    protected override void PreStart() => Sweep();

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.Parent.Tell(new ReconciliationRestarted());
    }

    protected override void PostStop()
    {
        _next.Dispose();
        _cash.Dispose();
    }

    private void OnKnown(PositionKnown known)
    {
        var symbol = known.State.Symbol;
        var wasInDoubt = _positions.TryGetValue(symbol, out var before) && Reconciler.IsInDoubt(before.State);
        _positions[symbol] = known;
        // What a trade gave back may be needed for the next one.
        if (before is { State.Status: not PositionStatus.Closed } && known.State.Status == PositionStatus.Closed)
            _cash.ArmAt(_cash.Due ?? Now + CashAfter);
        if (_awaited.Remove(symbol) && _sweeping)
            ReadHistoryIfDue();
        foreach (var reference in _seen.Keys.Where(r => !IsOpen(r)).ToList())
            _seen.Remove(reference);
        _services.Metrics.Blocked(symbol.Value, known.State.Blocked is not null);
        if (!wasInDoubt && Reconciler.IsInDoubt(known.State))
            SweepSoon();
    }

    private bool IsOpen(OrderReference reference) =>
        _positions.Values.Any(p => Reconciler.IsInDoubt(p.State) && p.State.Trade?.Find(reference) is not null);

    // A sweep that began before the question cannot answer it: another follows.
    private void SweepSoon()
    {
        if (_sweeping)
            _again = true;
        else
            Sweep();
    }

    // Holdings first: they may only be older than what explains them. Then pending orders before the history, so that an order which fills in between is
    // seen in one of them.
    private void Sweep()
    {
        _sweeping = true;
        _again = false;
        _sweptHoldings = null;
        _sweptPending = null;
        _next.ArmAt(Now + (SweepPatience * _settings.TimeScale));
        _gateway.Tell(new ReadHoldings(Urgency));
        ReadCash();
    }

    // The host asked the account just before its start: at once the broker would only refuse.
    private void ReadCash()
    {
        if (_settings.Risk.CashHoldBackPercent is not null && !((Now - _settings.CashAtStart?.ReadAt)?.Duration() < JustRead))
            _gateway.Tell(new ReadCash(RequestPriority.Reconciliation));
    }

    private void OnHoldings(HoldingsRead read)
    {
        if (read.Holdings is not null)
        {
            _holdings = read;
            Context.Parent.Tell(read);
        }

        if (!_sweeping || _sweptHoldings is not null)
            return;
        _sweptHoldings = read;
        _gateway.Tell(new ReadPending(Urgency));
    }

    private void OnPending(PendingRead read)
    {
        if (!_sweeping)
            return;
        _sweptPending = read;
        ReadHistoryIfDue();
    }

    private void ReadHistoryIfDue()
    {
        // How far back it must reach is known once every position has told what it holds; and before that an order of one of them would look like another
        // program's.
        if (_sweptHoldings is null || _sweptPending is null || _awaited.Count > 0)
            return;
        if (_sweptHoldings.Holdings is null || _sweptPending.Orders is null)
        {
            EndSweep(failed: true);
            return;
        }

        _gateway.Tell(new ReadHistory(Reconciler.HistoryNeededSince(View(), _settings.Reconciliation, Now), Urgency));
    }

    private JournalView View() => new([.. _positions.Values.Select(p => p.State)], _foreignSince + TimeSpan.FromMilliseconds(_offsetMs), _foreign)
    {
        BrokerClockOffsetMs = _offsetMs,
    };

    private void OnHistory(HistoryRead history)
    {
        if (!_sweeping || _sweptPending is not { } pending || _sweptHoldings is not { } holdings)
            return;
        if (history.Orders is null)
        {
            EndSweep(failed: true);
            return;
        }

        var evidence = new Evidence(pending.Orders, pending.ReadAt, history.Orders, history.ReadAt, history.CompleteSince, holdings.Holdings, holdings.ReadAt);
        foreach (var finding in Reconciler.Review(View(), evidence, _settings.Reconciliation, Now))
            Tell(finding, evidence);
        if (history.CompleteSince is not null)
        {
            _foreignSince = Later(_foreignSince, pending.ReadAt - Overlap);
            _reconciledAt = Now;
            _services.Metrics.Reconciled(Now);
            BecomeReady();
        }

        EndSweep(failed: history.CompleteSince is null);
    }

    private void Tell(Finding finding, Evidence evidence)
    {
        switch (finding)
        {
            case Finding.Foreign foreign:
                if (!foreign.OrderIds.All(_foreign.Contains))
                    _risk.Tell(new ForeignOrders(foreign.OrderIds, foreign.Detail));
                _foreign.UnionWith(foreign.OrderIds);
                break;
            case Finding.OfSymbol of when _positions.TryGetValue(of.Symbol, out var position):
                var seen = Note(of, position.State, evidence);
                if (of.ToCommand() is not null)
                    position.ReplyTo.Tell(new ReviewFound(of, seen.Take()));
                break;
        }
    }

    // What was read and what it said, for the order that it is about: told with the verdict that ends the waiting.
    private EvidenceNotes Note(Finding.OfSymbol finding, PositionState state, Evidence evidence)
    {
        var reference = finding switch
        {
            Finding.Found f => f.Reference,
            Finding.NotPlaced n => n.Reference,
            Finding.Wait w => w.Reference,
            Finding.NeedsPerson { Reference: { } named } => named,
            _ => state.Trade!.Orders[^1].Reference,
        };
        if (!_seen.TryGetValue(reference, out var notes))
            _seen[reference] = notes = new EvidenceNotes(_services.Time);
        var ticker = state.Trade!.Ticker;
        var holds = evidence.Holdings?.GetValueOrDefault(ticker)?.Quantity ?? 0m;
        notes.Add(evidence.PendingReadAt, "GET orders, positions, history/orders", $"{evidence.Pending!.Count(o => o.Ticker == ticker)} pending, {holds} shares held, {evidence.History!.Count(o => o.Ticker == ticker)} orders in the history");
        notes.Add(Now, "verdict", finding switch
        {
            Finding.Found f => $"Found: order {f.OrderId} in {f.Source}",
            Finding.NotPlaced => "NotPlaced: complete reads over the settle window show no such order",
            Finding.Wait w => $"Wait: {w.Why}",
            Finding.NeedsPerson n => $"NeedsPerson: {n.Code.Word()}: {n.Detail}",
            Finding.ExitFree e => $"ExitFree: {e.Detail}",
            Finding.HoldingChanged h => $"HoldingChanged: {h.Detail}",
            _ => finding.GetType().Name,
        });
        return notes;
    }

    private void BecomeReady()
    {
        if (_ready)
            return;
        _ready = true;
        _risk.Tell(new Readiness(Ready, true));
    }

    private void EndSweep(bool failed)
    {
        _sweeping = false;
        foreach (var asker in _again ? [] : _asked)
            asker.Tell(failed ? new CommandResult(false, "the broker could not be read in full; it is tried again") : new CommandResult(true, Summary()));
        if (_again)
        {
            Sweep();
            return;
        }

        _asked.Clear();
        _next.ArmAt(Now + (failed || IsInDoubt ? _settings.ReconcileRetry : _settings.ReconcileInterval));
    }

    private string Summary()
    {
        var states = _positions.Values.Select(p => p.State).ToList();
        var blocked = states.Where(s => s.Blocked is not null).Select(s => s.Symbol.Value).Order(StringComparer.Ordinal).ToList();
        return $"journal and broker were compared: {states.Count(s => s.Status != PositionStatus.Closed)} positions, {states.Count(Reconciler.IsInDoubt)} in doubt, needs you: {(blocked.Count == 0 ? "none" : string.Join(", ", blocked))}";
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private ActorReport Describe() => Reports.Log(
        _log,
        Self,
        ("ready", _ready),
        ("in doubt", _positions.Values.Count(p => Reconciler.IsInDoubt(p.State))),
        ("blocked", _positions.Values.Count(p => p.State.Blocked is not null)),
        ("waiting for", _awaited.Count),
        ("sweeping", _sweeping),
        ("last sweep", Reports.Time(_reconciledAt)),
        ("next sweep", Reports.Time(_next.Due)),
        ("holdings", _holdings?.Holdings?.Count ?? 0));
}
