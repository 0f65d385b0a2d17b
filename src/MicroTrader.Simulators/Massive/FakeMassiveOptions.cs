using System.Text;

namespace MicroTrader.Simulators.Massive;

/// <summary>What the look-alike needs to start. Checked by <see cref="FakeMassive.StartAsync"/>.</summary>
public sealed record FakeMassiveOptions
{
    /// <summary>TCP port on 127.0.0.1 for REST and stream; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// TCP port of the admin API on 127.0.0.1 (trades, quotes, faults, statistics, market, a new day); 0 takes a free one, null has none. It asks for no key: whoever can
    /// reach loopback steers the look-alike.
    /// </summary>
    public int? AdminPort { get; init; }

    /// <summary>The key that opens it. Never logged.</summary>
    public string ApiKey { get; init; } = "massive";

    /// <summary>Whether the plan holds trades: <c>lastTrade</c> and the channel T.</summary>
    public bool HasTrades { get; init; } = true;

    /// <summary>Whether the plan holds quotes: <c>lastQuote</c> and the channel Q.</summary>
    public bool HasQuotes { get; init; } = true;

    /// <summary>
    /// How late the plan's data is, in whole minutes; zero for real time, 15 minutes on the real delayed plans. What is published is taken for what happened that long
    /// ago: it is sent at once, with stamps that much earlier. The stream is then at <c>/delayed/stocks</c> too.
    /// </summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Connections that may be authenticated at a time; null for any number. The real venue allows one for each key.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>
    /// Past <see cref="MaxConnections"/>, false refuses the newer connection; true accepts it and closes the oldest. Both are told <c>max_connections</c> and closed;
    /// both have been seen of the real venue.
    /// </summary>
    public bool EvictsOlderConnection { get; init; }

    /// <summary>When the market is open.</summary>
    public FakeMarketHours Hours { get; init; } = FakeMarketHours.AroundTheClock;

    /// <summary>Days on which the market is closed or closes early, in order of time.</summary>
    public IReadOnlyList<FakeHoliday> Holidays { get; init; } = [];

    /// <summary>What is published within this time goes out as one message; zero sends what is there at once.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Events that may wait for a connection; one that reads more slowly is cut.</summary>
    public int MaxQueuedEvents { get; init; } = 10_000;

    /// <summary>How long a connection may wait before it authenticates; then it is told <c>auth_timeout</c> and closed.</summary>
    public TimeSpan AuthenticationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Seed of what garbage looks like.</summary>
    public int FaultSeed { get; init; } = 1;

    /// <summary>The clock of everything that the look-alike does: stamps, aggregates, days, delays of faults.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <exception cref="FakeMassiveException">A setting is impossible.</exception>
    internal void Check()
    {
        Require(Port is >= 0 and <= 65535, nameof(Port), $"is {Port}; allowed are 0 (any free port) to 65535");
        Require(AdminPort is null or (>= 0 and <= 65535), nameof(AdminPort), $"is {AdminPort}; allowed are 0 (any free port) to 65535, or null for none");

        // The key itself is not named: it may be a real one that somebody pasted.
        Require(ApiKey.Length > 0 && ApiKey.All(static c => c is > ' ' and < '\x7f'), nameof(ApiKey), "is empty or holds more than visible ASCII characters");
        Require(Delay >= TimeSpan.Zero && Delay <= TimeSpan.FromDays(1) && Delay.Ticks % TimeSpan.TicksPerMinute == 0, nameof(Delay), $"is {Delay:c}; allowed are whole minutes up to a day");
        Require(MaxConnections is null or >= 1, nameof(MaxConnections), $"is {MaxConnections}; allowed is 1 or more, or null for any number");
        Require(FlushInterval >= TimeSpan.Zero && FlushInterval <= TimeSpan.FromSeconds(10), nameof(FlushInterval), $"is {FlushInterval:c}; allowed are 0 to 10 s");
        Require(MaxQueuedEvents is >= 1 and <= 10_000_000, nameof(MaxQueuedEvents), $"is {MaxQueuedEvents}; allowed are 1 to 10000000");
        Require(AuthenticationTimeout > TimeSpan.Zero && AuthenticationTimeout <= TimeSpan.FromDays(1), nameof(AuthenticationTimeout), $"is {AuthenticationTimeout:c}; allowed is above 0, at most a day");
    }

    private static void Require(bool ok, string name, string what)
    {
        if (!ok)
        {
            throw new FakeMassiveException($"Massive look-alike setting {name} {what}.");
        }
    }

    // Records print every member; the key must not get into a log that way.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Port = ").Append(Port)
            .Append(", AdminPort = ").Append(AdminPort)
            .Append(", HasTrades = ").Append(HasTrades)
            .Append(", HasQuotes = ").Append(HasQuotes)
            .Append(", Delay = ").Append(Delay);
        return true;
    }
}
