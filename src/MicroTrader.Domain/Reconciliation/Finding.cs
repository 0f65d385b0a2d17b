using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Reconciliation;

/// <summary>What the comparison of journal and broker shows.</summary>
public abstract record Finding
{
    private Finding()
    {
    }

    /// <summary>What the comparison shows of one symbol.</summary>
    /// <param name="Symbol">The symbol.</param>
    public abstract record OfSymbol(Symbol Symbol) : Finding
    {
        /// <summary>What the position is told; null where it need not know.</summary>
        public abstract PositionCommand? ToCommand();
    }

    /// <summary>An intent's order exists: adopted.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Reference">Our reference.</param>
    /// <param name="OrderId">The broker's id.</param>
    /// <param name="Source">Where it was seen.</param>
    public sealed record Found(Symbol Symbol, OrderReference Reference, long OrderId, string Source) : OfSymbol(Symbol)
    {
        /// <inheritdoc/>
        public override PositionCommand ToCommand() => new PositionCommand.RecordFound(Reference, OrderId, Source);
    }

    /// <summary>No such order exists, as far as complete reads over the settle window can tell.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Reference">Our reference.</param>
    public sealed record NotPlaced(Symbol Symbol, OrderReference Reference) : OfSymbol(Symbol)
    {
        /// <inheritdoc/>
        public override PositionCommand ToCommand() => new PositionCommand.RecordNotPlaced(Reference);
    }

    /// <summary>Not enough is known yet.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Reference">Our reference.</param>
    /// <param name="Why">What is missing.</param>
    public sealed record Wait(Symbol Symbol, OrderReference Reference, string Why) : OfSymbol(Symbol)
    {
        /// <inheritdoc/>
        public override PositionCommand? ToCommand() => null;
    }

    /// <summary>Only a person can tell what is true.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Code">Why.</param>
    /// <param name="Detail">The same in words.</param>
    /// <param name="Reference">Our order that is in question; null where shares are.</param>
    /// <param name="OrderIds">The broker's orders that are in question.</param>
    public sealed record NeedsPerson(Symbol Symbol, BlockCode Code, string Detail, OrderReference? Reference, IReadOnlyList<long> OrderIds) : OfSymbol(Symbol)
    {
        /// <inheritdoc/>
        public override PositionCommand ToCommand() => new PositionCommand.NeedPerson(Code, Detail, Reference, OrderIds);
    }

    /// <summary>The shares of a held-back sell are there and free.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="TradeNumber">Its trade.</param>
    /// <param name="Since">The hold that this ends.</param>
    /// <param name="Detail">The evidence in words.</param>
    public sealed record ExitFree(Symbol Symbol, long TradeNumber, DateTimeOffset Since, string Detail) : OfSymbol(Symbol)
    {
        /// <inheritdoc/>
        public override PositionCommand ToCommand() => new PositionCommand.ClearExit(TradeNumber, Since, Detail);
    }

    /// <summary>Shares of ours came or went without an order of ours: sold by the person, or split.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="TradeNumber">Its trade.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Quantity">Shares, negative for those that went.</param>
    /// <param name="Price">What a share was sold at, in the instrument's currency; null where none was.</param>
    /// <param name="OrderIds">The broker's orders behind it.</param>
    /// <param name="Detail">In words.</param>
    public sealed record HoldingChanged(
        Symbol Symbol,
        long TradeNumber,
        AdjustmentReason Reason,
        decimal Quantity,
        decimal? Price,
        IReadOnlyList<long> OrderIds,
        string Detail) : OfSymbol(Symbol)
    {
        /// <inheritdoc/>
        public override PositionCommand ToCommand() => new PositionCommand.AdjustHolding(Reason, TradeNumber, Quantity, Price, OrderIds, Detail);
    }

    /// <summary>Orders by API that match no intent: another program trades the account.</summary>
    /// <param name="OrderIds">The broker's ids.</param>
    /// <param name="Detail">In words.</param>
    public sealed record Foreign(IReadOnlyList<long> OrderIds, string Detail) : Finding;
}

/// <summary>What the comparison starts from.</summary>
/// <param name="Positions">Every position, as the journal has it.</param>
/// <param name="ForeignSince">Orders by API that are older than this are none of our business, by the broker's clock.</param>
/// <param name="KnownForeign">Orders of other programs that were told already.</param>
public sealed record JournalView(IReadOnlyCollection<PositionState> Positions, DateTimeOffset ForeignSince, IReadOnlySet<long> KnownForeign)
{
    /// <summary>
    /// The broker's clock minus ours as it is known now, in milliseconds; null where no answer has told it. What was intended right after a start was
    /// intended before it was known: by the offset at the intent alone, the broker's stamps of its order could lie before the intent.
    /// </summary>
    public long? BrokerClockOffsetMs { get; init; }

    /// <summary>The positions with each order's offset such that its stamps cannot lie before it, whichever of the two offsets is right.</summary>
    internal IEnumerable<PositionState> Comparable => BrokerClockOffsetMs is { } known ? Positions.Select(p => WithOffset(p, known)) : Positions;

    private static PositionState WithOffset(PositionState position, long known)
    {
        var trade = position.Trade is { } t && t.Orders.Any(o => o.BrokerClockOffsetMs > known)
            ? t with { Orders = [.. t.Orders.Select(o => WithOffset(o, known))] }
            : position.Trade;
        var givenUp = position.GivenUp?.Any(g => g.Order.BrokerClockOffsetMs > known) == true
            ? [.. position.GivenUp.Select(g => g with { Order = WithOffset(g.Order, known) })]
            : position.GivenUp;
        return ReferenceEquals(trade, position.Trade) && ReferenceEquals(givenUp, position.GivenUp) ? position : position with { Trade = trade, GivenUp = givenUp };
    }

    private static OrderState WithOffset(OrderState order, long known) => order with { BrokerClockOffsetMs = Math.Min(order.BrokerClockOffsetMs, known) };
}
