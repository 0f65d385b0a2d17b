namespace MicroTrader.Simulators.Massive;

/// <summary>When the look-alike's market is open.</summary>
public enum FakeMarketHours
{
    /// <summary>Always.</summary>
    AroundTheClock,

    /// <summary>
    /// Monday to Friday by the clock of New York: early hours from 04:00, open 09:30 to 16:00, after hours to 20:00, and the holidays of the options. Before the
    /// open the day's bar is all zeros.
    /// </summary>
    NewYork,
}
