namespace MicroTrader.Domain.Orders;

/// <summary>A fee or tax that the broker took from a fill.</summary>
/// <param name="Name">The broker's name of it, e.g. <c>CURRENCY_CONVERSION_FEE</c>.</param>
/// <param name="Amount">How much, as a positive cost, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record Fee(string Name, decimal Amount, string Currency);

/// <summary>One execution of an order, from the broker's history.</summary>
/// <param name="FillId">The broker's id of the fill; null where it gave none.</param>
/// <param name="Quantity">Shares, without a sign.</param>
/// <param name="Price">Price of a share, in the instrument's currency.</param>
/// <param name="FilledAt">When, by the broker's clock.</param>
/// <param name="AccountValue">What it moved on the account, without a sign, in <paramref name="AccountCurrency"/>, fees included; null where unknown.</param>
/// <param name="AccountCurrency">The account's currency, ISO 4217; null where unknown.</param>
/// <param name="FxRate">Instrument currency per account currency; null where unknown.</param>
/// <param name="Fees">Fees and taxes within <paramref name="AccountValue"/>.</param>
public sealed record Fill(
    long? FillId,
    decimal Quantity,
    decimal Price,
    DateTimeOffset FilledAt,
    decimal? AccountValue,
    string? AccountCurrency,
    decimal? FxRate,
    IReadOnlyList<Fee> Fees);
