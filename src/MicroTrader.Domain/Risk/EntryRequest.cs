using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Risk;

/// <summary>An entry that asks for leave.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Quantity">Shares to buy.</param>
/// <param name="TickAt">The time of the tick behind it.</param>
/// <param name="Price">The price of a share, in <paramref name="Currency"/>; null where it is not known, which is denied.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="SpreadPercent">Ask minus bid in percent of their mean; null where no quote is known.</param>
public sealed record EntryRequest(Symbol Symbol, decimal Quantity, DateTimeOffset TickAt, decimal? Price, string Currency, decimal? SpreadPercent = null)
{
    /// <summary>No share costs more than this, in any currency: a price above it is a feed's mistake.</summary>
    public const decimal HighestPrice = PriceRules.HighestPrice;

    /// <summary>Why the instrument's own limits allow no entry of the size that is set, in words; null where they do.</summary>
    public string? SizeProblem { get; init; }

    /// <summary>What it would buy for, in <see cref="Currency"/>; null where the price is not known or makes no sense.</summary>
    public decimal? Notional => Price is > 0 and <= HighestPrice ? Quantity * Price : null;
}

/// <summary>Risk's answer: granted until a time, or denied with a code.</summary>
/// <param name="Denial">Why not; null when granted.</param>
/// <param name="LeaseUntil">Until when the grant holds; null when denied.</param>
/// <param name="Detail">The denial in words; null when granted.</param>
public readonly record struct RiskVerdict(DenialCode? Denial, DateTimeOffset? LeaseUntil, string? Detail)
{
    /// <summary>Whether the entry may go on.</summary>
    public bool IsGranted => Denial is null;
}
