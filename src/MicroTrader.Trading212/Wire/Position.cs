using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>An open position: everything that the account holds of an instrument, whoever bought it. A field that the venue left out is null. Source: the Trading 212 Public API v0 description, schema Position.</summary>
public sealed record Position
{
    /// <summary>The instrument: a position carries its ticker here only.</summary>
    public Instrument? Instrument { get; init; }

    /// <summary>Shares held, pies included.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Shares that may be sold now.</summary>
    public decimal? QuantityAvailableForTrading { get; init; }

    /// <summary>Shares in pies.</summary>
    public decimal? QuantityInPies { get; init; }

    /// <summary>Average price of a share in the instrument's currency.</summary>
    public decimal? AveragePricePaid { get; init; }

    /// <summary>Price of a share now, in the instrument's currency.</summary>
    public decimal? CurrentPrice { get; init; }

    /// <summary>When the position was opened.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The same in the account's currency.</summary>
    public PositionWalletImpact? WalletImpact { get; init; }

    /// <summary>The ticker, from <see cref="Instrument"/>.</summary>
    [JsonIgnore]
    public string? Ticker => Instrument?.Ticker;
}
