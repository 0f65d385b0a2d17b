namespace MicroTrader.Simulators.Paper.Core;

/// <summary>Executes due orders: pure functions from state to change.</summary>
internal static class FillDesk
{
    /// <summary>What the venue does next at <paramref name="now"/>; null when nothing can be done. Call it until it gives null.</summary>
    public static VenueChange? Next(VenueState state, VenueRules rules, Func<string, decimal?> lastPrice, DateTimeOffset now)
    {
        foreach (var order in state.Pending.Where(o => o.DueAt <= now || EndsAt(o) <= now).OrderBy(o => o.DueAt).ThenBy(o => o.Id))
        {
            if (Act(state, rules, order, lastPrice, now) is { } change)
            {
                return change;
            }
        }

        return null;
    }

    /// <summary>When the venue has to look again; null when only a price or a new order can change anything.</summary>
    public static DateTimeOffset? NextDue(VenueState state, VenueRules rules, Func<string, decimal?> lastPrice, DateTimeOffset now)
    {
        var earliest = DateTimeOffset.MaxValue;
        foreach (var order in state.Pending)
        {
            var waits = order.DueAt <= now && Triggers.WaitsForPrice(order, rules, lastPrice(order.Ticker));
            var next = waits || EndsAt(order) < order.DueAt ? EndsAt(order) : order.DueAt;
            earliest = next < earliest ? next : earliest;
        }

        return earliest == DateTimeOffset.MaxValue ? null : earliest;
    }

    /// <summary>Shares of the first piece of a partial fill, or 0 when the order is past it (or too small for it).</summary>
    public static decimal PartOf(PaperOrder order)
    {
        if (order.Fate.Kind is not (PaperFateKind.PartialThenCancel or PaperFateKind.PartialThenRest) || order.FilledQuantity != 0)
        {
            return 0m;
        }

        var part = decimal.Round(order.Quantity * order.Fate.Fraction, 4, MidpointRounding.ToZero);
        return part == order.Quantity ? 0m : part;
    }

    /// <summary>When the order ends whatever the price does: its cancellation or its expiry.</summary>
    private static DateTimeOffset EndsAt(PaperOrder order)
    {
        var cancelled = order.CancelAt ?? DateTimeOffset.MaxValue;
        var expired = order.ExpiresAt ?? DateTimeOffset.MaxValue;
        return cancelled < expired ? cancelled : expired;
    }

    /// <summary>
    /// When the clock jumped over both the fill and the end of an order, the earlier one wins. Only where the fill needed no
    /// particular price: what the price was in between is not known.
    /// </summary>
    private static bool WasDueFirst(PaperOrder order, VenueRules rules, Func<string, decimal?> lastPrice, DateTimeOffset now) =>
        order.DueAt < EndsAt(order)
        && order.LimitPrice is null
        && !Triggers.WaitsForStop(order)
        && rules.OpenAt(now, order.ExtendedHours) <= now
        && rules.Instrument(order.Ticker) is not null
        && lastPrice(order.Ticker) is not null;

    private static VenueChange? Act(VenueState state, VenueRules rules, PaperOrder order, Func<string, decimal?> lastPrice, DateTimeOffset now)
    {
        // The venue's description knows no EXPIRED: an order that ran out is CANCELLED.
        if (EndsAt(order) <= now && !WasDueFirst(order, rules, lastPrice, now))
        {
            return OrderDesk.Close(state, order, PaperOrderStatus.Cancelled, now);
        }

        if (!Triggers.NeedsPrice(order))
        {
            var status = order.Fate.Kind == PaperFateKind.Reject ? PaperOrderStatus.Rejected : PaperOrderStatus.Cancelled;
            return OrderDesk.Close(state, order, status, now);
        }

        if (rules.OpenAt(now, order.ExtendedHours) is var open && open > now)
        {
            return new VenueChange { Account = state.Account, Order = order with { DueAt = open } };
        }

        // An instrument that has been taken out of the options since cannot be priced: its order is rejected, not left hanging.
        if (rules.Instrument(order.Ticker) is not { } instrument)
        {
            return OrderDesk.Close(state, order, PaperOrderStatus.Rejected, now);
        }

        if (lastPrice(order.Ticker) is not { } last)
        {
            return null;
        }

        if (Triggers.WaitsForStop(order))
        {
            // From here on it is a market or a limit order, which takes as long as any other.
            return Triggers.StopReached(order, last)
                ? new VenueChange { Account = state.Account, Order = order with { TriggeredAt = now, DueAt = now + rules.FillDelay } }
                : null;
        }

        if (Triggers.PriceFor(order, rules, last) is not { } price)
        {
            return null;
        }

        var part = PartOf(order);
        return Execute(state, rules, order, instrument, part != 0 ? part : order.RemainingQuantity, price, now);
    }

