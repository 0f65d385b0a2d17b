using Akka.Actor;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Actors.Gateway;

/// <content>What may leave when, and what risk is told of it.</content>
internal sealed partial class OrderGatewayActor
{
    private bool _limitsTold;
    private bool _draining;
    private ReadOutlook? _outlookTold;

    // No entry is granted while none could leave: each would be intended, dropped as stale, and counted as a trade begun.
    private void TellLimits()
    {
        var now = _services.Time.GetUtcNow();
        var until = _budget.AssumedSpentUntil(BrokerEndpoint.PlaceOrder, now);
        _outlookTold = null;
        TellOutlook(now);
        _limitsTold = until is null;
        _limitsKnown.ArmAt(until);
        Context.Parent.Tell(new Readiness(OrderLimits, until is null));
    }

    private void OnAnswerSeen(AnswerSeen seen)
    {
        var now = _services.Time.GetUtcNow();
        if (seen.Info.ServerDate is { } date)
            OnBrokerDate(date, now);
        if (seen.Info.RateLimit is { } limit)
            _budget.Observe(seen.Endpoint, limit.Remaining, limit.Reset - TimeSpan.FromMilliseconds(_brokerClockOffsetMs), now);
        if (!_limitsTold && seen.Endpoint == BrokerEndpoint.PlaceOrder)
            TellLimits();
        Release();
    }

    private void Release()
    {
        var now = _services.Time.GetUtcNow();
        foreach (var (request, asker, granted) in _queue.Release(now))
        {
            if (request.Endpoint == BrokerEndpoint.PlaceOrder && !MayLeave(request, granted))
                continue;
            asker.Tell(granted ? new PermitGranted(request.Tag) : new PermitExpired(request.Tag, _queue.WhyLate(request, now)));
        }

        TellOutlook(now);
        _release.ArmAt(_queue.NextRelease(now));
    }

    // One leave a reference, ever, whatever a child asks for: the last gate before a second order.
    private bool MayLeave(RequestPermit request, bool granted)
    {
        if (request.Tag is not OrderReference reference)
            return false;
        if (_orders.Find(reference) is not { } entry)
        {
            // It was given up while it waited: what was kept for it is not needed.
            _budget.Settle(reference);
            return false;
        }

        if (entry.Sent)
            return false;
        if (granted)
        {
            // From here on the order may leave, and only the child's answer can say that it did not.
            entry.Sent = true;
            _sent++;
        }

        return true;
    }

    private void OnDrain()
    {
        _draining = true;
        LookAtEntries();
    }

    // Where nothing is entered, nothing is left for an entry: what is over can be told the sooner.
    private void LookAtEntries()
    {
        _budget.EntersNoMore = _draining || _trading != TradingState.Active;
        Release();
    }

    // From here on, and until its figures are known, a read of the history is kept for it.
    private void Owe(GatewayOrder entry)
    {
        if (entry.Ticket.Side == OrderSide.Buy && _budget.Owe(entry.Ticket.Reference))
            Release();
    }

    private void Settle(GatewayOrder entry)
    {
        if (_budget.Settle(entry.Ticket.Reference))
            Release();
    }

    // Before anything else is told: what risk grants next is to be granted on it.
    private void TellOutlook(DateTimeOffset now)
    {
        if (_budget.Outlook(now) is not { } outlook || outlook.Equals(_outlookTold))
            return;
        _outlookTold = outlook;
        Context.Parent.Tell(outlook);
    }
}
