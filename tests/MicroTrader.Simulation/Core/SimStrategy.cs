using MicroTrader.Domain.Orders;
using MicroTrader.Simulation.Core.Robot;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>Prices, and the wishes that follow from them: entries at the seed's whim, exits by the domain's TP and SL.</summary>
internal sealed class SimStrategy(SimClock clock, Adversary adversary, SimVenue venue, SimRobot robot, bool isHasty)
{
    // In its first minute the robot sends no entry: it takes the budget for spent. Prices before that would only cost time.
    private const long FirstTick = 56 * Span.Second;

    private readonly Dictionary<SimInstrument, (long Trade, SimPosition Position)> _signalled = [];

    /// <summary>Until when entries are wished for, in the simulation's units of time.</summary>
    public long EntriesUntil { get; set; } = long.MaxValue;

    private SimRandom Random => adversary.Random;

    public void Start()
    {
        foreach (var instrument in venue.Instruments)
            clock.In(FirstTick + Random.Between(0, 5 * Span.Second), () => Tick(instrument));
    }

    private void Tick(SimInstrument instrument)
    {
        var pause = adversary.Strikes(FaultKind.FeedStops)
            ? Random.Between(5 * Span.Second, 60 * Span.Second) : isHasty ? Random.Between(50 * Span.Millisecond, 800 * Span.Millisecond)
            : Random.Between(500 * Span.Millisecond, 4 * Span.Second);
        // Once nothing is entered any more and nothing held is judged, prices say nothing.
        if (clock.Ticks >= EntriesUntil && (!robot.IsUp || robot.Position(instrument.Symbol).Judged is null))
            pause = Math.Max(pause, 5 * Span.Second);
        clock.In(pause, () => Tick(instrument));
        instrument.Price = Math.Max(1m, Math.Round(instrument.Price * (1m + (Random.Between(-60, 60) / 10_000m)), 2));
        if (!robot.IsUp)
            return;
        var at = clock.Now;
        if (adversary.Strikes(FaultKind.StaleTick))
            at = at.AddTicks(-Random.Between(3 * Span.Second, 60 * Span.Second));
        var position = robot.Position(instrument.Symbol);
        if (position.IsStopped)
            return;
        if (position.Judged is { } judged)
        {
            if (_signalled.GetValueOrDefault(instrument) != (judged.Trade, position) && robot.Settings.Exits.Judge(judged.EntryPrice, instrument.Price) is { } reason)
            {
                _signalled[instrument] = (judged.Trade, position);
                position.Enqueue(new ExitWished(reason, instrument.Price, judged.Trade));
            }
        }
        else if (clock.Ticks < EntriesUntil && Random.Below(isHasty ? 2 : 5) == 0)
        {
            position.Enqueue(new EntryWished(new EntrySignal(instrument.Symbol, instrument.Price, at, clock.Now, 0.1m, 3, 1.5m)));
        }
    }
}
