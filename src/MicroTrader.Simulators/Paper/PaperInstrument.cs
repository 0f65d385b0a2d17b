namespace MicroTrader.Simulators.Paper;

/// <summary>One tradable instrument of the paper broker, with the rules that its orders must keep.</summary>
public sealed record PaperInstrument
{
    /// <summary>Trading 212's own identifier, for example <c>DWAC_US_EQ</c>. Unique in the list.</summary>
    public required string Ticker { get; init; }

    /// <summary>The exchange's symbol, for example <c>DJT</c>. Not unique: META names a stock and two ETFs.</summary>
    public required string ShortName { get; init; }

    /// <summary>The name that people read.</summary>
    public required string Name { get; init; }

    /// <summary>Instrument type as on the wire: STOCK, ETF, ...</summary>
    public string Type { get; init; } = "STOCK";

    /// <summary>Currency in which prices are quoted (ISO 4217, or GBX for pence).</summary>
    public string CurrencyCode { get; init; } = "USD";

    /// <summary>ISIN; left out of the answers when null.</summary>
    public string? Isin { get; init; }

    /// <summary>Largest holding in shares, pending buys included.</summary>
    public decimal MaxOpenQuantity { get; init; } = 1_000_000m;

    /// <summary>Smallest order in shares; an order that sells everything is exempt.</summary>
    public decimal MinTradeQuantity { get; init; }

    /// <summary>Smallest holding in shares that a buy may leave; 0 for none.</summary>
    public decimal MinOpenQuantity { get; init; }

    /// <summary>Decimals that an order's quantity may carry.</summary>
    public int QuantityDecimals { get; init; } = 4;

    /// <summary>False: any request that carries <c>extendedHours</c>, true or false, is refused as the real venue does for some.</summary>
    public bool ExtendedHours { get; init; } = true;

    /// <summary>The schedule among metadata/exchanges that it follows. On paper all schedules have the same sessions.</summary>
    public long WorkingScheduleId { get; init; } = 1;

    /// <summary>When the instrument came to the platform.</summary>
    public DateTimeOffset AddedOn { get; init; } = new(2018, 7, 12, 7, 10, 14, TimeSpan.Zero);

    /// <summary>
    /// The instrument for an exchange symbol of a recording: the bundled US dollar instrument of that symbol where there is
    /// one (DJT gives <c>DWAC_US_EQ</c>), else a made-up US stock <c>SYMBOL_US_EQ</c>.
    /// </summary>
    /// <param name="symbol">Exchange symbol, letters, digits, dots and dashes.</param>
    /// <returns>The instrument.</returns>
    /// <exception cref="ArgumentException">The symbol is empty or holds another character.</exception>
    public static PaperInstrument ForSymbol(string symbol)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        if (!symbol.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'))
        {
            throw new ArgumentException($"symbol '{symbol}': only letters, digits, dots and dashes are allowed.", nameof(symbol));
        }

        var upper = symbol.ToUpperInvariant();
        var known = PaperInstruments.Bundled.FirstOrDefault(i => i.ShortName == upper && i.Ticker.EndsWith("_US_EQ", StringComparison.Ordinal));
        return known ?? new PaperInstrument
        {
            Ticker = $"{upper.Replace('.', '_').Replace('-', '_')}_US_EQ",
            ShortName = upper,
            Name = upper,
        };
    }
}
