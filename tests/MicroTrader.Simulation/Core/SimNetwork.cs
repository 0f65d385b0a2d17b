using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Orders;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>
/// The way to the venue and back, with the client's rules at its end: a write is handed over once and never again, a read is tried once more when it
/// failed transiently, each try has its time-out, and an outcome is NotExecuted only where the body was never handed over or the answer was 429.
/// </summary>
internal sealed class SimNetwork(SimVenue venue, SimClock clock, Adversary adversary, Trace trace)
{
    // The client's defaults (Trading212Options): time-outs of 10 s, one retry of a read after some 250 ms.
    private const long TimeOut = 10 * Span.Second;

    // Its ConnectTimeout.
    private const long LongestConnect = 5 * Span.Second;

    private readonly SimRateLimits _limits = new(venue, clock);
    private readonly List<Travelling> _onTheWay = [];

    private SimRandom Random => adversary.Random;

    /// <summary>Hands an order over, as long as its sender is there. <paramref name="done"/> is told what became of it.</summary>
    /// <exception cref="RobotCrashed">The adversary ended the robot here.</exception>
    public void Post(SimInstrument instrument, decimal quantity, string intent, Func<bool> mayLeave, Action<OrderOutcome, SimHeaders?> done)
    {
        Crash(FaultKind.CrashBeforeSend);
        var call = new Call<OrderOutcome>(done);
        if (adversary.Strikes(FaultKind.ConnectionRefused))
        {
            clock.In(Random.Between(Span.Millisecond, 2 * Span.Second), () => call.End(new OrderOutcome.NotExecuted("connection refused"), null));
            return;
        }

        // While the connection is being made the request has not left: whoever gives it up in this time takes it back.
        if (adversary.Strikes(FaultKind.SlowHandOver))
        {
            clock.In(Random.Between(500 * Span.Millisecond, LongestConnect), () =>
            {
                if (mayLeave())
                    HandOver(instrument, quantity, intent, call);
            });
            return;
        }

        HandOver(instrument, quantity, intent, call);
    }

    /// <summary>Whether an order of the robot for an instrument may still arrive.</summary>
    public bool IsTravelling(SimInstrument instrument) => _onTheWay.Exists(t => t.Instrument == instrument);

    /// <summary>Asks for something. <paramref name="done"/> is told what came of it.</summary>
    /// <exception cref="RobotCrashed">The adversary ended the robot here.</exception>
    public void Ask(BrokerEndpoint endpoint, Func<object?> read, Action<SimAnswer> done)
    {
        Crash(FaultKind.CrashBeforeSend);
        Try(endpoint, read, done, isLast: false);
        Crash(FaultKind.CrashAfterSend);
    }

    /// <summary>From here on nothing is late: what is on the way arrives.</summary>
    public void Recover()
    {
        foreach (var travelling in _onTheWay.ToList())
            clock.In(Random.Between(0, Span.Second), travelling.Arrive);
    }

    /// <summary>Ends the robot here if the adversary says so.</summary>
    /// <exception cref="RobotCrashed">It does.</exception>
    public void Crash(FaultKind kind)
    {
        if (!adversary.Strikes(kind))
            return;
        if (trace.IsOn)
            trace.Add(clock.Ticks, "adversary", kind.ToString());
        throw new RobotCrashed();
    }

    private void HandOver(SimInstrument instrument, decimal quantity, string intent, Call<OrderOutcome> call)
    {
        venue.Sent(instrument, intent, quantity);
        if (trace.IsOn)
            trace.Add(clock.Ticks, "network", $"POST {intent} {quantity} {instrument.Ticker}");
        clock.In(TimeOut, () => call.End(new OrderOutcome.Unknown("time-out after the request was handed over"), null));
        Travel(
            instrument,
            () => ArriveOrder(instrument, quantity, intent, call),
            () => call.End(new OrderOutcome.Unknown("the connection was lost"), null));
        Crash(FaultKind.CrashAfterSend);
    }

    private void Try(BrokerEndpoint endpoint, Func<object?> read, Action<SimAnswer> done, bool isLast)
    {
        var call = new Call<SimAnswer>((answer, _) =>
        {
            // 404 and 429 are answers; the rest is tried once more.
            if (answer.Failure is null or "429" || isLast)
                done(answer);
            else
                clock.In(Random.Between(120 * Span.Millisecond, 380 * Span.Millisecond), () => Try(endpoint, read, done, isLast: true));
        });
        if (adversary.Strikes(FaultKind.ConnectionRefused))
        {
            clock.In(Random.Between(Span.Millisecond, Span.Second), () => call.End(new SimAnswer(null, false, "connection refused", null), null));
            return;
        }

        clock.In(TimeOut, () => call.End(new SimAnswer(null, false, "time-out", null), null));
        Travel(
            null,
            () => ArriveRead(endpoint, read, call),
            () => call.End(new SimAnswer(null, false, "the connection was lost", null), null));
    }

