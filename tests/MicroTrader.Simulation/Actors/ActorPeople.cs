using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Simulation.Shared;
using MicroTrader.Simulators.Paper;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Simulation.Actors;

/// <summary>
/// A person and another program with the same account, as on the level of the pure parts: they trade what the robot trades, at the worst of moments, and
/// the person steers the robot. What no robot could tell apart they do not do: see the words there.
/// </summary>
internal sealed class ActorPeople(ActorRun run, Adversary adversary, PaperBooks books, SimulatedNetwork network, Invariants invariants)
{
    private readonly HashSet<string> _soldOurs = [];
    private readonly List<(Symbol Symbol, string Ticker, DateTimeOffset At)> _split = [];

    private SimRandom Random => adversary.Random;

    public void Start() => run.In(Random.Between(Span.Second, 10 * Span.Second), Live);

    /// <summary>The robot did something about an instrument: the moment to get in its way.</summary>
    public void OnRobotOrder(string ticker)
    {
        if (adversary.Strikes(FaultKind.PersonTradesOurQuantity))
            run.In(Random.Between(0, 3 * Span.Second), () => Trade(ticker, run.Quantity));
        if (adversary.Strikes(FaultKind.PersonSellsOurs))
            run.In(Random.Between(0, 15 * Span.Second), () => SellOurs(ticker));
    }

    /// <summary>The person looks at what needs them, and says what is true by the venue's own books.</summary>
    public void ResolveWhatIsBlocked()
    {
        foreach (var (symbol, ticker) in run.Symbols)
        {
            if (invariants.State(symbol) is not { Blocked: { } block } state || network.IsTravelling(ticker))
                continue;
            // About shares nobody answers while the app shows an order that the robot has yet to find.
            if (block.OrderIds.Count == 0 && invariants.HasUnknownOrder(ticker))
                continue;
            var (choice, order) = Answer(state, block, ticker);
            run.Say("person", $"resolve {symbol} {choice} {order} ({block.Code})");
            run.Tell(new ResolvePosition(symbol, choice, order, Confirmed: true));
        }
    }

    /// <summary>The person lets the robot trade again.</summary>
    public void Resume()
    {
        if (_split.TrueForAll(IsNoticed))
            run.Tell(new SetTradingState(TradingState.Active, "person"));
    }

    private void Live()
    {
        if (adversary.IsHealthy)
            return;
        run.In(Random.Between(2 * Span.Second, 15 * Span.Second), Live);
        var (symbol, ticker) = Random.Pick(run.Symbols);
        if (adversary.Strikes(FaultKind.PersonTrades))
            Trade(ticker, Random.Between(1, 40) / 10m);
        if (adversary.Strikes(FaultKind.OtherProgram))
            OtherProgram(ticker);
        if (adversary.Strikes(FaultKind.Split))
            Split(symbol, ticker);
        if (adversary.Strikes(FaultKind.PersonCloses))
            run.Tell(new ClosePosition(symbol, ExitReason.Close));
        if (adversary.Strikes(FaultKind.TradingStateSet))
            SetTradingState((TradingState)Random.Below(3));
        else if (Random.Below(6) == 0)
            Resume();
        if (Random.Below(4) == 0)
            ResolveWhatIsBlocked();
    }

    private void Trade(string ticker, decimal quantity)
    {
        if (_soldOurs.Contains(ticker))
        {
            if (!invariants.KnowsWhatWasTaken(ticker))
                return;
            _soldOurs.Remove(ticker);
        }

        var sells = FreeOfTheirs(ticker) >= quantity && Random.Below(2) == 0;
        if (!sells && network.IsTravelling(ticker))
            return;
        Place(ticker, sells ? -quantity : quantity, Owner.Person);
    }

    // Everything that is free, the robot's included.
    private void SellOurs(string ticker)
    {
        if (adversary.IsHealthy)
            return;
        books.Sync();
        var pending = books.Pending.Where(o => o.Ticker == ticker).ToList();
        var free = books.Held(ticker) + pending.Where(o => !o.IsBuy).Sum(o => o.RemainingQuantity);
        if (free <= 0 || invariants.Ours(ticker) <= 0 || !run.IsMarketOpen || pending.Exists(o => books.OwnerOf(o) != Owner.Robot))
            return;
        _soldOurs.Add(ticker);
        Place(ticker, -free, Owner.Person);
    }

    private void OtherProgram(string ticker)
    {
        var quantity = 0.25m + Random.Below(3);
        if (_soldOurs.Contains(ticker) || network.IsTravelling(ticker))
            return;
        Place(ticker, FreeOfTheirs(ticker) >= quantity && Random.Below(2) == 0 ? -quantity : quantity, Owner.OtherProgram);
    }

    private decimal FreeOfTheirs(string ticker)
    {
        books.Sync();
        return invariants.Persons(ticker) + books.Pending.Where(o => o.Ticker == ticker && !o.IsBuy && books.OwnerOf(o) != Owner.Robot).Sum(o => o.RemainingQuantity);
    }

    private void Place(string ticker, decimal quantity, Owner owner)
    {
        run.Say(owner.ToString(), $"{quantity} {ticker}");
        try
        {
            books.As(owner, null, () => run.Broker.PlaceByPerson(ticker, quantity, owner == Owner.Person ? "IOS" : "API"));
        }
        catch (PaperBrokerException e)
        {
            run.Say(owner.ToString(), e.Message);
        }
    }

    // Splits happen while nothing is traded: nothing of the ticker may be on its way, and what is held is not about to be sold.
    private void Split(Symbol symbol, string ticker)
    {
        books.Sync();
        if (network.IsTravelling(ticker) || books.Pending.Any(o => o.Ticker == ticker))
            return;
        var state = invariants.State(symbol);
        var isQuiet = state.Status == PositionStatus.Closed
            ? state.Trade?.Orders.All(o => o.Status is not OrderStatus.NotPlaced) != false
            : state.Status == PositionStatus.Open && state.Trade!.Orders.All(o => o.IsFinal && o.Status is not OrderStatus.NotPlaced) && invariants.TradingState == TradingState.Stopped;
        if (isQuiet && invariants.Ours(ticker) == (state.Status == PositionStatus.Closed ? 0 : state.Trade!.Held))
        {
            books.Split(ticker, 2m);
            _split.Add((symbol, ticker, run.Clock.GetUtcNow()));
        }
    }

    private bool IsNoticed((Symbol Symbol, string Ticker, DateTimeOffset At) split)
    {
        if (split.At == run.Clock.GetUtcNow())
            return false;
        var state = invariants.State(split.Symbol);
        return state.Status == PositionStatus.Closed || state.Blocked is not null || state.Trade!.Held == invariants.Ours(split.Ticker);
    }

    private void SetTradingState(TradingState state)
    {
        if (!_split.TrueForAll(IsNoticed))
            return;
        run.Say("person", $"sets {state}");
        run.Tell(new SetTradingState(state, "person"));
    }

    private (Resolution Choice, long? Order) Answer(PositionState state, Block block, string ticker)
    {
        if (block.Reference is { } reference)
        {
            foreach (var id in block.OrderIds)
            {
                if (invariants.IntentOf(id) == reference.Value)
                    return (Resolution.Mine, id);
            }

            if (block.OrderIds.Count > 0)
                return (Resolution.NotMine, null);
        }

        // Whether the shares are there: the person looks into the app.
        var ours = invariants.Ours(ticker);
        return (state.Trade is { } trade && ours == trade.Held && ours > 0 ? Resolution.Sell : Resolution.NotMine, null);
    }
}
