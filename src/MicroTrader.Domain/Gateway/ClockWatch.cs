namespace MicroTrader.Domain.Gateway;

/// <summary>Notices that the clock on the wall jumped: a laptop that slept, a clock that was set. What was read before says nothing about now.</summary>
public static class ClockWatch
{
    /// <summary>A difference below this is the usual adjustment of a clock.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(3);

    /// <summary>How far the clock jumped between two looks; null where it did not.</summary>
    /// <param name="wallElapsed">What passed by the clock on the wall.</param>
    /// <param name="runElapsed">What passed by a clock that only runs.</param>
    /// <param name="expected">How long the second look was to come after the first.</param>
    /// <returns>Positive where the wall's clock went ahead, or where nothing ran for a while.</returns>
    public static TimeSpan? Jump(TimeSpan wallElapsed, TimeSpan runElapsed, TimeSpan expected)
    {
        var apart = wallElapsed - runElapsed;
        if (apart.Duration() >= Tolerance)
            return apart;
        // Some clocks that only run stop with the machine, some do not: a look that came far too late is a machine that slept.
        var late = wallElapsed - expected;
        return late >= 10 * Tolerance ? late : null;
    }
}
