using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <summary>What is to be done once a fact is in the journal, never before.</summary>
public abstract record PositionEffect
{
    private PositionEffect()
    {
    }

    /// <summary>Send an order: its intent is in the journal.</summary>
    /// <param name="Reference">Our reference.</param>
    /// <param name="SignalAt">When an entry was decided: its signal grows stale; null for an exit, which is wanted for as long as the shares are held.</param>
    public sealed record Send(OrderReference Reference, DateTimeOffset? SignalAt) : PositionEffect;

    /// <summary>Follow an order that the broker has until its fills are known.</summary>
    /// <param name="Reference">Our reference.</param>
    /// <param name="OrderId">The broker's id.</param>
    public sealed record Follow(OrderReference Reference, long OrderId) : PositionEffect;

    /// <summary>The figures of an order are needed now: an exit waits for them.</summary>
    /// <param name="Reference">Our reference.</param>
    public sealed record Hurry(OrderReference Reference) : PositionEffect;

    /// <summary>An order is held for not placed: who sends orders need not keep anything ready for it. Should it turn up, it is to be followed anew.</summary>
    /// <param name="Reference">Our reference.</param>
    public sealed record GiveUp(OrderReference Reference) : PositionEffect;
}

/// <summary>Which effects follow from facts. Pure: whoever journals carries them out.</summary>
public static class PositionEffects
{
    /// <summary>What follows from a fact; null for nothing.</summary>
    /// <param name="state">The position after the fact.</param>
    /// <param name="fact">The fact.</param>
    public static PositionEffect? Of(PositionState state, IPositionEvent fact) => fact switch
    {
        EntryIntended e => new PositionEffect.Send(e.Reference, e.Signal.At),
        ExitIntended e => new PositionEffect.Send(e.Reference, null),
        // The gateway follows by itself what it was told to send; what was found elsewhere it does not know.
        OrderFound e => new PositionEffect.Follow(e.Reference, e.OrderId),
        LateEntryAdopted e => new PositionEffect.Follow(e.Reference, e.OrderId),
        OrderNotPlaced e => new PositionEffect.GiveUp(e.Reference),
        ExitRequested when state.Trade is { Entry: { IsFinal: false } entry } => new PositionEffect.Hurry(entry.Reference),
        // Its fills made no sense when they were told: they are asked for anew.
        PositionResolved e when state.Trade?.Orders.FirstOrDefault(o => IsToFollow(o) && e.OtherOrderIds.Contains(o.OrderId!.Value)) is { } order =>
            new PositionEffect.Follow(order.Reference, order.OrderId!.Value),
        _ => null,
    };

    /// <summary>What is to be followed again after a start: everything that the broker has and whose figures are not known.</summary>
    public static IEnumerable<PositionEffect> AfterStart(PositionState state)
    {
        if (state.Status == PositionStatus.Closed || state.Trade is not { } trade)
            yield break;
        foreach (var order in trade.Orders.Where(IsToFollow))
        {
            yield return new PositionEffect.Follow(order.Reference, order.OrderId!.Value);
            if (order.Side == OrderSide.Buy && trade.Exit is not null)
                yield return new PositionEffect.Hurry(order.Reference);
        }
    }

    private static bool IsToFollow(OrderState order) => order is { Status: OrderStatus.Accepted or OrderStatus.FilledProvisionally, OrderId: not null };
}