    private void ArriveOrder(SimInstrument instrument, decimal quantity, string intent, Call<OrderOutcome> call)
    {
        if (StatusBefore() is { } before)
        {
            Return(BrokerEndpoint.PlaceOrder, call, before == "429" ? new OrderOutcome.NotExecuted(before) : new OrderOutcome.Unknown(before));
            return;
        }

        if (!_limits.TryTake(BrokerEndpoint.PlaceOrder))
        {
            Return(BrokerEndpoint.PlaceOrder, call, new OrderOutcome.NotExecuted("429"));
            return;
        }

        var (order, refusal) = venue.Place(instrument, quantity, Owner.Robot, intent);
        if (order is null)
        {
            // A refusal whose body did not arrive is a refusal all the same: its status says so. Its words are lost.
            Return(BrokerEndpoint.PlaceOrder, call, adversary.Strikes(FaultKind.CutBody) ? new OrderOutcome.Rejected("BadRequest", "") : refusal!);
            return;
        }

        Return(BrokerEndpoint.PlaceOrder, call, StatusAfter() is { } after ? new OrderOutcome.Unknown(after) : new OrderOutcome.Accepted(order.Id));
    }

    private void ArriveRead(BrokerEndpoint endpoint, Func<object?> read, Call<SimAnswer> call)
    {
        if ((StatusBefore() ?? (_limits.TryTake(endpoint) ? null : "429")) is { } before)
        {
            Return(endpoint, call, new SimAnswer(null, false, before, _limits.Headers(endpoint)));
            return;
        }

        var value = read();
        var answer = StatusAfter() is { } after
            ? new SimAnswer(null, false, after, null)
            : new SimAnswer(value, value is null, null, _limits.Headers(endpoint));
        Return(endpoint, call, answer);
    }

    private string? StatusBefore()
    {
        if (adversary.Strikes(FaultKind.Status408))
            return "408";
        if (adversary.Strikes(FaultKind.Status500Before))
            return "500";
        if (adversary.Strikes(FaultKind.Status502))
            return "502";
        if (adversary.Strikes(FaultKind.Status503))
            return "503";
        return adversary.Strikes(FaultKind.Status429) ? "429" : null;
    }

    private string? StatusAfter()
    {
        if (adversary.Strikes(FaultKind.Status500After))
            return "500";
        if (adversary.Strikes(FaultKind.MalformedBody))
            return "200, but the body makes no sense";
        return adversary.Strikes(FaultKind.CutBody) ? "200, but the body did not arrive whole" : null;
    }

    private void Travel(SimInstrument? instrument, Action arrive, Action lost)
    {
        if (adversary.Strikes(FaultKind.LostRequest))
        {
            // Sometimes the sender notices.
            if (Random.Below(2) == 0)
                clock.In(Random.Between(Span.Millisecond, 3 * Span.Second), lost);
            return;
        }

        if (!adversary.Strikes(FaultKind.DelayedRequest))
        {
            clock.In(Random.Between(2 * Span.Millisecond, 120 * Span.Millisecond), arrive);
            return;
        }

        var wait = Random.Below(8) switch
        {
            < 4 => Random.Between(200 * Span.Millisecond, 9 * Span.Second),
            < 7 => Random.Between(9 * Span.Second, 30 * Span.Second),
            _ => Random.Between(30 * Span.Second, 5 * Span.Minute),
        };
        var travelling = new Travelling(instrument, arrive, _onTheWay);
        clock.In(wait, travelling.Arrive);
    }

    private void Return<T>(BrokerEndpoint endpoint, Call<T> call, T answer)
    {
        if (adversary.Strikes(FaultKind.LostAnswer))
            return;
        var headers = _limits.Headers(endpoint);
        var wait = adversary.Strikes(FaultKind.DelayedAnswer)
            ? Random.Between(200 * Span.Millisecond, 14 * Span.Second)
            : Random.Between(2 * Span.Millisecond, 120 * Span.Millisecond);
        clock.In(wait, () => call.End(answer, headers));
    }

    /// <summary>A request that ends once, however many ends it is told.</summary>
    private sealed class Call<T>(Action<T, SimHeaders?> done)
    {
        private bool _isOver;

        public void End(T answer, SimHeaders? headers)
        {
            if (_isOver)
                return;
            _isOver = true;
            done(answer, headers);
        }
    }

    /// <summary>A request that is late.</summary>
    private sealed class Travelling
    {
        private readonly Action _arrive;
        private readonly List<Travelling> _all;

        public Travelling(SimInstrument? instrument, Action arrive, List<Travelling> all)
        {
            Instrument = instrument;
            _arrive = arrive;
            _all = all;
            all.Add(this);
        }

        public SimInstrument? Instrument { get; }

        public void Arrive()
        {
            if (_all.Remove(this))
                _arrive();
        }
    }
}
