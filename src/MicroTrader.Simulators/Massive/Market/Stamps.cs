namespace MicroTrader.Simulators.Massive.Market;

/// <summary>Moments as the wire has them.</summary>
internal static class Stamps
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Unix time in milliseconds.</summary>
    public static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <summary>Unix time in nanoseconds, in steps of the 100 that .NET knows.</summary>
    public static long Nanoseconds(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;

    /// <summary>A span in nanoseconds.</summary>
    public static long Nanoseconds(TimeSpan span) => span.Ticks * NanosecondsPerTick;
}
