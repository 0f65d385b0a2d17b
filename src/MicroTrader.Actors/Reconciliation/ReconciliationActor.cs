using Akka.Actor;
using Microsoft.Extensions.Logging;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Execution;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Reconciliation;

/// <summary>
/// Compares what the journal does not know with what the broker shows: once at the start, before the first entry, and whenever an intent has no certain
/// outcome, until it has one. What follows from the evidence is decided in the domain.
/// </summary>
internal sealed class ReconciliationActor : ReceiveActor
{
    /// <summary>What risk waits for: that the broker was read once since the start.</summary>
    public const string Ready = "reconciliation";

    // How long a sweep may stay without an answer before another begins: longer than the client's own time-outs and retries. A reader that was restarted
    // answers nobody, and an intent must not stay unresolved for that.
    private static readonly TimeSpan SweepPatience = TimeSpan.FromSeconds(60);

    private readonly RobotServices _services;
    private readonly RobotSettings _settings;
    private readonly IActorRef _gateway;
    private readonly IActorRef _risk;
    private readonly ILogger _log;
    private readonly ActorTimer _next;
    private readonly Dictionary<OrderReference, Case> _cases = [];
    private PendingRead? _pending;
    private HoldingsRead? _holdings;
    private DateTimeOffset? _lastSweep;
    private bool _sweeping;
    // Whether the sweep under way asked for the pending orders too.
    private bool _readsOrders;
    private bool _ready;

    public ReconciliationActor(RobotServices services, RobotSettings settings, IActorRef gateway, IActorRef risk)
    {
        _services = services;
        _settings = settings;
        _gateway = gateway;
        _risk = risk;
        _log = services.Logs.CreateLogger<ReconciliationActor>();
        _next = new ActorTimer(services.Time, Self);
        Receive<ResolveIntent>(OnResolve);
        // In braces: a handler that gives back false would say that the message is not handled.
        Receive<ForgetIntent>(forget =>
        {
            _cases.Remove(forget.Reference);
        });
        Receive<ActorTimer.Rung>(rung =>
        {
            if (_next.IsCurrent(rung))
                Sweep();
        });
        Receive<PendingRead>(OnPending);
        Receive<HistoryRead>(OnHistory);
        Receive<HoldingsRead>(OnHoldings);
        Receive<DescribeHoldings>(_ =>
        {
            if (_holdings is { } holdings)
                Sender.Tell(holdings);
        });
        Receive<TradingStateReport>(_ => { });
        Receive<RiskStarted>(_ =>
        {
            if (_ready)
                _risk.Tell(new Readiness(Ready, true));
        });
        // What was asked of the one before is answered by nobody.
        Receive<GatewayRestarted>(_ => Sweep());
        Receive<Report>(_ => Sender.Tell(Describe()));
    }

