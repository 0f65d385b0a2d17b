namespace MicroTrader.Simulation.Shared;

/// <summary>Lengths of time in units of 100 ns.</summary>
internal static class Span
{
    public const long Millisecond = TimeSpan.TicksPerMillisecond;

    public const long Second = TimeSpan.TicksPerSecond;

    public const long Minute = TimeSpan.TicksPerMinute;
}
