using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Positions;

/// <summary>Where a position stands.</summary>
public enum PositionStatus
{
    /// <summary>Nothing is held and nothing is on its way: ready for the next trade.</summary>
    Closed,

    /// <summary>A buy is on its way.</summary>
    Pending,

    /// <summary>Shares are held.</summary>
    Open,

    /// <summary>A sell is on its way, or not all of its figures are known.</summary>
    PendingClose,
}

/// <summary>A wish to leave that waits until a sell order can be sent.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Price">The price that set it off, in the instrument's currency; null where none did.</param>
/// <param name="At">When it was first wanted.</param>
/// <param name="Basis">What that price was taken from, where it is not the feed's; null where it is, or where no price did.</param>
public sealed record PendingExit(ExitReason Reason, decimal? Price, DateTimeOffset At, PriceBasis? Basis = null);

/// <summary>Why a sell that came to nothing is not simply sent anew.</summary>
public enum ExitHoldKind
{
    /// <summary>The broker refused it for want of shares: they may be sold already, reserved, or not settled yet.</summary>
    Refused,

    /// <summary>Its answer was lost and complete reads show no such order.</summary>
    NotPlaced,
}

/// <summary>No sell is sent until evidence, taken after this began, says that the shares are there and free.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Since">Since when.</param>
public sealed record ExitHold(ExitHoldKind Kind, DateTimeOffset Since);

/// <summary>A symbol that needs the person.</summary>
/// <param name="Code">Why.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="Reference">Our order that is in question; null where shares are.</param>
/// <param name="OrderIds">The broker's orders that are in question.</param>
/// <param name="Since">Since when.</param>
/// <param name="Waiting">Questions about another order of ours, or about shares, that are asked when this one is answered; null for none.</param>
public sealed record Block(
    BlockCode Code,
    string Detail,
    OrderReference? Reference,
    IReadOnlyList<long> OrderIds,
    DateTimeOffset Since,
    IReadOnlyList<Block>? Waiting = null)
{
    /// <summary>The question that is asked now, then those that wait.</summary>
    public IEnumerable<Block> Questions() => (Waiting ?? []).Prepend(this);
}

/// <summary>An order of an earlier trade that was held for not placed: should it turn up, the symbol is blocked.</summary>
/// <param name="Order">The order.</param>
/// <param name="Ticker">The broker's identifier.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="Signal">What its trade was decided on.</param>
public sealed record GivenUpOrder(OrderState Order, Ticker Ticker, string Currency, EntrySignal Signal);

