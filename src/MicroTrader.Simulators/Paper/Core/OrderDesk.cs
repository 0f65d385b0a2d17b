namespace MicroTrader.Simulators.Paper.Core;

/// <summary>Accepts, refuses and cancels orders: pure functions from state to change.</summary>
internal static class OrderDesk
{
    /// <summary>Judges an order. Exactly one of change and refusal is given.</summary>
    public static (VenueChange? Change, Refusal? Refusal) Place(VenueState state, VenueRules rules, OrderRequest request, decimal? lastPrice, DateTimeOffset now)
    {
        if (rules.Instrument(request.Ticker) is not { } instrument)
        {
            return (null, Refusal.UnknownInstrument(request.Ticker));
        }

        if (Refuse(state, request, instrument) is { } refusal)
        {
            return (null, refusal);
        }

        var reserved = 0m;
        if (request.Quantity > 0)
        {
            // Without any price yet the cost is unknown: it is judged when the first price executes the order.
            if ((lastPrice ?? state.LastFillPrice(request.Ticker)) is { } price)
            {
                reserved = Cover(rules, instrument, request.Quantity, price);
            }

            if (reserved > state.AvailableCash || state.AvailableCash <= 0)
            {
                return (null, Refusal.NoCash());
            }
        }

        var order = new PaperOrder
        {
            Id = state.Account.NextOrderId,
            Ticker = request.Ticker,
            Quantity = request.Quantity,
            InitiatedFrom = request.InitiatedFrom,
            ExtendedHours = request.ExtendedHours ?? false,
            CreatedAt = now,
            DueAt = rules.DueAt(now, request.ExtendedHours ?? false, TimeSpan.Zero),
            ReservedCash = reserved,
        };
        return (new VenueChange { Account = state.Account with { NextOrderId = order.Id + 1 }, Order = order }, null);
    }

    /// <summary>The change with the fate that the order shall have.</summary>
    public static VenueChange WithFate(VenueChange change, VenueRules rules, PaperFate fate)
    {
        var order = change.Order!;
        return change with { Order = order with { Fate = fate, DueAt = rules.DueAt(order.CreatedAt, order.ExtendedHours, fate.ExtraDelay) } };
    }

    /// <summary>Cancels a pending order; null when there is none of that number.</summary>
    public static VenueChange? Cancel(VenueState state, long id, DateTimeOffset now) =>
        state.PendingOrder(id) is { } order ? Close(state, order, PaperOrderStatus.Cancelled, now) : null;

    /// <summary>Ends an order without a further fill.</summary>
    public static VenueChange Close(VenueState state, PaperOrder order, PaperOrderStatus status, DateTimeOffset now)
    {
        var history = HistoryOf(state, order.Id, null, now);
        return new VenueChange
        {
            Account = state.Account with { NextHistorySequence = state.Account.NextHistorySequence + history.Count },
            Order = order with { Status = status, ReservedCash = 0m },
            History = history,
        };
    }

    /// <summary>The history lines of an order that becomes final: one per fill, or one without a fill.</summary>
    public static IReadOnlyList<HistoryEntry> HistoryOf(VenueState state, long orderId, long? lastFillId, DateTimeOffset now)
    {
        var fills = state.FillsOf(orderId).Select(id => (long?)id).ToList();
        if (lastFillId is not null || fills.Count == 0)
        {
            fills.Add(lastFillId);
        }

        var first = state.Account.NextHistorySequence;
        return fills.Select((fillId, index) => new HistoryEntry(first + index, orderId, fillId, now)).ToList();
    }

    /// <summary>Cash that a buy sets aside: its value with the hold-back, and the fee.</summary>
    private static decimal Cover(VenueRules rules, PaperInstrument instrument, decimal quantity, decimal lastPrice)
    {
        var value = VenueRules.Cents(rules.Value(instrument, quantity, rules.ExecutionPrice(lastPrice, true)) * rules.HoldBack);
        return value + rules.ConversionFee(instrument, value);
    }

    private static Refusal? Refuse(VenueState state, OrderRequest request, PaperInstrument instrument)
    {
        var quantity = request.Quantity;
        if (!instrument.ExtendedHours && request.ExtendedHours is not null)
        {
            return Refusal.InvalidPayload("Invalid payload");
        }

        if (quantity == 0)
        {
            return Refusal.ZeroQuantity();
        }

        if (decimal.Round(quantity, instrument.QuantityDecimals) != quantity)
        {
            return Refusal.Precision(instrument.QuantityDecimals);
        }

        var available = state.AvailableShares(instrument.Ticker);
        if (quantity < 0 && -quantity > available)
        {
            return Refusal.NotOwned(available);
        }

        if (Math.Abs(quantity) < instrument.MinTradeQuantity && -quantity != available)
        {
            return Refusal.MinQuantity(instrument.MinTradeQuantity);
        }

        var pending = state.Pending.Where(o => o.Ticker == instrument.Ticker).ToList();
        if (pending.Count >= VenueRules.MaxPendingPerTicker)
        {
            return Refusal.TooManyPending();
        }

        if (quantity < 0)
        {
            return null;
        }

        var held = state.Holding(instrument.Ticker)?.Quantity ?? 0m;
        var pendingBuys = pending.Where(o => o.IsBuy).Sum(o => o.RemainingQuantity);
        if (quantity > instrument.MaxOpenQuantity - held - pendingBuys)
        {
            return Refusal.MaxOpen(instrument.MaxOpenQuantity);
        }

        return held + quantity < instrument.MinOpenQuantity ? Refusal.MinOpen(instrument.MinOpenQuantity) : null;
    }
}
