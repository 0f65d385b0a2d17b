using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Live;

/// <summary>
/// What every open page shows, at one moment. A part that did not change since the snapshot before is the same object; one that did not answer in time is
/// null.
/// </summary>
/// <param name="Number">Counts the snapshots.</param>
/// <param name="Now">The robot's clock.</param>
/// <param name="Status">The robot at a glance.</param>
/// <param name="Positions">The positions that are not CLOSED.</param>
/// <param name="Symbols">The symbols, by name.</param>
/// <param name="Trades">The newest trades that are over.</param>
/// <param name="Account">The account's money.</param>
/// <param name="Broker">How the robot stands with the broker.</param>
/// <param name="Health">The robot's health.</param>
/// <param name="Decisions">The newest wishes to enter.</param>
/// <param name="Log">The newest lines of the log.</param>
public sealed record LiveSnapshot(
    long Number,
    DateTimeOffset Now,
    RobotStatus? Status,
    IReadOnlyList<PositionView>? Positions,
    IReadOnlyList<SymbolView>? Symbols,
    TradePage? Trades,
    AccountView? Account,
    BrokerView? Broker,
    HealthView Health,
    IReadOnlyList<DecisionView> Decisions,
    IReadOnlyList<LogLine> Log)
{
    /// <summary>The parts that did not answer in time, in words.</summary>
    public IReadOnlyList<string> Silent { get; } =
    [
        .. new (object? Part, string Name)[] { (Status, "status"), (Positions, "open positions"), (Symbols, "symbols"), (Trades, "trades") }
            .Where(p => p.Part is null)
            .Select(p => p.Name),
    ];
}
