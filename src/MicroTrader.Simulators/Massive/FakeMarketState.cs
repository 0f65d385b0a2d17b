namespace MicroTrader.Simulators.Massive;

/// <summary>What the market status says.</summary>
public enum FakeMarketState
{
    /// <summary><c>closed</c>.</summary>
    Closed,

    /// <summary><c>extended-hours</c>, before the open.</summary>
    EarlyHours,

    /// <summary><c>open</c>.</summary>
    Open,

    /// <summary><c>extended-hours</c>, after the close.</summary>
    AfterHours,
}