/// <summary>One trade: from the intent to buy to the last fill of its sell.</summary>
/// <param name="Number">The position's n-th trade, from 1.</param>
/// <param name="Ticker">The broker's identifier.</param>
/// <param name="Currency">The instrument's currency, ISO 4217.</param>
/// <param name="Signal">What the entry was decided on.</param>
/// <param name="HeldBefore">Shares of the ticker that the account held before; null where no read said so.</param>
/// <param name="Orders">Its orders, the buy first.</param>
/// <param name="Exit">The exit that is wanted or under way; null while none is.</param>
/// <param name="RetryExitAt">Before this no new sell is sent, after a refused one; null where none was refused.</param>
/// <param name="FailedExits">Sell orders in a row that came to nothing.</param>
/// <param name="ClosedAt">When it was over; null before.</param>
/// <param name="CloseReason">Why it ended; null before.</param>
/// <param name="CloseDetail">The broker's words about its end, where it said something.</param>
/// <param name="Result">What it brought; null before its end and for an entry that came to nothing.</param>
/// <param name="Adjustments">Shares that came or went without an order of ours; null for none.</param>
/// <param name="ExitHold">Why no sell is sent until evidence allows it; null where nothing speaks against it.</param>
public sealed record TradeState(
    long Number,
    Ticker Ticker,
    string Currency,
    EntrySignal Signal,
    decimal? HeldBefore,
    IReadOnlyList<OrderState> Orders,
    PendingExit? Exit,
    DateTimeOffset? RetryExitAt,
    int FailedExits,
    DateTimeOffset? ClosedAt,
    ExitReason? CloseReason,
    string? CloseDetail,
    TradeResult? Result,
    IReadOnlyList<HoldingAdjusted>? Adjustments = null,
    ExitHold? ExitHold = null)
{
    /// <summary>The buy.</summary>
    public OrderState Entry => Orders[0];

    /// <summary>The newest sell; null before the first.</summary>
    public OrderState? LastExit => Orders.Count > 1 ? Orders[^1] : null;

    /// <summary>Shares bought, by the orders' fills.</summary>
    public decimal Bought => Orders.Where(o => o.Side == OrderSide.Buy).Sum(o => o.FilledQuantity);

    /// <summary>Shares sold, by the orders' fills.</summary>
    public decimal Sold => Orders.Where(o => o.Side == OrderSide.Sell).Sum(o => o.FilledQuantity);

    /// <summary>Shares that came (or, negative, went) without an order of ours.</summary>
    public decimal Adjusted => Adjustments?.Sum(a => a.Quantity) ?? 0m;

    /// <summary>Shares of ours that are held; negative where more was sold than bought.</summary>
    public decimal Held => Bought - Sold + Adjusted;

    /// <summary>What was paid for a share, in the instrument's currency: the fills' price, before that the signal's; after a split, what that makes of it.</summary>
    public decimal EntryPrice
    {
        get
        {
            var price = Entry.Price ?? Signal.Price;
            var split = Adjustments?.Where(a => a.Reason == AdjustmentReason.CorporateAction).Sum(a => a.Quantity) ?? 0m;
            return split == 0 || Bought + split <= 0 ? price : price * Bought / (Bought + split);
        }
    }

    /// <summary>
    /// When the shares were bought, by our clock: the last fill where the history told it, else its estimate, else when the broker accepted; null before.
    /// </summary>
    public DateTimeOffset? OpenedAt =>
        Entry.Fills.Count > 0
            ? Entry.Fills.Max(f => f.FilledAt) - TimeSpan.FromMilliseconds(Entry.BrokerClockOffsetMs)
            : Entry.FillEstimatedAt ?? Entry.AcceptedAt;

    /// <summary>Finds an order by our reference; null where the trade has none such.</summary>
    public OrderState? Find(OrderReference reference) => Orders.FirstOrDefault(o => o.Reference == reference);
}

/// <summary>A symbol's position: what replaying its facts gives. A value: the same facts give an equal one.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Trade">The trade under way, or the last one; null before the first.</param>
/// <param name="NoEntryBefore">No new trade before this: an order that was not found is still watched for; null where none is.</param>
/// <param name="RecentOrderIds">The broker's ids of our latest orders, newest last: what an unknown order cannot be.</param>
/// <param name="Blocked">Why the symbol needs the person; null where it does not.</param>
/// <param name="GivenUp">Orders of earlier trades that were held for not placed, oldest first; null for none.</param>
public sealed record PositionState(
    Symbol Symbol,
    PositionStatus Status,
    TradeState? Trade,
    DateTimeOffset? NoEntryBefore,
    IReadOnlyList<long> RecentOrderIds,
    Block? Blocked = null,
    IReadOnlyList<GivenUpOrder>? GivenUp = null)
{
    /// <summary>How many order ids are remembered: those of an hour, with a trade a minute.</summary>
    public const int RememberedOrderIds = 128;

    /// <summary>How many orders of earlier trades that were held for not placed are remembered.</summary>
    public const int RememberedGivenUp = 8;

    /// <summary>A position without a past.</summary>
    public static PositionState Empty(Symbol symbol) => new(symbol, PositionStatus.Closed, null, null, []);

    /// <summary>The number of the last trade; 0 before the first.</summary>
    public long TradeNumber => Trade?.Number ?? 0;

    /// <summary>Whether an order may exist without our knowing: nothing new is sent on the ticker until that is resolved.</summary>
    public bool IsFrozen => Status != PositionStatus.Closed && Trade is not null && Trade.Orders.Any(o => o.IsUncertain);
}
