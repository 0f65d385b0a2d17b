using System.Globalization;

namespace MicroTrader.Simulators.Paper.Core;

/// <summary>What happens to an account without an order of its own: opening, reset, split, dividend. Pure functions from state to change.</summary>
internal static class CorporateDesk
{
    /// <summary>A new account with its starting cash as the only deposit; with <paramref name="before"/> the same account emptied, its numbers going on.</summary>
    public static VenueChange Open(PaperAccountOptions options, int slot, VenueAccount? before, DateTimeOffset now)
    {
        var sequence = before?.NextHistorySequence ?? 1;
        return new VenueChange
        {
            Reset = before is not null,
            Account = new VenueAccount
            {
                AccountId = options.AccountId,
                Currency = options.Currency,
                StartingCash = options.StartingCash,
                Cash = options.StartingCash,
                RealisedProfitLoss = 0m,
                NextOrderId = before?.NextOrderId ?? VenueRules.FirstOrderId + (slot * VenueRules.NumbersPerAccount),
                NextFillId = before?.NextFillId ?? VenueRules.FirstFillId + (slot * VenueRules.NumbersPerAccount),
                NextHistorySequence = sequence + 1,
            },
            Transaction = options.StartingCash == 0 ? null : new PaperTransaction
            {
                Sequence = sequence,
                Reference = Reference("DEP", options.AccountId, sequence),
                Type = "DEPOSIT",
                Amount = options.StartingCash,
                At = now,
            },
        };
    }

    /// <summary>The split of one holding as the venue books it: an order of the system with one fill, without money. Null where nothing is held or changes.</summary>
    public static VenueChange? Split(VenueState state, VenueRules rules, string ticker, decimal factor, DateTimeOffset now)
    {
        if (state.Holding(ticker) is not { } before || rules.Instrument(ticker) is not { } instrument)
        {
            return null;
        }

        // What an order could not sell is dropped: the paper venue pays no cash in lieu of fractions.
        var quantity = decimal.Round(before.Quantity * factor, instrument.QuantityDecimals, MidpointRounding.ToZero);
        var added = quantity - before.Quantity;
        if (added == 0)
        {
            return null;
        }

        var account = state.Account;
        var lost = quantity == 0 ? before.TotalCost : 0m;
        var fill = new PaperFill
        {
            Id = account.NextFillId,
            OrderId = account.NextOrderId,
            Ticker = ticker,
            Type = PaperFillType.StockSplit,
            Quantity = added,
            Price = 0m,
            FilledAt = now,
            FxRate = rules.FxRate(instrument),
            ConversionFee = 0m,
            NetValue = 0m,
            RealisedProfitLoss = lost == 0 ? null : -lost,
        };
        return new VenueChange
        {
            Account = account with
            {
                NextOrderId = account.NextOrderId + 1,
                NextFillId = fill.Id + 1,
                NextHistorySequence = account.NextHistorySequence + 1,
                RealisedProfitLoss = account.RealisedProfitLoss - lost,
            },
            Order = new PaperOrder
            {
                Id = account.NextOrderId,
                Ticker = ticker,
                Quantity = added,
                FilledQuantity = added,
                Status = PaperOrderStatus.Filled,
                InitiatedFrom = "SYSTEM",
                CreatedAt = now,
                DueAt = now,
            },
            Fill = fill,
            Holding = before with
            {
                Quantity = quantity,
                QuantityInPies = decimal.Round(before.QuantityInPies * factor, instrument.QuantityDecimals, MidpointRounding.ToZero),
                AveragePricePaid = quantity == 0 ? 0m : decimal.Round(before.AveragePricePaid * before.Quantity / quantity, 8),
                TotalCost = before.TotalCost - lost,
            },
            History = [new HistoryEntry(account.NextHistorySequence, account.NextOrderId, fill.Id, now)],
        };
    }

    /// <summary>The dividend of one holding; null where nothing is held or it is less than a cent.</summary>
    public static VenueChange? Dividend(VenueState state, VenueRules rules, string ticker, decimal grossPerShare, DateTimeOffset now)
    {
        if (state.Holding(ticker) is not { } holding || rules.Instrument(ticker) is not { } instrument)
        {
            return null;
        }

        var amount = rules.Value(instrument, holding.Quantity, grossPerShare);
        if (amount == 0)
        {
            return null;
        }

        var account = state.Account;
        return new VenueChange
        {
            Account = account with { Cash = account.Cash + amount, NextHistorySequence = account.NextHistorySequence + 1 },
            Dividend = new PaperDividend
            {
                Sequence = account.NextHistorySequence,
                Reference = Reference("DIV", account.AccountId, account.NextHistorySequence),
                Ticker = ticker,
                Quantity = holding.Quantity,
                GrossAmountPerShare = grossPerShare,
                Amount = amount,
                PaidAt = now,
            },
        };
    }

    /// <summary>The venue's name for a movement of money: unique, and the same in every run.</summary>
    public static string Reference(string kind, long accountId, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{accountId}-{sequence}");
}
