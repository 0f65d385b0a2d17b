using MicroTrader.Dashboard.Text;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Live;

/// <summary>A position with what only now can say of it.</summary>
/// <param name="View">The position.</param>
/// <param name="Trade">The name of its trade, e.g. <c>AXSM-17</c>.</param>
/// <param name="Last">The newest price, in its currency; null where there is none.</param>
/// <param name="Gain">What it brings more than it cost, before fees: at the newest price what is held, and provisionally what is being sold; null where that is not known.</param>
/// <param name="LeftSeconds">Seconds until TIME; null where that is not known, an exit is on its way, or the person is asked first.</param>
internal sealed record PositionRow(PositionView View, string Trade, decimal? Last, PositionGain? Gain, double? LeftSeconds)
{
    /// <summary>Whether both are rows of one symbol. A table knows its rows by this: one that it takes for another it draws anew, and a click on the old one's button is lost.</summary>
    public bool Equals(PositionRow? other) => other is not null && other.View.Symbol == View.Symbol;

    /// <inheritdoc/>
    public override int GetHashCode() => View.Symbol.GetHashCode(StringComparison.Ordinal);

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
    /// <param name="view">The position.</param>
    /// <param name="board">The newest prices.</param>
    /// <param name="now">The robot's clock.</param>
    public static PositionRow Of(PositionView view, IMarketBoard board, DateTimeOffset now)
    {
        var last = board.LastPrice(view.Symbol);
        var atSale = view.Sale is { Price: null, AcceptedAt: var accepted } ? board.PriceAt(view.Symbol, accepted) : null;
        double? left = view is { TimeAt: { } due, Status: "OPEN" or "PENDING", ExitReason: null, Blocked: null } ? (due - now).TotalSeconds : null;
        var trade = TradeReference.Parse(view.Reference) is { } parsed ? TradeReference.Of(parsed.Symbol, parsed.TradeNumber) : view.Reference;
        return new PositionRow(view, trade, last, view.GainAt(last, atSale), left);
    }
}
