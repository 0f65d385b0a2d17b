namespace MicroTrader.Domain.Market;

/// <summary>The prices of one stretch of time.</summary>
/// <param name="Start">Its beginning, UTC.</param>
/// <param name="Open">The first price, in the instrument's currency.</param>
/// <param name="High">The highest.</param>
/// <param name="Low">The lowest.</param>
/// <param name="Close">The last.</param>
/// <param name="Volume">Shares traded, as far as the ticks say; 0 where none does.</param>
/// <param name="Ticks">Ticks that it was made of.</param>
public readonly record struct Candle(DateTimeOffset Start, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, int Ticks)
{
    /// <summary>A candle of one tick.</summary>
    /// <param name="start">Its beginning.</param>
    /// <param name="price">The tick's price, in the instrument's currency.</param>
    /// <param name="volume">The tick's volume in shares; null where it is not known.</param>
    public static Candle Of(DateTimeOffset start, decimal price, decimal? volume) => new(start, price, price, price, price, volume ?? 0m, 1);

    /// <summary>This candle, followed by a later one of the same stretch.</summary>
    public Candle Then(in Candle later) => this with
    {
        High = Math.Max(High, later.High),
        Low = Math.Min(Low, later.Low),
        Close = later.Close,
        Volume = Volume + later.Volume,
        Ticks = Ticks + later.Ticks,
    };
}