    private static VenueChange Execute(
        VenueState state, VenueRules rules, PaperOrder order, PaperInstrument instrument, decimal quantity, decimal price, DateTimeOffset now)
    {
        var value = rules.Value(instrument, quantity, price);
        var fee = rules.ConversionFee(instrument, value);
        var account = state.Account;
        var others = state.ReservedCash - order.ReservedCash;
        PaperHolding holding;
        decimal net;
        decimal? realised = null;
        if (order.IsBuy)
        {
            net = value + fee;
            if (net > account.Cash - others)
            {
                // The price ran away further than the hold-back: cash must not go negative.
                return OrderDesk.Close(state, order, PaperOrderStatus.Rejected, now);
            }

            holding = Add(state.Holding(order.Ticker), order.Ticker, quantity, price, net, now);
            account = account with { Cash = account.Cash - net };
        }
        else
        {
            net = value - fee;
            var before = state.Holding(order.Ticker)!;
            holding = Remove(before, -quantity);
            realised = net - (before.TotalCost - holding.TotalCost);
            account = account with { Cash = account.Cash + net, RealisedProfitLoss = account.RealisedProfitLoss + realised.Value };
        }

        var fill = new PaperFill
        {
            Id = account.NextFillId,
            OrderId = order.Id,
            Ticker = order.Ticker,
            Quantity = quantity,
            Price = price,
            FilledAt = now,
            FxRate = rules.FxRate(instrument),
            ConversionFee = fee,
            NetValue = net,
            RealisedProfitLoss = realised,
        };
        var filled = order.FilledQuantity + quantity;
        var final = filled == order.Quantity;
        var history = final ? OrderDesk.HistoryOf(state, order.Id, fill.Id, now) : [];
        return new VenueChange
        {
            Account = account with { NextFillId = fill.Id + 1, NextHistorySequence = account.NextHistorySequence + history.Count },
            Fill = fill,
            Holding = holding,
            History = history,
            Order = order with
            {
                FilledQuantity = filled,
                Status = (final, order.Status) switch
                {
                    (true, _) => PaperOrderStatus.Filled,
                    (false, PaperOrderStatus.Cancelling) => PaperOrderStatus.Cancelling,
                    _ => PaperOrderStatus.PartiallyFilled,
                },
                DueAt = final ? order.DueAt : now + rules.FillDelay,

                // Never more than is there: a piece that cost more than its share must not promise the others' cash twice.
                ReservedCash = final ? 0m : Math.Min(VenueRules.Cents(order.ReservedCash * (order.Quantity - filled) / order.Quantity), account.Cash - others),
            },
        };
    }

    private static PaperHolding Add(PaperHolding? before, string ticker, decimal quantity, decimal price, decimal cost, DateTimeOffset now)
    {
        if (before is null)
        {
            return new PaperHolding { Ticker = ticker, Quantity = quantity, AveragePricePaid = price, TotalCost = cost, CreatedAt = now };
        }

        var total = before.Quantity + quantity;
        return before with
        {
            Quantity = total,
            AveragePricePaid = decimal.Round(((before.AveragePricePaid * before.Quantity) + (price * quantity)) / total, 8),
            TotalCost = before.TotalCost + cost,
        };
    }

    private static PaperHolding Remove(PaperHolding before, decimal quantity)
    {
        var rest = before.Quantity - quantity;

        // The cost leaves in proportion and to the cent; the last share takes what is left, so that nothing stays behind.
        var removed = rest == 0 ? before.TotalCost : VenueRules.Cents(before.TotalCost * quantity / before.Quantity);
        return before with { Quantity = rest, TotalCost = before.TotalCost - removed };
    }
}
