using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Simulation.Shared;

/// <summary>
/// The promises. They see the truth at the venue and what is durable in the journal, and compare the two after every step and at the end. They keep their
/// own books from the venue's ledger: whose each share is.
/// </summary>
internal sealed partial class Invariants
{
    private readonly IVenueBooks _books;
    private readonly IJournalView _journal;
    private readonly InvariantLimits _limits;
    private readonly Dictionary<string, Intent> _intents = [];
    private readonly Dictionary<long, string?> _intentOf = [];
    private readonly Dictionary<string, Shares> _shares = [];
    private readonly Dictionary<Symbol, PositionState> _states = [];
    private readonly Dictionary<Symbol, int> _read = [];
    private readonly Dictionary<string, long> _facts = [];
    private readonly List<(Symbol Symbol, long Number, TradeResult Result, List<Intent> Orders)> _ends = [];
    private readonly Dictionary<long, string> _claimed = [];
    private readonly HashSet<(Symbol Symbol, long Trade)> _counted = [];
    private readonly Dictionary<long, decimal> _cashOf = [];
    private RiskState _risk = RiskState.Initial;
    private int _riskRead;
    private int _ledgerRead;

    public Invariants(IVenueBooks books, IJournalView journal, InvariantLimits limits)
    {
        _books = books;
        _journal = journal;
        _limits = limits;
        foreach (var (symbol, ticker) in journal.Symbols)
        {
            _shares[ticker] = new Shares { Persons = books.HeldAtStart(ticker) };
            _states[symbol] = PositionState.Empty(symbol);
            _read[symbol] = 0;
        }
    }

    /// <summary>How often each kind of fact was journalled, by name.</summary>
    public IReadOnlyDictionary<string, long> Facts => _facts;

    /// <summary>What the robot may do, by the journal.</summary>
    public TradingState TradingState => _risk.TradingState;

    /// <summary>What replaying a position's journal gives.</summary>
    public PositionState State(Symbol symbol) => _states[symbol];

    /// <summary>Shares of a ticker that are truly the robot's.</summary>
    public decimal Ours(string ticker) => _shares[ticker].Ours;

    /// <summary>Shares of a ticker that are the person's, or another program's.</summary>
    public decimal Persons(string ticker) => _shares[ticker].Persons;

    /// <summary>The robot's intent that truly caused an order; null where another placed it.</summary>
    public string? IntentOf(long orderId) => _intentOf.GetValueOrDefault(orderId);

    /// <summary>Whether the journal knows what the person took of the robot's shares.</summary>
    public bool KnowsWhatWasTaken(string ticker)
    {
        foreach (var (symbol, of) in _journal.Symbols)
        {
            if (of == ticker)
                return Held(_states[symbol]) == _shares[ticker].Ours && _states[symbol].Status == PositionStatus.Closed;
        }

        return true;
    }

    /// <summary>Takes in what is new, and checks what must hold at every step.</summary>
    /// <exception cref="InvariantViolation">A promise is broken.</exception>
    public void AfterStep()
    {
        for (; _riskRead < _journal.RiskFacts.Count; _riskRead++)
        {
            var fact = _journal.RiskFacts[_riskRead];
            _risk = _risk.Apply(fact);
            Count(fact);
            if (fact is TradeTaken taken && !_counted.Add((taken.Symbol, taken.TradeNumber)))
                throw new InvariantViolation(InvariantNames.Counted, $"trade {taken.TradeNumber} of {taken.Symbol} is counted twice");
        }

        foreach (var (symbol, ticker) in _journal.Symbols)
        {
            var facts = _journal.Facts(symbol);
            for (var i = _read[symbol]; i < facts.Count; i++)
                Take(symbol, ticker, facts[i]);
            _read[symbol] = facts.Count;
        }

        for (; _ledgerRead < _books.Ledger.Count; _ledgerRead++)
            Take(_books.Ledger[_ledgerRead]);
    }

