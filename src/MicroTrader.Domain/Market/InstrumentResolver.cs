namespace MicroTrader.Domain.Market;

/// <summary>An instrument as the broker lists it.</summary>
/// <param name="Ticker">The broker's identifier.</param>
/// <param name="ShortName">What traders call it; not unique.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Type">The broker's word, e.g. <c>STOCK</c> or <c>ETF</c>.</param>
/// <param name="Name">The full name.</param>
public sealed record Instrument(Ticker Ticker, string ShortName, string Currency, string Type, string Name);

/// <summary>A symbol's instrument, or why it has none.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Instrument">The instrument; null if the symbol is unknown or ambiguous.</param>
/// <param name="Problem">Why there is none, with the candidates; null if there is one.</param>
public sealed record Resolution(Symbol Symbol, Instrument? Instrument, string? Problem);

/// <summary>Finds the instrument that a symbol means. Where more than one fits it refuses: a wrong guess buys the wrong thing.</summary>
public static class InstrumentResolver
{
    /// <summary>Resolves one symbol: a pin wins; else the one STOCK in the currency with that short name; else the one ETF.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="instruments">What the broker lists.</param>
    /// <param name="currency">The currency that the feed's prices are in, ISO 4217.</param>
    /// <param name="pin">The ticker that the person pinned the symbol to; null if none.</param>
    public static Resolution Resolve(Symbol symbol, IEnumerable<Instrument> instruments, string currency, Ticker? pin)
    {
        if (pin is { } pinned)
        {
            if (instruments.FirstOrDefault(i => i.Ticker == pinned) is not { } instrument)
                return new Resolution(symbol, null, $"{symbol}: the broker lists no ticker {pinned}, to which it is pinned");
            // Fills in another currency than the ticks would read as a huge gain or loss at once.
            return instrument.Currency == currency
                ? new Resolution(symbol, instrument, null)
                : new Resolution(symbol, null, $"{symbol}: {pinned}, to which it is pinned, is quoted in {instrument.Currency}, the feed's prices are in {currency}");
        }

        var candidates = instruments
            .Where(i => i.Currency == currency && string.Equals(i.ShortName, symbol.Value, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var narrowed = candidates.Where(i => i.Type == "STOCK").ToList() is { Count: > 0 } stocks ? stocks : candidates;
        // Among equals the US listing is meant; its tickers end so.
        if (narrowed.Count > 1 && narrowed.Where(i => i.Ticker.Value.EndsWith("_US_EQ", StringComparison.Ordinal)).ToList() is { Count: 1 } us)
            narrowed = us;
        return narrowed.Count switch
        {
            1 => new Resolution(symbol, narrowed[0], null),
            0 => new Resolution(symbol, null, $"{symbol}: the broker lists no instrument of that name in {currency}"),
            _ => new Resolution(symbol, null, $"{symbol}: ambiguous, pin it to one of {string.Join(", ", narrowed.Select(i => $"{i.Ticker} ({i.Name})"))}"),
        };
    }
}
