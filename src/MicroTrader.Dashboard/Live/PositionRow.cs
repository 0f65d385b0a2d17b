using MicroTrader.Dashboard.Text;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Live;

/// <summary>A position with what only now can say of it.</summary>
/// <param name="View">The position.</param>
/// <param name="Trade">The name of its trade, e.g. <c>AXSM-17</c>.</param>
/// <param name="Last">The newest price, in its currency; null where there is none.</param>
/// <param name="Unrealised">What selling at the newest price would bring more than it cost, before fees; null where that is not known.</param>
/// <param name="UnrealisedPercent">The same in percent.</param>
/// <param name="LeftSeconds">Seconds until TIME; null where that is not known, an exit is on its way, or the person is asked first.</param>
internal sealed record PositionRow(PositionView View, string Trade, decimal? Last, decimal? Unrealised, decimal? UnrealisedPercent, double? LeftSeconds)
{
    /// <summary>The countdown, as it is shown.</summary>
    public string Left => LeftSeconds switch
    {
        null => View is { Blocked: not null, EntryTime: not null } ? "waits for you" : NumberText.None,
        <= 0 => "due",
        { } s => TimeText.Duration(s),
    };

    /// <summary>Why its price limits leave nothing now; null where they do.</summary>
    public string? Unwatched => View switch
    {
        { Blocked: not null } => "waits for you",
        { WatchesPrices: false } => "no feed: TIME alone",
        _ => null,
    };

    /// <summary>Makes a row.</summary>
    public static PositionRow Of(PositionView view, decimal? last, DateTimeOffset now)
    {
        // What was sold already no longer moves: its part is in the position's own P&L.
        decimal? unrealised = view is { EntryPrice: { } entry, Status: "OPEN" or "PENDING_CLOSE", Quantity: > 0 } && last is { } price
            ? (price - entry) * view.Quantity
            : null;
        decimal? percent = unrealised is not null ? (last!.Value - view.EntryPrice!.Value) * 100m / view.EntryPrice.Value : null;
        double? left = view is { TimeAt: { } due, Status: "OPEN" or "PENDING", ExitReason: null, Blocked: null } ? (due - now).TotalSeconds : null;
        return new PositionRow(view, TradeReference.Parse(view.Reference) is { } parsed ? TradeReference.Of(parsed.Symbol, parsed.TradeNumber) : view.Reference, last, unrealised, percent, left);
    }
}
