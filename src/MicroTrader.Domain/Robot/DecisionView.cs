namespace MicroTrader.Domain.Robot;

/// <summary>A wish to enter, and what became of it.</summary>
/// <param name="At">When the strategy decided, by the robot's clock.</param>
/// <param name="Symbol">The instrument.</param>
/// <param name="Price">The tick's price, in the instrument's currency.</param>
/// <param name="ChangePercent">Change over the window, in percent.</param>
/// <param name="RisingMoves">Moves up in a row.</param>
/// <param name="VolumeRatio">The tick's volume over the mean of the window before it; null where it was not asked for.</param>
/// <param name="Taken">True: it became an order; false: it was turned down; null: not answered yet.</param>
/// <param name="Outcome">In words, e.g. <c>denied: COOL_DOWN: until 14:31</c> or the trade that it became; null while not answered.</param>
public sealed record DecisionView(
    DateTimeOffset At,
    string Symbol,
    decimal Price,
    decimal ChangePercent,
    int RisingMoves,
    decimal? VolumeRatio,
    bool? Taken,
    string? Outcome);

/// <summary>The newest wishes to enter. Safe for several threads.</summary>
public interface IDecisionFeed
{
    /// <summary>Grows with every change.</summary>
    long Version { get; }

    /// <summary>The newest, newest first.</summary>
    /// <param name="most">How many at the most.</param>
    IReadOnlyList<DecisionView> Newest(int most);
}
