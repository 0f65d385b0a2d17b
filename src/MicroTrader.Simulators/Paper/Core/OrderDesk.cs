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

        var known = lastPrice ?? state.LastFillPrice(request.Ticker);
        if (Refuse(state, rules, request, instrument, known) is { } refusal)
        {
            return (null, refusal);
        }

        var reserved = 0m;
        if (request.Quantity > 0)
        {
            reserved = Cover(rules, instrument, request, known);
            if (reserved > state.AvailableCash || state.AvailableCash <= 0)
            {
                return (null, Refusal.NoCash());
            }
        }

        var order = new PaperOrder
        {
            Id = state.Account.NextOrderId,
            Type = request.Terms.Type,
            LimitPrice = request.Terms.LimitPrice,
            StopPrice = request.Terms.StopPrice,
            TimeValidity = request.Terms.TimeValidity,
            Ticker = request.Ticker,
            Quantity = request.Quantity,
            InitiatedFrom = request.InitiatedFrom,
            ExtendedHours = request.ExtendedHours ?? false,
            CreatedAt = now,
            DueAt = rules.DueAt(now, request.ExtendedHours ?? false, TimeSpan.Zero),
            ExpiresAt = request.Terms.TimeValidity == PaperTimeValidity.Day ? rules.DayEndsAt(now) : null,
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

    /// <summary>
    /// Takes a cancellation. Not found when no order of that number is pending; no change when it is being cancelled already.
    /// With a delay the order is CANCELLING, and whichever comes first wins: the fill or the end of the delay.
    /// </summary>
    public static (bool Found, VenueChange? Change) Cancel(VenueState state, long id, TimeSpan delay, DateTimeOffset now)
    {
        if (state.PendingOrder(id) is not { } order)
        {
            return (false, null);
        }

        if (delay == TimeSpan.Zero)
        {
            return (true, Close(state, order, PaperOrderStatus.Cancelled, now));
        }

        return order.Status == PaperOrderStatus.Cancelling
            ? (true, null)
            : (true, new VenueChange { Account = state.Account, Order = order with { Status = PaperOrderStatus.Cancelling, CancelAt = now + delay } });
    }

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

    /// <summary>
    /// Cash that a buy sets aside. A limit bounds the cost, so its value and the fee suffice; what executes at the market is
    /// covered with the hold-back. Without any price yet the cost is unknown: it is judged when the first price executes it.
    /// </summary>
    private static decimal Cover(VenueRules rules, PaperInstrument instrument, OrderRequest request, decimal? lastPrice)
    {
        decimal value;
        if (request.Terms.LimitPrice is { } limit)
        {
            value = rules.Value(instrument, request.Quantity, limit);
        }
        else if (Expected(request.Terms, lastPrice) is { } price)
        {
            value = VenueRules.Cents(rules.Value(instrument, request.Quantity, rules.ExecutionPrice(price, true)) * rules.HoldBack);
        }
        else
        {
            return 0m;
        }

        return value + rules.ConversionFee(instrument, value);
    }

    /// <summary>The price at which an order without a limit is going to execute, as far as it is known.</summary>
    private static decimal? Expected(PaperOrderTerms terms, decimal? lastPrice) =>
        terms.StopPrice is { } stop ? Math.Max(stop, lastPrice ?? stop) : lastPrice;

    private static Refusal? Refuse(VenueState state, VenueRules rules, OrderRequest request, PaperInstrument instrument, decimal? lastPrice)
    {
        var quantity = request.Quantity;
        if (!instrument.ExtendedHours && request.ExtendedHours is not null)
        {
            return Refusal.InvalidPayload("Invalid payload");
        }

        if (RefusePrice(request.Terms.LimitPrice, "limitPrice") is { } badLimit)
        {
            return badLimit;
        }

        if (RefusePrice(request.Terms.StopPrice, "stopPrice") is { } badStop)
        {
            return badStop;
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

        if (held + quantity < instrument.MinOpenQuantity)
        {
            return Refusal.MinOpen(instrument.MinOpenQuantity);
        }

        var price = request.Terms.LimitPrice ?? Expected(request.Terms, lastPrice);
        return price is { } known && rules.Value(instrument, held + quantity, known) < rules.MinPositionValue ? Refusal.MinOpen(rules.MinPositionValue) : null;
    }

    private static Refusal? RefusePrice(decimal? price, string name) =>
        price is null or (> 0 and <= PriceBoard.MaxPrice) ? null : Refusal.BadPrice(name, PriceBoard.MaxPrice);
}
