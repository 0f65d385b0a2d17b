using System.Globalization;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Robot;

/// <summary>One thing that a person may say of a symbol that needs them.</summary>
/// <param name="Command">What is typed, e.g. <c>resolve AXSM mine --order 54250294524</c>.</param>
/// <param name="Effect">What follows from it, in words.</param>
public sealed record BlockedChoice(string Command, string Effect)
{
    private static readonly Resolution[] All = [Resolution.Mine, Resolution.NotMine, Resolution.Sell];

    // Nothing is sold, and nothing is due: what a word would do is asked, no more.
    private static readonly PositionContext Asking = new(new ExitParameters(), 0, TimeSpan.Zero, MaySell: false);

    /// <summary>What may be said of a position; empty where it is not blocked. Each is what the decision itself would do.</summary>
    public static IReadOnlyList<BlockedChoice> Of(PositionState state) => state.Blocked is { } block
        ? [.. All.SelectMany(choice => Of(state, block, choice))]
        : [];

    private static IEnumerable<BlockedChoice> Of(PositionState state, Block block, Resolution choice)
    {
        if (EffectOf(state, choice, null) is { } effect)
            return [new BlockedChoice($"resolve {state.Symbol} {choice.Word()}", effect)];
        return block.OrderIds
            .Select(id => (Id: id, Effect: EffectOf(state, choice, id)))
            .Where(c => c.Effect is not null)
            .Select(c => new BlockedChoice(string.Create(CultureInfo.InvariantCulture, $"resolve {state.Symbol} {choice.Word()} --order {c.Id}"), c.Effect!));
    }

    private static string? EffectOf(PositionState state, Resolution choice, long? orderId)
    {
        try
        {
            var decision = state.Decide(new PositionCommand.Resolve(choice, orderId), state.Blocked!.Since, Asking);
            return decision.Events.OfType<PositionResolved>().FirstOrDefault()?.Detail;
        }
        catch (IllegalTransitionException)
        {
            // What the table of moves forbids is no choice; and a view must never stop the position that is shown.
            return null;
        }
    }
}
