using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>The answer of metadata/exchanges: one exchange with one schedule, which every instrument points to.</summary>
internal static class WireSchedules
{
    public const long ScheduleId = 1;

    private const int DaysBack = 1;
    private const int DaysAhead = 7;

    public static IReadOnlyList<WireExchange> Exchanges(VenueRules rules, DateTimeOffset now) =>
    [
        new WireExchange
        {
            Id = 1,
            Name = "Paper Exchange",
            WorkingSchedules = [new WireSchedule { Id = ScheduleId, TimeEvents = [.. Events(rules, now)] }],
        },
    ];

    private static IEnumerable<WireTimeEvent> Events(VenueRules rules, DateTimeOffset now)
    {
        if (rules.Sessions is { } sessions)
        {
            foreach (var session in sessions)
            {
                yield return new WireTimeEvent { Date = session.OpensAt, Type = "OPEN" };
                yield return new WireTimeEvent { Date = session.ClosesAt, Type = "CLOSE" };
            }

            yield break;
        }

        // Open around the clock: an OPEN at each midnight (UTC) and never a CLOSE.
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        for (var day = -DaysBack; day <= DaysAhead; day++)
        {
            yield return new WireTimeEvent { Date = midnight.AddDays(day), Type = "OPEN" };
        }
    }
}
