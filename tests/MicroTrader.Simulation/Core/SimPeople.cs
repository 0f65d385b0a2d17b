using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Simulation.Core.Robot;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Core;

/// <summary>
/// A person and another program with the same account: they trade what the robot trades, at the worst of moments, and the person steers the robot. What
/// no robot could tell apart they do not do: the other program never trades the robot's own quantity, since its orders carry the same mark; who sold the
/// robot's shares does not buy the ticker again before the robot has noticed; nobody buys, or answers what is asked about a ticker, while a request of the
/// robot for it is lost on its way for long and may still arrive; and nobody lets the robot go on before it has noticed a split.
/// </summary>
internal sealed class SimPeople(SimClock clock, Adversary adversary, SimVenue venue, SimNetwork network, SimRobot robot, Invariants invariants, Trace trace)
{
    private readonly HashSet<string> _soldOurs = [];
    private readonly List<(SimInstrument Instrument, long At)> _split = [];

    private SimRandom Random => adversary.Random;

    public void Start() => clock.In(Random.Between(Span.Second, 10 * Span.Second), Live);

    /// <summary>The robot did something about an instrument: the moment to get in its way.</summary>
    public void OnRobotOrder(SimInstrument instrument)
    {
        if (adversary.Strikes(FaultKind.PersonTradesOurQuantity))
            clock.In(Random.Between(0, 3 * Span.Second), () => Trade(instrument, robot.Settings.Quantity));
        if (adversary.Strikes(FaultKind.PersonSellsOurs))
            clock.In(Random.Between(0, 15 * Span.Second), () => SellOurs(instrument));
    }

    /// <summary>The person looks at what needs them, and says what is true by the venue's own books.</summary>
    public void ResolveWhatIsBlocked()
    {
        if (!robot.IsUp)
            return;
        foreach (var position in robot.Positions)
        {
            if (position.IsStopped || position.State is not { Blocked: { } block } state || network.IsTravelling(Instrument(state)))
                continue;
            // About shares nobody answers at once while the app shows an order that the robot has yet to find.
            if (block.OrderIds.Count == 0 && clock.Now - block.Since < TimeSpan.FromMinutes(3) && invariants.HasUnknownOrder(Instrument(state).Ticker.Value))
                continue;
            var command = Answer(state, block);
            if (trace.IsOn)
                trace.Add(clock.Ticks, "person", $"resolve {state.Symbol} {command.Choice} {command.OrderId} ({block.Code})");
            position.Enqueue(new Told(command));
        }
    }

    /// <summary>The person lets the robot trade again.</summary>
    public void Resume()
    {
        if (robot.IsUp && _split.TrueForAll(IsNoticed))
            robot.Risk.Enqueue(new TradingStateWished(TradingState.Active, "person"));
    }

    private void Live()
    {
        if (adversary.IsHealthy)
            return;
        clock.In(Random.Between(2 * Span.Second, 15 * Span.Second), Live);
        var instrument = Random.Pick(venue.Instruments);
        if (adversary.Strikes(FaultKind.PersonTrades))
            Trade(instrument, Random.Between(1, 40) / 10m);
        if (adversary.Strikes(FaultKind.OtherProgram))
            OtherProgram(instrument);
        if (adversary.Strikes(FaultKind.Split))
            Split(instrument);
        if (adversary.Strikes(FaultKind.PersonCloses) && robot.IsUp)
            robot.Position(instrument.Symbol).Enqueue(new ExitWished(ExitReason.Close, null, null));
        if (adversary.Strikes(FaultKind.TradingStateSet))
            SetTradingState((TradingState)Random.Below(3));
        else if (Random.Below(6) == 0)
            Resume();
        if (adversary.Strikes(FaultKind.MarketCloses))
            CloseMarket();
        if (Random.Below(4) == 0)
            ResolveWhatIsBlocked();
    }

    private void Trade(SimInstrument instrument, decimal quantity)
    {
        if (_soldOurs.Contains(instrument.Ticker.Value))
        {
            if (!invariants.KnowsWhatWasTaken(instrument.Ticker.Value))
                return;
            _soldOurs.Remove(instrument.Ticker.Value);
        }

        var own = invariants.Persons(instrument.Ticker.Value) - venue.Pending.Where(o => o.Owner != Owner.Robot && o.Quantity < 0 && o.Instrument == instrument).Sum(o => o.Left);
        var sells = own >= quantity && Random.Below(2) == 0;
        if (!sells && network.IsTravelling(instrument))
            return;
        venue.Place(instrument, sells ? -quantity : quantity, Owner.Person, null);
    }

