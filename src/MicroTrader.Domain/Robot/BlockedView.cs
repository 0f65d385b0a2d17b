using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Robot;

/// <summary>A symbol that needs the person, as people see it.</summary>
/// <param name="Symbol">The instrument, by our name.</param>
/// <param name="Code">AMBIGUOUS, CONTRADICTION, LATE_ORDER, OVERSOLD, EXIT_UNCERTAIN, SHARES_MISSING or CORPORATE_ACTION.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="Reference">Our order that is in question; null where shares are.</param>
/// <param name="OrderIds">The broker's orders that are in question.</param>
/// <param name="Since">Since when.</param>
/// <param name="Held">Shares that the robot holds by its journal.</param>
/// <param name="Choices">What the person may type, and what each would do.</param>
/// <param name="MoreQuestions">Further questions about the symbol, which are asked when this one is answered.</param>
public sealed record BlockedView(
    string Symbol,
    string Code,
    string Detail,
    string? Reference,
    IReadOnlyList<long> OrderIds,
    DateTimeOffset Since,
    decimal Held,
    IReadOnlyList<BlockedChoice> Choices,
    int MoreQuestions = 0)
{
    /// <summary>Shows a block; null where the symbol is free.</summary>
    public static BlockedView? From(PositionState state) => state.Blocked is { } block
        ? new BlockedView(
            state.Symbol.Value,
            block.Code.Word(),
            block.Detail,
            block.Reference?.Value,
            block.OrderIds,
            block.Since,
            state.Status == PositionStatus.Closed ? 0m : state.Trade?.Held ?? 0m,
            BlockedChoice.Of(state),
            block.Waiting?.Count ?? 0)
        : null;
}
