using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Orders;

/// <summary>The strategy's wish to enter, with what it was decided on.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Price">The tick's price, in the instrument's currency.</param>
/// <param name="TickTime">The tick's time, by the feed's clock.</param>
/// <param name="At">When the robot decided.</param>
/// <param name="ChangePercent">Change over the window, in percent.</param>
/// <param name="RisingMoves">Moves up in a row.</param>
/// <param name="VolumeRatio">The tick's volume over the mean of the window before it; null where it was not asked for.</param>
public sealed record EntrySignal(
    Symbol Symbol,
    decimal Price,
    DateTimeOffset TickTime,
    DateTimeOffset At,
    decimal ChangePercent,
    int RisingMoves,
    decimal? VolumeRatio);