    /// <summary>Whether nothing is left that the robot has to see to, by the journal and by the ledger.</summary>
    public bool IsAtRest
    {
        get
        {
            foreach (var (symbol, ticker) in _journal.Symbols)
            {
                var state = _states[symbol];
                if (state.Status != PositionStatus.Closed || state.Blocked is not null || Ours(ticker) != 0 || HasUnknownOrder(ticker))
                    return false;
            }

            return _ends.TrueForAll(e => _counted.Contains((e.Symbol, e.Number)));
        }
    }

    /// <summary>Whether an order of the robot is at the venue of which the journal does not know yet.</summary>
    public bool HasUnknownOrder(string ticker)
    {
        foreach (var intent in _intents.Values)
        {
            if (intent.Ticker == ticker && intent.OrderId is { } real && !IsClaimed(real))
                return true;
        }

        return false;
    }

    /// <summary>What a part of the robot remembers must be what replaying the journal gives.</summary>
    /// <exception cref="InvariantViolation">It is not.</exception>
    public void CompareMemory(Symbol symbol, PositionState memory, int applied)
    {
        var facts = _journal.Facts(symbol);
        var replayed = applied == facts.Count && applied == _read[symbol] ? _states[symbol] : PositionState.Empty(symbol).ApplyAll(facts.Take(applied));
        if (StateHash.Of(replayed) != StateHash.Of(memory))
            throw new InvariantViolation(InvariantNames.Replay, $"{symbol}: memory {memory} is not what {applied} facts give: {replayed}");
    }

    private void Count(object fact)
    {
        var name = fact.GetType().Name;
        _facts[name] = _facts.GetValueOrDefault(name) + 1;
    }

    private void Take(Symbol symbol, string ticker, IPositionEvent fact)
    {
        Count(fact);
        var before = _states[symbol];
        try
        {
            _states[symbol] = before.Apply(fact);
        }
        catch (IllegalTransitionException e)
        {
            throw new InvariantViolation(InvariantNames.Legal, e.Message);
        }

        switch (fact)
        {
            case EntryIntended e:
                if (_risk is { TradingState: not TradingState.Active, Since: { } since } && e.At - since > _limits.ExitOnlyNews)
                    throw new InvariantViolation(InvariantNames.ExitOnly, $"{e.Reference} was intended {e.At - since} after {_risk.TradingState}");
                Intend(symbol, ticker, e.Reference, OrderSide.Buy, e.Quantity, e.Signal.TickTime);
                break;
            case ExitIntended e:
                Intend(symbol, ticker, e.Reference, OrderSide.Sell, e.Quantity, null);
                break;
            case OrderAccepted e:
                Claim(e.Reference, e.OrderId);
                break;
            case OrderFound e:
                Claim(e.Reference, e.OrderId);
                break;
            case LateEntryAdopted e:
                Claim(e.Reference, e.OrderId);
                break;
            case PositionResolved { OrderId: { } id } r when before.Blocked?.Reference is { } named:
                // Taken as ours by a person's word. Where no OrderFound follows, its trade is over and stays as it is: what it moved is the person's.
                Claim(named, id);
                _intents[named.Value].IsPersons = before.Status == PositionStatus.Closed;
                TakeOver(symbol, r);
                break;
            case PositionResolved r:
                TakeOver(symbol, r);
                break;
            case OrderNotPlaced e:
                GiveUp(e);
                break;
            case OrderSettled e:
                _intents[e.Reference.Value].IsPersons = false;
                var intent = _intents[e.Reference.Value];
                intent.JournalCash = e.Fills.Sum(f => f.AccountValue ?? 0) * (intent.Side == OrderSide.Buy ? -1 : 1);
                break;
            case HoldingAdjusted { Reason: AdjustmentReason.HandedOver } e:
                // The person took over whatever there is of them: theirs from now on.
                _shares[ticker].Persons += _shares[ticker].Ours;
                _shares[ticker].Ours = 0;
                Leave(ticker, e.At);
                break;
            case HoldingAdjusted { Reason: AdjustmentReason.ClosedByYou } e:
                Leave(ticker, e.At);
                break;
            case TradeClosed { Result: { } result } e:
                _ends.Add((symbol, e.TradeNumber, result, [.. before.Trade!.Orders.Select(o => _intents[o.Reference.Value])]));
                break;
        }

        if (_states[symbol] is { Blocked: not null } || _risk.TradingState == TradingState.Stopped)
        {
            foreach (var order in _states[symbol].Trade?.Orders ?? [])
                _intents[order.Reference.Value].WasStopped = true;
        }
    }

