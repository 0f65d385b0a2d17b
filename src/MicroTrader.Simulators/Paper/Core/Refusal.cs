using System.Globalization;

namespace MicroTrader.Simulators.Paper.Core;

/// <summary>
/// A refused request, as the problem document says it. The types that the notes list are used where one fits
/// (<c>selling-equity-not-owned</c>, <c>insufficient-free-for-stocks-buy</c>, ...); the others are ours in the same style.
/// </summary>
internal sealed record Refusal(int Status, string Type, string Title, string Detail)
{
    private const string OrderTitle = "Error while placing the order";

    public static Refusal InvalidPayload(string detail) => new(400, "invalid-payload", "Invalid payload", detail);

    public static Refusal BadArguments(string detail) => new(400, "bad-filtering-arguments", "Bad filtering arguments", detail);

    public static Refusal UnknownInstrument(string ticker) => Order("instrument-not-found", $"Instrument not found: {ticker}");

    public static Refusal ZeroQuantity() => Order("invalid-quantity", "Quantity must not be zero");

    public static Refusal BadPrice(string name, decimal maximum) => Order("invalid-price", $"{name} must be above 0 and at most {Number(maximum)}");

    public static Refusal Precision(int decimals) => Order("invalid-quantity-precision", $"Quantity allows at most {decimals} decimals");

    public static Refusal MinQuantity(decimal minimum) => Order("min-quantity-exceeded", $"must trade at least {Number(minimum)}");

    public static Refusal MinOpen(decimal minimum) => Order("min-opened-position-exceeded", $"must have opened position at least {minimum.ToString("0.00######", CultureInfo.InvariantCulture)}");

    public static Refusal MaxOpen(decimal maximum) => Order("max-opened-position-exceeded", $"must have opened position at most {Number(maximum)}");

    public static Refusal TooManyPending() => Order("max-pending-orders-exceeded", $"At most {VenueRules.MaxPendingPerTicker} pending orders per instrument are allowed");

    public static Refusal NotOwned(decimal available) => Order("selling-equity-not-owned", $"Selling more equities than owned, owned: {Number(available)}");

    public static Refusal NoCash() => Order("insufficient-free-for-stocks-buy", "Insufficient free funds to buy the equities");

    public static Refusal OrderNotFound(long id) => new(404, "order-not-found", "Order not found", $"No pending order with id {id}");

    public static Refusal Unauthorized(string detail) => new(401, "unauthorized", "Bad API key", detail);

    public static Refusal MissingScope(string scope) => new(403, "forbidden", "Scope missing for API key", $"Scope( {scope} ) missing for API key");

    private static Refusal Order(string type, string detail) => new(400, type, OrderTitle, detail);

    // "0.0" as in the captured answer, not "0".
    private static string Number(decimal value) => value.ToString("0.0#######", CultureInfo.InvariantCulture);
}
