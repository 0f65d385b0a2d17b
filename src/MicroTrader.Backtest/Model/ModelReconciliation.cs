using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Backtest.Model;

/// <summary>
/// The reads of the robot's comparison of journal and broker. In a world of its own they never show anything new, but they are made of the same limits as the
/// reads that tell of fills, and so decide when those are made.
/// </summary>
internal sealed class ModelReconciliation
{
    // As in the robot: an order that was created just before the last sweep may show only now.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    // A sweep that got no answer for so long is begun anew.
    private static readonly TimeSpan SweepPatience = TimeSpan.FromSeconds(60);

    // As in the robot: trades that end together are one reason to read the cash.
    private static readonly TimeSpan CashAfter = TimeSpan.FromSeconds(1);

    // As in the robot: the account may be read once in 5 s.
    private static readonly TimeSpan JustRead = TimeSpan.FromSeconds(6);

    private readonly BacktestSettings _settings;
    private readonly ModelGateway _gateway;
    private readonly Func<IEnumerable<PositionState>> _positions;
    private readonly RiskBook _risk;
    private readonly DateTimeOffset _startedAt;
    private readonly Mailbox _box = new();
    private readonly ModelTimer _next;
    private readonly ModelTimer _cash;
    private DateTimeOffset _foreignSince;
    private DateTimeOffset _pendingReadAt;
    private bool _sweeping;
    private bool _ready;
    private bool _holdingsSeen;

    public ModelReconciliation(BacktestSettings settings, ModelGateway gateway, RiskBook risk, Func<IEnumerable<PositionState>> positions)
    {
        _settings = settings;
        _gateway = gateway;
        _risk = risk;
        _positions = positions;
        _next = new ModelTimer(gateway.Clock, () => Post(Sweep));
        _cash = new ModelTimer(gateway.Clock, () => Post(ReadCash));
        _startedAt = _foreignSince = gateway.Clock.Now;
        // The host reads it before the robot starts.
        risk.Take(new CashReading(gateway.Venue.AvailableCash, _startedAt));
        Post(Sweep);
    }

    private DateTimeOffset Now => _gateway.Clock.Now;

    // As in the robot: nothing is entered before the first comparison is through.
    private RequestPriority Urgency => _ready ? RequestPriority.Reconciliation : RequestPriority.Doubt;

    private void Sweep()
    {
        _sweeping = true;
        _holdingsSeen = false;
        _next.ArmAt(Now + (SweepPatience * _settings.TimeScale));
        // Through the gateway, which hands it to its reader.
        _gateway.Pump.Post(_gateway.Box, () => _gateway.ReadHoldings(Urgency, _ => Post(OnHoldings)));
        ReadCash();
    }

    /// <summary>A position is over: what it gave back may be needed for the next one.</summary>
    public void TradeEnded() => Post(() =>
    {
        if (_settings.Risk.CashHoldBackPercent is not null)
            _cash.ArmAt(_cash.Due ?? Now + CashAfter);
    });

    private void ReadCash()
    {
        if (_settings.Risk.CashHoldBackPercent is null || Now - _startedAt < JustRead)
            return;
        _gateway.Pump.Post(_gateway.Box, () => _gateway.ReadCash(
            RequestPriority.Reconciliation, seen => Post(() => _risk.Take(new CashReading(seen.Free, seen.ReadAt)))));
    }

    private void OnHoldings()
    {
        if (!_sweeping || _holdingsSeen)
            return;
        _holdingsSeen = true;
        _gateway.Pump.Post(_gateway.Box, () => _gateway.ReadPending(Urgency, seen => Post(() => OnPending(seen.ReadAt))));
    }

    private void OnPending(DateTimeOffset readAt)
    {
        if (!_sweeping)
            return;
        _pendingReadAt = readAt;
        var since = Reconciler.HistoryNeededSince(new JournalView([.. _positions()], _foreignSince, EmptyIds), _settings.Reconciliation, Now);
        _gateway.Pump.Post(_gateway.Box, () => _gateway.ReadHistory(since, Urgency, null, null, seen => Post(() => OnHistory(seen.IsComplete))));
    }

    private void OnHistory(bool isComplete)
    {
        if (!_sweeping)
            return;
        if (isComplete && _pendingReadAt - Overlap is var since && since > _foreignSince)
            _foreignSince = since;
        _sweeping = false;
        _ready |= isComplete;
        _next.ArmAt(Now + (isComplete ? _settings.ReconcileInterval : _settings.ReconcileRetry));
    }

    private static readonly HashSet<long> EmptyIds = [];

    private void Post(Action message) => _gateway.Pump.Post(_box, message);
}
