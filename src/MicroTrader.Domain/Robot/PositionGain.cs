namespace MicroTrader.Domain.Robot;

/// <summary>What a position has brought, and would bring if the rest were sold now.</summary>
/// <param name="Amount">More than it cost, before fees, in the instrument's currency.</param>
/// <param name="Percent">The same in percent of what all its shares cost.</param>
/// <param name="IsProvisional">Whether shares are counted as sold whose figures the broker's history has not settled: the amount may still change.</param>
public sealed record PositionGain(decimal Amount, decimal Percent, bool IsProvisional);
