using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>The answer of metadata/exchanges: one exchange with every schedule that an instrument points to, all with the same sessions.</summary>
internal static class WireSchedules
{
    private const int DaysBack = 1;
    private const int DaysAhead = 7;

    public static IReadOnlyList<WireExchange> Exchanges(VenueRules rules, DateTimeOffset now)
    {
        WireTimeEvent[] events = [.. Events(rules, now)];
        return
        [
            new WireExchange
            {
                Id = 1,
                Name = "Paper Exchange",
                WorkingSchedules = [.. rules.WorkingSchedules.Select(id => new WireSchedule { Id = id, TimeEvents = events })],
            },
        ];
    }

    private static IEnumerable<WireTimeEvent> Events(VenueRules rules, DateTimeOffset now)
    {
        if (rules.Sessions is { } sessions)
        {
            foreach (var session in sessions)
            {
                if (session.PreMarketOpensAt is { } preMarket)
                {
                    yield return new WireTimeEvent { Date = preMarket, Type = "PRE_MARKET_OPEN" };
                }

                yield return new WireTimeEvent { Date = session.OpensAt, Type = "OPEN" };
                yield return new WireTimeEvent { Date = session.ClosesAt, Type = "CLOSE" };
                if (session.AfterHoursCloseAt is { } afterHours)
                {
                    yield return new WireTimeEvent { Date = session.ClosesAt, Type = "AFTER_HOURS_OPEN" };
                    yield return new WireTimeEvent { Date = afterHours, Type = "AFTER_HOURS_CLOSE" };
                }
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
