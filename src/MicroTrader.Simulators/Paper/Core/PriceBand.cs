namespace MicroTrader.Simulators.Paper.Core;

/// <summary>The prices of one ticker that the venue has to look at: at or below <paramref name="Low"/>, or at or above <paramref name="High"/>.</summary>
internal readonly record struct PriceBand(decimal Low, decimal High)
{
    // Prices are above 0, so a low of 0 names none.
    public static PriceBand None { get; } = new(0m, decimal.MaxValue);

    public static PriceBand Any { get; } = new(decimal.MaxValue, 0m);

    public static PriceBand AtOrBelow(decimal price) => None with { Low = price };

    public static PriceBand AtOrAbove(decimal price) => None with { High = price };

    public PriceBand With(PriceBand other) => new(Math.Max(Low, other.Low), Math.Min(High, other.High));

    public bool Holds(decimal price) => price <= Low || price >= High;
}
