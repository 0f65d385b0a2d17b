using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Positions;

/// <summary>Something that a position is asked to do, or told.</summary>
public abstract record PositionCommand
{
    private PositionCommand()
    {
    }

    /// <summary>Begin a trade: risk has granted it.</summary>
    /// <param name="Signal">What it is decided on.</param>
    /// <param name="Ticker">The broker's identifier.</param>
    /// <param name="Currency">The instrument's currency, ISO 4217.</param>
    /// <param name="Quantity">Shares to buy.</param>
    /// <param name="HeldBefore">Shares that the account holds; null where no read said so.</param>
    /// <param name="Risk">What risk looked at when it granted it, for the journal alone; null where that is not told.</param>
    public sealed record IntendEntry(EntrySignal Signal, Ticker Ticker, string Currency, decimal Quantity, decimal? HeldBefore, RiskLook? Risk = null) : PositionCommand;

    /// <summary>Leave the position.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Price">The price that set it off, in the instrument's currency; null where none did.</param>
    /// <param name="TradeNumber">The trade that it is meant for; null for whatever is held.</param>
    /// <param name="Basis">What the price was taken from, where it is not the feed's; null where it is, or where no price did.</param>
    public sealed record Exit(ExitReason Reason, decimal? Price, long? TradeNumber, PriceBasis? Basis = null) : PositionCommand;

    /// <summary>Look whether something is due: TIME, or a sell that was to be tried anew.</summary>
    public sealed record CheckDue : PositionCommand;

    /// <summary>The gateway's answer about an order.</summary>
    /// <param name="Reference">Our reference.</param>
    /// <param name="Outcome">What became of it.</param>
    public sealed record RecordOutcome(OrderReference Reference, OrderOutcome Outcome) : PositionCommand;

    /// <summary>Reconciliation found an order.</summary>
    /// <param name="Reference">Our reference.</param>
    /// <param name="OrderId">The broker's id.</param>
    /// <param name="Source">Where it was found.</param>
    public sealed record RecordFound(OrderReference Reference, long OrderId, string Source) : PositionCommand;

    /// <summary>Reconciliation looked for the whole settle window and found no such order.</summary>
    /// <param name="Reference">Our reference.</param>
    public sealed record RecordNotPlaced(OrderReference Reference) : PositionCommand;

    /// <summary>The order ended and the holding moved by its quantity.</summary>
    /// <param name="Reference">Our reference.</param>
    /// <param name="Quantity">Shares.</param>
    /// <param name="Price">An estimate of the price of a share, in the instrument's currency.</param>
    /// <param name="FilledAt">An estimate of when it was filled, by our clock.</param>
    public sealed record RecordFillEstimate(OrderReference Reference, decimal Quantity, decimal Price, DateTimeOffset FilledAt) : PositionCommand;

    /// <summary>The order ended; these are its fills.</summary>
    /// <param name="Reference">Our reference.</param>
    /// <param name="VenueStatus">The broker's final status.</param>
    /// <param name="Fills">Its fills, from the history.</param>
    public sealed record RecordSettlement(OrderReference Reference, string VenueStatus, IReadOnlyList<Fill> Fills) : PositionCommand;

    /// <summary>Evidence says that only a person can tell what is true.</summary>
    /// <param name="Code">Why.</param>
    /// <param name="Detail">The same in words.</param>
    /// <param name="Reference">Our order that is in question; null where shares are.</param>
    /// <param name="OrderIds">The broker's orders that are in question.</param>
    public sealed record NeedPerson(BlockCode Code, string Detail, OrderReference? Reference, IReadOnlyList<long> OrderIds) : PositionCommand;

    /// <summary>Evidence says that shares of ours came or went without an order of ours.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="TradeNumber">The trade that it is about.</param>
    /// <param name="Quantity">Shares, negative for those that went.</param>
    /// <param name="Price">What a share was sold at, in the instrument's currency; null where unknown or where none was sold.</param>
    /// <param name="OrderIds">The broker's orders behind it.</param>
    /// <param name="Detail">In words.</param>
    public sealed record AdjustHolding(
        AdjustmentReason Reason,
        long TradeNumber,
        decimal Quantity,
        decimal? Price,
        IReadOnlyList<long> OrderIds,
        string Detail) : PositionCommand;

    /// <summary>Evidence says that the shares are there and free.</summary>
    /// <param name="TradeNumber">The trade that it is about.</param>
    /// <param name="Since">The hold that the evidence was gathered for.</param>
    /// <param name="Detail">In words.</param>
    public sealed record ClearExit(long TradeNumber, DateTimeOffset Since, string Detail) : PositionCommand;

    /// <summary>A person says what is true of a blocked symbol.</summary>
    /// <param name="Choice">What.</param>
    /// <param name="OrderId">The broker's order that is ours; null where only one is in question.</param>
    public sealed record Resolve(Resolution Choice, long? OrderId) : PositionCommand;

    /// <summary>The journal was replayed after a start: what has no outcome is unknown from now on.</summary>
    public sealed record Recover : PositionCommand;
}

/// <summary>What a position decides by, beside its state.</summary>
/// <param name="Exits">When positions are left.</param>
/// <param name="BrokerClockOffsetMs">The broker's clock minus ours, in milliseconds.</param>
/// <param name="LateWatch">How long an order that was not found is still watched for.</param>
/// <param name="MaySell">False while trading is stopped altogether: exits wait.</param>
/// <param name="Session">When the robot may trade within the market's hours; null where hours do not matter.</param>
/// <param name="Calendar">The market's hours; null where they do not matter.</param>
public sealed record PositionContext(
    ExitParameters Exits,
    long BrokerClockOffsetMs,
    TimeSpan LateWatch,
    bool MaySell,
    SessionRules? Session = null,
    ITradingCalendar? Calendar = null)
{
    /// <summary>The earliest time from <paramref name="wanted"/> on at which the market's hours allow a sale; null where none is known.</summary>
    public DateTimeOffset? SellableFrom(DateTimeOffset wanted) =>
        Session is { } rules && Calendar is { } calendar ? rules.NextSellAt(calendar, wanted) : wanted;

    /// <summary>When what was bought at a time must be sold before the close; null where it need not be.</summary>
    public DateTimeOffset? FlatFrom(DateTimeOffset opened) =>
        Session is { } rules && Calendar is { } calendar ? rules.FlatFrom(calendar, opened) : null;
}

/// <summary>What a position decided.</summary>
/// <param name="Events">The facts to journal, in order; empty where nothing changes.</param>
/// <param name="Ignored">
/// Why the command itself changes nothing; null where it does, or where nothing was to be done. <paramref name="Events"/> may still hold what
/// was due anyway, e.g. the sell at the end of TIME.
/// </param>
public sealed record PositionDecision(IReadOnlyList<IPositionEvent> Events, string? Ignored = null)
{
    /// <summary>Nothing to do.</summary>
    public static PositionDecision None { get; } = new([]);

    /// <summary>Refuses, with the reason.</summary>
    public static PositionDecision Ignore(string why) => new([], why);
}
