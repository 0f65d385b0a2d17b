using System.Globalization;
using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Robot;

/// <summary>What people call a trade (<c>AXSM-17</c>) or one of its orders (<c>AXSM-17-B1</c>).</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="TradeNumber">The symbol's n-th trade.</param>
/// <param name="Order">The order's reference; null for the whole trade.</param>
public sealed record TradeReference(Symbol Symbol, long TradeNumber, string? Order)
{
    /// <summary>Reads a reference in any case; null for anything else.</summary>
    public static TradeReference? Parse(string? text)
    {
        // A symbol may hold hyphens itself: what belongs to the number is read from the end.
        var value = text?.Trim().ToUpperInvariant() ?? "";
        var last = value.LastIndexOf('-');
        var order = last > 0 && IsOrder(value.AsSpan(last + 1)) ? value : null;
        var trade = order is null ? value : value[..last];
        var hyphen = trade.LastIndexOf('-');
        return hyphen > 0
            && Symbol.TryParse(trade[..hyphen], out var symbol)
            && long.TryParse(trade.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new TradeReference(symbol, number, order)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Order ?? Of(Symbol, TradeNumber);

    /// <summary>Names a trade.</summary>
    public static string Of(Symbol symbol, long tradeNumber) => string.Create(CultureInfo.InvariantCulture, $"{symbol}-{tradeNumber}");

    /// <summary>Names a trade that is over.</summary>
    public static string Of(TradeView trade) => string.Create(CultureInfo.InvariantCulture, $"{trade.Symbol}-{trade.TradeNumber}");

    // B1, S12: a buy or a sell, and which of them.
    private static bool IsOrder(ReadOnlySpan<char> text) =>
        text is ['B' or 'S', _, ..] && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
