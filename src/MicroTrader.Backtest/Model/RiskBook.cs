using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Backtest.Model;

/// <summary>Risk, as the robot's risk keeps it: the domain's rules over what was counted. In a backtest nothing is journalled and nothing is caught up with.</summary>
internal sealed class RiskBook
{
    private readonly RiskLimits _limits;
    private readonly EventClock _clock;
    private readonly ITradingCalendar _calendar;
    private readonly ModelTimer _midnight;
    private readonly SortedDictionary<DenialCode, long> _denials = [];
    private RiskState _state = RiskState.Initial;

    public RiskBook(BacktestSettings settings, EventClock clock)
    {
        _limits = settings.Risk;
        _clock = clock;
        _calendar = settings.Calendar;
        _midnight = new ModelTimer(clock, () =>
        {
            Keep(_state.Due(_limits, _clock.Now));
            _midnight!.ArmAt(RiskDay.NextAfter(_clock.Now));
        });
        Keep(_state.CatchUp([], _limits, clock.Now));
        _midnight.ArmAt(RiskDay.NextAfter(clock.Now));
    }

    /// <summary>Denied entries by code.</summary>
    public IReadOnlyDictionary<DenialCode, long> Denials => _denials;

    /// <summary>What the trades have brought, net, as risk counts it.</summary>
    public decimal Realised => _state.Counters.Realised;

    /// <summary>Grants an entry or denies it.</summary>
    /// <param name="request">The entry.</param>
    /// <param name="takeProfitPercent">The gain that its costs are measured against.</param>
    /// <param name="rules">The rules of the hours for its symbol; null where hours do not matter.</param>
    /// <param name="question">The position's number of it.</param>
    /// <param name="reads">How many reads of the order history are left.</param>
    public RiskVerdict Judge(EntryRequest request, decimal takeProfitPercent, SessionRules? rules, long question, ReadOutlook? reads)
    {
        var now = _clock.Now;
        _state = _state with { Reads = reads };
        Keep(_state.Due(_limits, now));
        var session = rules?.JudgeEntry(_calendar, now) ?? default;
        var verdict = _state.Judge(request, _limits with { TakeProfitPercent = takeProfitPercent }, now, session);
        if (verdict.LeaseUntil is { } until)
            _state = _state.Grant(request, until, question).Commit(request, _limits, now);
        else
            _denials[verdict.Denial!.Value] = _denials.GetValueOrDefault(verdict.Denial.Value) + 1;
        return verdict;
    }

    /// <summary>The account's free cash was read.</summary>
    public void Take(CashReading reading) => _state = _state.WithCash(reading, _clock.Now);

    /// <summary>A position tells how it stands.</summary>
    public void Take(PositionStanding standing, long answered)
    {
        if (standing.Ended is { } ended)
            Keep(_state.Count(ended, _limits, _clock.Now));
        _state = _state.WithPosition(standing, answered, _clock.Now);
    }

    /// <summary>A price of a position that stands.</summary>
    public void See(Symbol symbol, decimal price)
    {
        _state = _state.WithPrice(symbol, price);
        Keep(_state.Due(_limits, _clock.Now));
    }

    private void Keep(IReadOnlyList<IRiskEvent> facts)
    {
        foreach (var fact in facts)
            _state = _state.Apply(fact);
    }
}