    private void Intend(Symbol symbol, string ticker, OrderReference reference, OrderSide side, decimal quantity, DateTimeOffset? tickTime)
    {
        if (!_intents.TryAdd(reference.Value, new Intent(reference.Value, symbol, ticker, side, quantity, tickTime)))
            throw new InvariantViolation(InvariantNames.OneOrder, $"{reference} was intended twice");
    }

    private void GiveUp(OrderNotPlaced e)
    {
        var intent = _intents[e.Reference.Value];
        if (intent is { OrderId: { } real, SentAt: { } sent } && _states[intent.Symbol].Blocked is null && e.At - sent < _limits.SettleWindow)
            throw new InvariantViolation(InvariantNames.GivenUp, $"{e.Reference} is order {real} at the venue; it was given up {e.At - sent} after it had left");
    }

    // Orders that the person says are not the one in question: should one be the robot's all the same, its flows are the person's by their own word.
    private void TakeOver(Symbol symbol, PositionResolved r)
    {
        foreach (var id in r.OtherOrderIds)
        {
            if (IntentOf(id) is not null && !IsClaimed(id))
                _claimed[id] = $"the person's, of {symbol}";
        }
    }

    private bool IsPersons(long orderId) => _claimed.TryGetValue(orderId, out var by) && !_intents.ContainsKey(by);

    private bool IsClaimed(long orderId) => _claimed.ContainsKey(orderId);

