namespace MicroTrader.Simulators.Paper;

/// <summary>An accepted order as the paper broker keeps it.</summary>
public sealed record PaperOrder
{
    /// <summary>Order number, counted up.</summary>
    public required long Id { get; init; }

    /// <summary>The venue's instrument identifier.</summary>
    public required string Ticker { get; init; }

    /// <summary>Kind of the order.</summary>
    public PaperOrderType Type { get; init; }

    /// <summary>Worst price per share at which a limit or stop-limit order executes, in the instrument's currency; else null.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Last price per share that sets a stop or stop-limit order off, in the instrument's currency; else null.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>How long the order stays; null for a market order.</summary>
    public PaperTimeValidity? TimeValidity { get; init; }

    /// <summary>Shares asked for; negative sells.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Shares executed, with the sign of <see cref="Quantity"/>.</summary>
    public decimal FilledQuantity { get; init; }

    /// <summary>Where the order stands.</summary>
    public PaperOrderStatus Status { get; init; }

    /// <summary>Where the order came from, in the wire's words: API, IOS, ANDROID, WEB, ...</summary>
    public required string InitiatedFrom { get; init; }

    /// <summary>True: the order does not wait for a session.</summary>
    public bool ExtendedHours { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the venue acts on it next; <see cref="DateTimeOffset.MaxValue"/> when no session is known.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When the stop price was reached; null before that and for an order without one.</summary>
    public DateTimeOffset? TriggeredAt { get; init; }

    /// <summary>When a DAY order ends; null for an order that does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When a cancellation that was asked for takes effect; null where none was.</summary>
    public DateTimeOffset? CancelAt { get; init; }

    /// <summary>Cash set aside for the part that is not executed, in account currency.</summary>
    public decimal ReservedCash { get; init; }

    /// <summary>What the venue will do with it.</summary>
    public PaperFate Fate { get; init; } = PaperFate.Usual;

    /// <summary>True while the order can still execute.</summary>
    public bool IsPending => Status is PaperOrderStatus.New or PaperOrderStatus.PartiallyFilled or PaperOrderStatus.Cancelling;

    /// <summary>True for a buy.</summary>
    public bool IsBuy => Quantity > 0;

    /// <summary>Shares not executed yet, with the sign of <see cref="Quantity"/>.</summary>
    public decimal RemainingQuantity => Quantity - FilledQuantity;
}
