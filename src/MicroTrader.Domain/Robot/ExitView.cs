using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Robot;

/// <summary>When positions are left, as people see it.</summary>
/// <param name="TakeProfitPercent">TP: gain on the entry price, in percent.</param>
/// <param name="StopLossPercent">SL: loss on the entry price, in percent, without a sign.</param>
/// <param name="MaxHoldSeconds">TIME: longest hold from the fill, in seconds.</param>
public sealed record ExitView(decimal TakeProfitPercent, decimal StopLossPercent, double MaxHoldSeconds)
{
    /// <summary>Trailing stop: how far the price may fall back from its highest since the entry, in percent of that; null where there is none.</summary>
    public decimal? TrailingDistancePercent { get; init; }

    /// <summary>Gain on the entry price from which the trailing stop follows, in percent; null where there is none.</summary>
    public decimal? TrailingActivatePercent { get; init; }

    /// <summary>Flat momentum: over how many ticks since the entry the price must have risen; null where that is not asked for.</summary>
    public int? FlatTicks { get; init; }

    /// <summary>Flat momentum: by how much it must have risen over them, in percent; null where that is not asked for.</summary>
    public decimal? FlatChangePercent { get; init; }

    /// <summary>Shows the parameters.</summary>
    public static ExitView Of(ExitParameters exits) => new(exits.TakeProfitPercent, exits.StopLossPercent, exits.MaxHold.TotalSeconds)
    {
        TrailingDistancePercent = exits.TrailingDistancePercent,
        TrailingActivatePercent = exits.TrailingDistancePercent is null ? null : exits.TrailingActivatePercent,
        FlatTicks = exits.FlatTicks,
        FlatChangePercent = exits.FlatTicks is null ? null : exits.FlatChangePercent,
    };

    /// <summary>The price that takes the profit of a position, in its currency.</summary>
    public decimal TakeProfit(decimal entryPrice) => entryPrice * (1m + (TakeProfitPercent / 100m));

    /// <summary>The price that cuts the loss of a position, in its currency.</summary>
    public decimal StopLoss(decimal entryPrice) => entryPrice * (1m - (StopLossPercent / 100m));

    /// <summary>When a position has been held for long enough.</summary>
    public DateTimeOffset Due(DateTimeOffset entryTime) => entryTime + TimeSpan.FromSeconds(MaxHoldSeconds);
}
