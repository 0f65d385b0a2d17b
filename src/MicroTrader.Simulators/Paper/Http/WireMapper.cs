using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>Turns the venue's rows into what the API answers.</summary>
internal sealed class WireMapper
{
    private readonly VenueRules _rules;
    private readonly Func<string, decimal?> _lastPrice;

    public WireMapper(VenueRules rules, Func<string, decimal?> lastPrice)
    {
        _rules = rules;
        _lastPrice = lastPrice;
    }

    public WireAccountSummary Summary(VenueState state)
    {
        var cost = state.Holdings.Sum(h => h.TotalCost);
        var value = state.Holdings.Sum(h => Value(state, h));
        return new WireAccountSummary
        {
            Id = state.Account.AccountId,
            Currency = state.Account.Currency,
            TotalValue = state.Account.Cash + value,
            Cash = new WireCash { AvailableToTrade = state.AvailableCash, ReservedForOrders = state.ReservedCash, InPies = 0m },
            Investments = new WireInvestments
            {
                CurrentValue = value,
                TotalCost = cost,
                RealizedProfitLoss = state.Account.RealisedProfitLoss,
                UnrealizedProfitLoss = value - cost,
            },
        };
    }

    public WirePosition Position(VenueState state, PaperHolding holding)
    {
        var value = Value(state, holding);
        return new WirePosition
        {
            Instrument = Reference(holding.Ticker),
            CreatedAt = holding.CreatedAt,
            Quantity = holding.Quantity,
            QuantityAvailableForTrading = state.AvailableShares(holding.Ticker),
            QuantityInPies = holding.QuantityInPies,
            CurrentPrice = Price(state, holding),
            AveragePricePaid = holding.AveragePricePaid,
            WalletImpact = new WirePositionImpact
            {
                Currency = state.Account.Currency,
                TotalCost = holding.TotalCost,
                CurrentValue = value,
                UnrealizedProfitLoss = value - holding.TotalCost,

                // Rates are fixed here, so a position in another currency has an impact of nought; in the same it has none.
                FxImpact = _rules.Instrument(holding.Ticker) is { } i && !FxTable.SameMoney(i.CurrencyCode, state.Account.Currency) ? 0m : null,
            },
        };
    }

    public WireOrder Order(PaperOrder order) => new()
    {
        Id = order.Id,
        Strategy = "QUANTITY",
        Type = WireWords.Of(order.Type),
        Ticker = order.Ticker,
        Quantity = order.Quantity,
        FilledQuantity = order.FilledQuantity,
        LimitPrice = order.LimitPrice,
        StopPrice = order.StopPrice,
        TimeInForce = order.TimeValidity is { } validity ? WireWords.Of(validity) : null,
        Status = WireWords.Of(order.Status),
        Currency = _rules.AccountCurrency,
        ExtendedHours = order.ExtendedHours,
        InitiatedFrom = order.InitiatedFrom,
        Side = order.IsBuy ? "BUY" : "SELL",
        CreatedAt = order.CreatedAt,
        Instrument = Reference(order.Ticker),
    };

    public WireHistoryItem HistoryItem(VenueState state, HistoryEntry entry) => new()
    {
        Order = Order(state.Order(entry.OrderId)),
        Fill = entry.FillId is { } id ? Fill(state.Account.Currency, state.Fill(id)) : null,
    };

    public WireTransaction Transaction(PaperTransaction transaction) => new()
    {
        Type = transaction.Type,
        Amount = transaction.Amount,
        Currency = _rules.AccountCurrency,
        Reference = transaction.Reference,
        DateTime = transaction.At,
    };

    public WireDividend Dividend(PaperDividend dividend) => new()
    {
        Ticker = dividend.Ticker,
        Type = "ORDINARY",
        Amount = dividend.Amount,
        AmountInEuro = _rules.InEuros(dividend.Amount),
        Currency = _rules.AccountCurrency,
        GrossAmountPerShare = dividend.GrossAmountPerShare,
        Quantity = dividend.Quantity,
        Reference = dividend.Reference,
        PaidOn = dividend.PaidAt,
        TickerCurrency = _rules.Instrument(dividend.Ticker)?.CurrencyCode,
        Instrument = Reference(dividend.Ticker),
    };

    public static WireTradableInstrument Instrument(PaperInstrument instrument) => new()
    {
        Ticker = instrument.Ticker,
        Type = instrument.Type,
        WorkingScheduleId = instrument.WorkingScheduleId,
        Isin = instrument.Isin,
        CurrencyCode = instrument.CurrencyCode,
        Name = instrument.Name,
        ShortName = instrument.ShortName,
        MaxOpenQuantity = instrument.MaxOpenQuantity,
        ExtendedHours = instrument.ExtendedHours,
        AddedOn = instrument.AddedOn,
    };

    private static WireFill Fill(string currency, PaperFill fill) => new()
    {
        Id = fill.Id,
        Quantity = fill.Quantity,
        Price = fill.Price,
        Type = WireWords.Of(fill.Type),
        TradingMethod = "TOTV",
        FilledAt = fill.FilledAt,
        WalletImpact = new WireFillImpact
        {
            Currency = currency,
            NetValue = fill.NetValue,
            FxRate = fill.FxRate,
            RealisedProfitLoss = fill.RealisedProfitLoss,

            // Seen negative in captures of real fills: what is taken from the account.
            Taxes = fill.ConversionFee == 0
                ? []
                : [new WireTax { Name = "CURRENCY_CONVERSION_FEE", Quantity = -fill.ConversionFee, Currency = currency, ChargedAt = fill.FilledAt }],
        },
    };

    private WireInstrumentReference Reference(string ticker) => _rules.Instrument(ticker) is { } instrument
        ? new WireInstrumentReference { Ticker = ticker, Name = instrument.Name, Isin = instrument.Isin, Currency = instrument.CurrencyCode }
        : new WireInstrumentReference { Ticker = ticker };

    private decimal Price(VenueState state, PaperHolding holding) =>
        _lastPrice(holding.Ticker) ?? state.LastFillPrice(holding.Ticker) ?? holding.AveragePricePaid;

    private decimal Value(VenueState state, PaperHolding holding) =>
        _rules.Instrument(holding.Ticker) is { } instrument ? _rules.Value(instrument, holding.Quantity, Price(state, holding)) : holding.TotalCost;
}