    private void Claim(OrderReference reference, long orderId)
    {
        if (_claimed.TryGetValue(orderId, out var other) && other != reference.Value)
            throw new InvariantViolation(InvariantNames.OursAlone, $"the journal has order {orderId} as {other} and as {reference}");
        // Two of ours that are alike in everything cannot be told apart, and nothing depends on which is which.
        if (IntentOf(orderId) is not { } real || (real != reference.Value && !_intents[real].IsLike(_intents[reference.Value])))
            throw new InvariantViolation(InvariantNames.OursAlone, $"the journal has order {orderId} as {reference}; it is {IntentOf(orderId) ?? "another's"}");
        _claimed[orderId] = reference.Value;
        _intents[reference.Value].JournalOrderId = orderId;
    }

    private void Take(LedgerEntry entry)
    {
        var shares = _shares[entry.Ticker];
        switch (entry.Kind)
        {
            case LedgerKind.Sent:
                Sent(entry);
                break;
            case LedgerKind.Accepted:
                _intentOf[entry.OrderId] = entry.Intent;
                if (entry.Owner == Owner.Robot)
                    Accepted(entry);
                break;
            case LedgerKind.Filled when entry.Owner == Owner.Robot:
                if (entry.Quantity > 0)
                    Bought(shares, _intents[entry.Intent!], entry.At);
                shares.Ours += entry.Quantity;
                _cashOf[entry.OrderId] = _cashOf.GetValueOrDefault(entry.OrderId) + entry.Cash;
                if (shares.Ours < 0)
                    throw new InvariantViolation(InvariantNames.PersonsShares, $"order {entry.OrderId} ({entry.Intent}) sold {-entry.Quantity} {entry.Ticker}; {-shares.Ours} of them are not the robot's");
                break;
            case LedgerKind.Filled:
                shares.Persons += entry.Quantity;
                if (shares.Persons < 0)
                {
                    // More than was theirs: they sold the robot's.
                    shares.Ours += shares.Persons;
                    shares.Persons = 0;
                }

                break;
            case LedgerKind.Split:
                shares.Ours *= entry.Quantity;
                shares.Persons *= entry.Quantity;
                break;
        }
    }

    private void Bought(Shares shares, Intent intent, DateTimeOffset at)
    {
        intent.LastFillAt = at;
        if (shares is { Ours: > 0, Buy: { } other } && other != intent)
        {
            var first = other.SentAt < intent.SentAt ? other : intent;
            if (at - first.SentAt < _limits.LateWatch)
                throw new InvariantViolation(InvariantNames.OnePosition, $"{other.Reference} and {intent.Reference} are both held; {first.Reference} left {at - first.SentAt} ago");
        }

        shares.Buy = intent;
    }

    private void Sent(LedgerEntry entry)
    {
        if (!_intents.TryGetValue(entry.Intent!, out var intent))
            throw new InvariantViolation(InvariantNames.IntentFirst, $"{entry.Intent} was handed over, and the journal has no such intent");
        if (intent.SentAt is not null)
            throw new InvariantViolation(InvariantNames.OneOrder, $"{entry.Intent} was handed over twice");
        intent.SentAt = entry.At;
        if (Math.Abs(entry.Quantity) != intent.Quantity || entry.Quantity > 0 != (intent.Side == OrderSide.Buy) || entry.Ticker != intent.Ticker)
            throw new InvariantViolation(InvariantNames.AsIntended, $"{entry.Intent} was handed over as {entry.Quantity} {entry.Ticker}, intended was {intent.Side} {intent.Quantity} {intent.Ticker}");
        if (intent.Side == OrderSide.Sell)
        {
            Leave(entry.Ticker, entry.At);
            return;
        }

        if (_risk is { TradingState: not TradingState.Active, Since: { } since } && entry.At - since > _limits.ExitOnlyNews)
            throw new InvariantViolation(InvariantNames.ExitOnly, $"{entry.Intent} was handed over {entry.At - since} after {_risk.TradingState}");
        if (intent.TickTime is { } tick && entry.At - tick > _limits.OldestTick)
            throw new InvariantViolation(InvariantNames.Fresh, $"{entry.Intent} was handed over {entry.At - tick} after its tick");
    }

    private void Leave(string ticker, DateTimeOffset at)
    {
        foreach (var intent in _intents.Values)
        {
            if (intent.Ticker == ticker && intent.LastFillAt is not null)
                intent.LeftAt ??= at;
        }
    }

    private void Accepted(LedgerEntry entry)
    {
        if (!_intents.TryGetValue(entry.Intent!, out var intent))
            throw new InvariantViolation(InvariantNames.IntentFirst, $"order {entry.OrderId} was placed for {entry.Intent}, and the journal has no such intent");
        if (intent.OrderId is { } first)
            throw new InvariantViolation(InvariantNames.OneOrder, $"{entry.Intent} became order {first} and order {entry.OrderId}");
        intent.OrderId = entry.OrderId;
    }

    private sealed class Shares
    {
        public decimal Ours { get; set; }

        public decimal Persons { get; set; }

        /// <summary>The intent that bought last.</summary>
        public Intent? Buy { get; set; }
    }

    private sealed class Intent(string reference, Symbol symbol, string ticker, OrderSide side, decimal quantity, DateTimeOffset? tickTime)
    {
        public string Reference { get; } = reference;

        public Symbol Symbol { get; } = symbol;

        public string Ticker { get; } = ticker;

        public OrderSide Side { get; } = side;

        public decimal Quantity { get; } = quantity;

        public DateTimeOffset? TickTime { get; } = tickTime;

        public DateTimeOffset? SentAt { get; set; }

        public long? OrderId { get; set; }

        public long? JournalOrderId { get; set; }

        /// <summary>Whether the venue could show both as the same.</summary>
        public bool IsLike(Intent other) => Ticker == other.Ticker && Side == other.Side && Quantity == other.Quantity;

        public decimal JournalCash { get; set; }

        public DateTimeOffset? LastFillAt { get; set; }

        public DateTimeOffset? LeftAt { get; set; }

        public bool WasStopped { get; set; }

        /// <summary>Whether a person took what it moved on themselves.</summary>
        public bool IsPersons { get; set; }
    }
}
