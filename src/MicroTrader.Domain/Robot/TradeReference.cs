using System.Globalization;
using System.Text.RegularExpressions;
using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Robot;

/// <summary>What people call a trade (<c>AXSM-17</c>) or one of its orders (<c>AXSM-17-B1</c>).</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="TradeNumber">The symbol's n-th trade.</param>
/// <param name="Order">The order's reference; null for the whole trade.</param>
public sealed partial record TradeReference(Symbol Symbol, long TradeNumber, string? Order)
{
    /// <summary>Reads a reference in any case; null for anything else.</summary>
    public static TradeReference? Parse(string? text)
    {
        var match = Form().Match(text?.Trim().ToUpperInvariant() ?? "");
        return match.Success
            && Symbol.TryParse(match.Groups["symbol"].Value, out var symbol)
            && long.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new TradeReference(symbol, number, match.Groups["order"].Success ? match.Value : null)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Order ?? Of(Symbol, TradeNumber);

    /// <summary>Names a trade.</summary>
    public static string Of(Symbol symbol, long tradeNumber) => string.Create(CultureInfo.InvariantCulture, $"{symbol}-{tradeNumber}");

    // A symbol may hold hyphens itself: what belongs to the number is read from the end.
    [GeneratedRegex(@"^(?<symbol>[A-Z].*?)-(?<number>[0-9]{1,18})(?<order>-[BS][0-9]{1,9})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
