namespace MicroTrader.Simulators.Paper.Core;

/// <summary>Executes due orders: pure functions from state to change.</summary>
internal static class FillDesk
{
    /// <summary>What the venue does next at <paramref name="now"/>; null when nothing can be done. Call it until it gives null.</summary>
    public static VenueChange? Next(VenueState state, VenueRules rules, Func<string, decimal?> lastPrice, DateTimeOffset now)
    {
        foreach (var order in state.Pending.Where(o => o.DueAt <= now).OrderBy(o => o.DueAt).ThenBy(o => o.Id))
        {
            if (Act(state, rules, order, lastPrice, now) is { } change)
            {
                return change;
            }
        }

        return null;
    }

    /// <summary>When the venue has to look again; null when only a price or a new order can change anything.</summary>
    public static DateTimeOffset? NextDue(VenueState state, Func<string, decimal?> lastPrice, DateTimeOffset now)
    {
        DateTimeOffset? earliest = null;
        foreach (var order in state.Pending)
        {
            var waitsForPrice = order.DueAt <= now && NeedsPrice(order) && lastPrice(order.Ticker) is null;
            if (!waitsForPrice && order.DueAt != DateTimeOffset.MaxValue && (earliest is null || order.DueAt < earliest))
            {
                earliest = order.DueAt;
            }
        }

        return earliest;
    }

    private static bool NeedsPrice(PaperOrder order) => order.Fate.Kind switch
    {
        PaperFateKind.Cancel or PaperFateKind.Reject => false,
        PaperFateKind.PartialThenCancel => PartOf(order) != 0,
        _ => true,
    };

    private static VenueChange? Act(VenueState state, VenueRules rules, PaperOrder order, Func<string, decimal?> lastPrice, DateTimeOffset now)
    {
        if (!NeedsPrice(order))
        {
            var status = order.Fate.Kind == PaperFateKind.Reject ? PaperOrderStatus.Rejected : PaperOrderStatus.Cancelled;
            return OrderDesk.Close(state, order, status, now);
        }

        if (!order.ExtendedHours && rules.OpenAt(now) is var open && open > now)
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

        var part = PartOf(order);
        return Execute(state, rules, order, instrument, part != 0 ? part : order.RemainingQuantity, rules.ExecutionPrice(last, order.IsBuy), now);
    }

    /// <summary>Shares of the first piece of a partial fill, or 0 when the order is past it (or too small for it).</summary>
    private static decimal PartOf(PaperOrder order)
    {
        if (order.Fate.Kind is not (PaperFateKind.PartialThenCancel or PaperFateKind.PartialThenRest) || order.FilledQuantity != 0)
        {
            return 0m;
        }

        var part = decimal.Round(order.Quantity * order.Fate.Fraction, 4, MidpointRounding.ToZero);
        return part == order.Quantity ? 0m : part;
    }

    private static VenueChange Execute(
        VenueState state, VenueRules rules, PaperOrder order, PaperInstrument instrument, decimal quantity, decimal price, DateTimeOffset now)
    {
        var value = rules.Value(instrument, quantity, price);
        var fee = rules.ConversionFee(instrument, value);
        var account = state.Account;
        PaperHolding holding;
        decimal net;
        decimal? realised = null;
        if (order.IsBuy)
        {
            net = value + fee;
            var others = state.ReservedCash - order.ReservedCash;
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
                Status = final ? PaperOrderStatus.Filled : PaperOrderStatus.PartiallyFilled,
                DueAt = final ? order.DueAt : now + rules.FillDelay,
                ReservedCash = final ? 0m : VenueRules.Cents(order.ReservedCash * (order.Quantity - filled) / order.Quantity),
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