    private RequestPriority Urgency => _cases.Values.Any(c => c.Ask.WatchUntil is null) ? RequestPriority.Exit : RequestPriority.Reconciliation;

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    protected override void PreStart() => Sweep();

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.Parent.Tell(new ReconciliationRestarted());
    }

    protected override void PostStop() => _next.Dispose();

    private void OnResolve(ResolveIntent resolve)
    {
        var known = _cases.GetValueOrDefault(resolve.Intent.Reference);
        _cases[resolve.Intent.Reference] = new Case(resolve) { Alarmed = known?.Alarmed ?? false };
        // One that is looked for already only tells what has become known since.
        var isNew = known is null || (known.Ask.WatchUntil is not null && resolve.WatchUntil is null);
        if (isNew && !(_sweeping && _readsOrders))
            Sweep();
    }

    // Holdings first: they say at the start that the broker can be read. Then pending orders before the history, so that an order which fills in between
    // is seen in one of them.
    private void Sweep()
    {
        _sweeping = true;
        _readsOrders = !_ready || _cases.Count > 0;
        _pending = null;
        _next.ArmAt(Now + SweepPatience);
        _gateway.Tell(new ReadHoldings(RequestPriority.Reconciliation));
        if (_readsOrders)
            _gateway.Tell(new ReadPending(Urgency));
    }

    private void OnPending(PendingRead read)
    {
        _pending = read;
        if (read.Orders is null)
        {
            EndSweep(failed: true);
            return;
        }

        if (_cases.Count == 0)
        {
            BecomeReady();
            EndSweep(failed: false);
            return;
        }

        var since = _cases.Values.Min(c => c.Ask.Intent.EarliestCreation(_settings.Reconciliation.ClockSkew));
        _gateway.Tell(new ReadHistory(since - TimeSpan.FromSeconds(1), Urgency));
    }

    private void OnHistory(HistoryRead history)
    {
        if (_pending is not { } pending)
            return;
        var evidence = new Evidence(pending.Orders, pending.ReadAt, history.Orders, history.ReadAt, history.CompleteSince);
        foreach (var @case in _cases.Values.ToList())
            Judge(@case, evidence);
        if (history.Orders is not null)
            BecomeReady();
        EndSweep(failed: history.Orders is null);
    }

    private void OnHoldings(HoldingsRead read)
    {
        if (read.Holdings is not null)
        {
            _holdings = read;
            Context.Parent.Tell(read);
        }

        // Where nothing is in doubt this read was the sweep.
        if (_sweeping && !_readsOrders)
            EndSweep(failed: read.Holdings is null);
    }

    private void Judge(Case @case, Evidence evidence)
    {
        var (intent, watchUntil, replyTo) = (@case.Ask.Intent, @case.Ask.WatchUntil, @case.Ask.ReplyTo);
        switch (Reconciler.Judge(intent, evidence, _settings.Reconciliation))
        {
            case Verdict.Found found:
                Settle(@case, "found");
                replyTo.Tell(new IntentFound(intent.Reference, found.Order.OrderId, found.Source));
                break;
            case Verdict.NotPlaced when watchUntil is null:
                // It stays watched: an order that turns up late is still ours.
                replyTo.Tell(new IntentNotPlaced(intent.Reference));
                _cases[intent.Reference] = new Case(@case.Ask with { WatchUntil = Now + _settings.Reconciliation.LateWatch });
                _log.StateChanged(Reports.PathOf(Self), intent.Symbol.Value, "unresolved", "watched", intent.Reference.Value, nameof(Verdict.NotPlaced));
                break;
            case Verdict.NotPlaced when watchUntil <= Now:
                Settle(@case, "not placed");
                break;
            case Verdict.Ambiguous ambiguous when !@case.Alarmed:
                _cases[intent.Reference] = @case with { Alarmed = true };
                _log.NeedsYou(intent.Symbol.Value, string.Join(", ", ambiguous.OrderIds), intent.Reference.Value);
                break;
        }
    }

    private void Settle(Case @case, string how)
    {
        var intent = @case.Ask.Intent;
        _cases.Remove(intent.Reference);
        _log.StateChanged(Reports.PathOf(Self), intent.Symbol.Value, @case.Ask.WatchUntil is null ? "unresolved" : "watched", how, intent.Reference.Value, nameof(Reconciler.Judge));
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
        if (!failed)
            _lastSweep = Now;
        var unresolved = failed || _cases.Values.Any(c => c.Ask.WatchUntil is null);
        _next.ArmAt(Now + (unresolved ? _settings.ReconcileRetry : _settings.ReconcileInterval));
    }

    private ActorReport Describe() => Reports.Log(
        _log,
        Self,
        ("ready", _ready),
        ("unresolved", _cases.Values.Count(c => c.Ask.WatchUntil is null)),
        ("watched", _cases.Values.Count(c => c.Ask.WatchUntil is not null)),
        ("sweeping", _sweeping),
        ("last sweep", Reports.Time(_lastSweep)),
        ("next sweep", Reports.Time(_next.Due)),
        ("holdings", _holdings?.Holdings?.Count ?? 0));

    private sealed record Case(ResolveIntent Ask)
    {
        public bool Alarmed { get; init; }
    }
}
