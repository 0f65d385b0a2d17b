using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Tests;

/// <summary>A robot that stands still: its data is what the test put there. A part in <see cref="Silent"/> answers nobody in time.</summary>
internal sealed class FixedRobot : IRobotQueries
{
    public required RobotStatus Status { get; init; }

    public IReadOnlyList<PositionView> Positions { get; init; } = [];

    public IReadOnlyList<TradeView> Trades { get; init; } = [];

    public IReadOnlyList<SymbolView> Symbols { get; init; } = [];

    public IReadOnlySet<string> Silent { get; init; } = new HashSet<string>();

    public Task<RobotStatus> StatusAsync(CancellationToken cancellation) => Answer("status", Status);

    public Task<IReadOnlyList<PositionView>> PositionsAsync(CancellationToken cancellation) => Answer("positions", Positions);

    public Task<IReadOnlyList<TradeView>> TradesAsync(int most, CancellationToken cancellation) =>
        Answer<IReadOnlyList<TradeView>>("trades", [.. Trades.Take(most)]);

    public Task<IReadOnlyList<SymbolView>> SymbolsAsync(CancellationToken cancellation) => Answer("symbols", Symbols);

    public Task<ExplainAnswer> ExplainAsync(string reference, CancellationToken cancellation) => Answer("explain", new ExplainAnswer(null, "nothing is known"));

    public Task<IReadOnlyList<ActorReport>> InspectAsync(CancellationToken cancellation) =>
        Answer<IReadOnlyList<ActorReport>>("inspect", []);

    private Task<T> Answer<T>(string part, T answer) =>
        Silent.Contains(part) ? Task.FromException<T>(new TimeoutException($"the robot did not answer about {part}")) : Task.FromResult(answer);
}