    // Everything that is free, the robot's included.
    private void SellOurs(SimInstrument instrument)
    {
        var ticker = instrument.Ticker.Value;
        var free = instrument.Held - instrument.Reserved;
        if (free <= 0 || invariants.Ours(ticker) <= 0 || !venue.IsOpen)
            return;
        if (venue.Pending.Any(o => o.Instrument == instrument && o.Owner != Owner.Robot))
            return;
        _soldOurs.Add(ticker);
        venue.Place(instrument, -free, Owner.Person, null);
    }

    private void OtherProgram(SimInstrument instrument)
    {
        var own = invariants.Persons(instrument.Ticker.Value) - venue.Pending.Where(o => o.Owner != Owner.Robot && o.Quantity < 0 && o.Instrument == instrument).Sum(o => o.Left);
        var quantity = 0.25m + Random.Below(3);
        if (_soldOurs.Contains(instrument.Ticker.Value) || network.IsTravelling(instrument))
            return;
        // Of two orders through the API in one moment, for the very shares that the robot is about to sell, nobody can tell whose is whose.
        if (invariants.Ours(instrument.Ticker.Value) == quantity)
            return;
        venue.Place(instrument, own >= quantity && Random.Below(2) == 0 ? -quantity : quantity, Owner.OtherProgram, null);
    }

    // Splits happen while nothing is traded: nothing of the ticker may be on its way, and what is held is not about to be sold.
    private void Split(SimInstrument instrument)
    {
        if (!robot.IsUp || network.IsTravelling(instrument) || venue.Pending.Any(o => o.Instrument == instrument))
            return;
        var state = invariants.State(instrument.Symbol);
        var isQuiet = state.Status == PositionStatus.Closed
            ? state.Trade?.Orders.All(o => o.Status is not OrderStatus.NotPlaced) != false
            : state.Status == PositionStatus.Open && state.Trade!.Orders.All(o => o.IsFinal && o.Status is not OrderStatus.NotPlaced) && invariants.TradingState == TradingState.Stopped;
        if (isQuiet && invariants.Ours(instrument.Ticker.Value) == (state.Status == PositionStatus.Closed ? 0 : state.Trade!.Held))
        {
            venue.Split(instrument, 2m);
            _split.Add((instrument, clock.Ticks));
        }
    }

    private bool IsNoticed((SimInstrument Instrument, long At) split)
    {
        var (instrument, at) = split;
        if (at == clock.Ticks)
            return false;
        var state = invariants.State(instrument.Symbol);
        return state.Status == PositionStatus.Closed || state.Blocked is not null || state.Trade!.Held == invariants.Ours(instrument.Ticker.Value);
    }

    private SimInstrument Instrument(PositionState state) => venue.Instruments.First(i => i.Symbol == state.Symbol);

    private void SetTradingState(TradingState state)
    {
        if (!robot.IsUp || !_split.TrueForAll(IsNoticed))
            return;
        if (trace.IsOn)
            trace.Add(clock.Ticks, "person", $"sets {state}");
        robot.Risk.Enqueue(new TradingStateWished(state, "person"));
    }

    private void CloseMarket()
    {
        if (!venue.IsOpen)
            return;
        venue.SetOpen(false);
        clock.In(Random.Between(5 * Span.Second, 90 * Span.Second), () => venue.SetOpen(true));
    }

    private PositionCommand.Resolve Answer(PositionState state, Block block)
    {
        if (block.Reference is { } reference)
        {
            foreach (var id in block.OrderIds)
            {
                if (invariants.IntentOf(id) == reference.Value)
                    return new PositionCommand.Resolve(Resolution.Mine, id);
            }

            if (block.OrderIds.Count > 0)
                return new PositionCommand.Resolve(Resolution.NotMine, null);
        }

        // Whether the shares are there: the person looks into the app.
        var ours = invariants.Ours(Instrument(state).Ticker.Value);
        return new PositionCommand.Resolve(state.Trade is { } trade && ours == trade.Held && ours > 0 ? Resolution.Sell : Resolution.NotMine, null);
    }
}
