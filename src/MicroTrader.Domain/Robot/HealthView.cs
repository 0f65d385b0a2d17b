namespace MicroTrader.Domain.Robot;

/// <summary>How well something is.</summary>
public enum HealthWord
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, and is worth a look: it may mend itself.</summary>
    Watch,

    /// <summary>A person must act, or does not know what is.</summary>
    Act,
}

/// <summary>One part of the robot's health.</summary>
/// <param name="Name">The part, e.g. <c>Feed</c>.</param>
/// <param name="Word">How well it is.</param>
/// <param name="Detail">In words.</param>
public sealed record HealthCheck(string Name, HealthWord Word, string Detail);

/// <summary>The robot's health: one word for the whole, and its parts.</summary>
/// <param name="Word">The worst of the parts.</param>
/// <param name="Checks">The parts.</param>
public sealed record HealthView(HealthWord Word, IReadOnlyList<HealthCheck> Checks)
{
    /// <summary>The prices that are worst off, of all that is traded or held; null where no symbol is, or none is known.</summary>
    public PriceStanding? WorstPrice { get; init; }
}

/// <summary>What health is judged by. A part that did not answer is null.</summary>
/// <param name="Now">The robot's clock.</param>
/// <param name="Status">The robot at a glance.</param>
/// <param name="Positions">The positions that are not CLOSED.</param>
/// <param name="Broker">How the robot stands with the broker.</param>
/// <param name="Symbols">The symbols that are traded, with their newest prices.</param>
public sealed record HealthFacts(
    DateTimeOffset Now,
    RobotStatus? Status,
    IReadOnlyList<PositionView>? Positions,
    BrokerView? Broker,
    IReadOnlyList<SymbolView>? Symbols);
