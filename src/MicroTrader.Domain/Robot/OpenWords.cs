using System.Globalization;

namespace MicroTrader.Domain.Robot;

/// <summary>How a position that is open is told to the person: in warnings, in messages, at the end of a run.</summary>
public static class OpenWords
{
    /// <summary>Positions, each with its shares, its state and what is on its way.</summary>
    /// <param name="open">The positions that are not CLOSED.</param>
    public static string Of(IReadOnlyList<PositionView> open) => open.Count == 0 ? "nothing" : string.Join(", ", open.Select(Of));

    /// <summary>One of them.</summary>
    /// <param name="position">A position that is not CLOSED.</param>
    public static string Of(PositionView position) => string.Create(
        CultureInfo.InvariantCulture, $"{position.Symbol} x {position.Quantity:0.########} ({position.Status}{Bought(position)}{(OnItsWay(position) is { } order ? ", " + order : "")})");

    /// <summary>What is on its way at the broker; null where nothing is.</summary>
    /// <param name="position">A position that is not CLOSED.</param>
    public static string? OnItsWay(PositionView position) => position switch
    {
        { ExitOrderId: { } sell, Status: "PENDING_CLOSE" } => string.Create(CultureInfo.InvariantCulture, $"its sell {sell} is at the broker, whose record of the fill is awaited"),
        { Status: "PENDING" or "PENDING_CLOSE" } => "an order is on its way and may still fill",
        _ => null,
    };

    private static string Bought(PositionView position) =>
        position.EntryPrice is { } price ? string.Create(CultureInfo.InvariantCulture, $", bought at {price:0.00##}") : "";
}
