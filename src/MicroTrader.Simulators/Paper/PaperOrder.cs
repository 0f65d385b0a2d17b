namespace MicroTrader.Simulators.Paper;

/// <summary>An accepted order as the paper broker keeps it.</summary>
public sealed record PaperOrder
{
    /// <summary>Order number, counted up.</summary>
    public required long Id { get; init; }

    /// <summary>The venue's instrument identifier.</summary>
    public required string Ticker { get; init; }

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

    /// <summary>Cash set aside for the part that is not executed, in account currency.</summary>
    public decimal ReservedCash { get; init; }

    /// <summary>What the venue will do with it.</summary>
    public PaperFate Fate { get; init; } = PaperFate.Usual;

    /// <summary>True while the order can still execute.</summary>
    public bool IsPending => Status is PaperOrderStatus.New or PaperOrderStatus.PartiallyFilled;

    /// <summary>True for a buy.</summary>
    public bool IsBuy => Quantity > 0;

    /// <summary>Shares not executed yet, with the sign of <see cref="Quantity"/>.</summary>
    public decimal RemainingQuantity => Quantity - FilledQuantity;
}
