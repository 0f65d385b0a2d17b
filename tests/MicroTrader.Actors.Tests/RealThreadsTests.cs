using Akka.Actor;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Strategy;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Actors.Tests;

/// <summary>The robot on Akka's own threads and in real time, with a venue that loses requests and answers, cut off in the middle and started again.</summary>
public sealed class RealThreadsTests
{
    private static readonly string[] Four = ["AXSM", "DJT", "WULF", "HUT"];

    [Fact]
    public async Task Whatever_is_lost_on_the_way_each_intent_is_sent_once_and_what_is_bought_is_sold()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions
        {
            Pump = false,
            Symbols = Four,
            Settings = s => s with
            {
                Exits = new ExitParameters { MaxHold = TimeSpan.FromSeconds(1) },
                Following = new FollowingRules { FirstPoll = TimeSpan.FromMilliseconds(50) },
                Reconciliation = new ReconciliationRules { SettleWindow = TimeSpan.FromSeconds(1), ClockSkew = TimeSpan.FromSeconds(1), LateWatch = TimeSpan.FromSeconds(1) },
                ReconcileRetry = TimeSpan.FromSeconds(1),
                // Four buys that are left one by one after a second, and what was lost, take more reads of the history than a minute has.
                TimeScale = 0.25,
            },
            Venue = o => o with { EnforceRateLimits = false, FillDelay = TimeSpan.FromMilliseconds(20) },
        });
        // Few: each costs reads of the history.
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostAnswer);
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.StatusAfter(500));

        using var stop = new CancellationTokenSource();
        var prices = PricesAsync(robot, stop.Token);
        await robot.UntilAsync(() => robot.Broker.PostsReceived >= 4, "some orders");
        await robot.RestartRobotAsync();
        await robot.Robot.DrainAsync(default);
        await robot.UntilAsync(() => Four.All(s => robot.State(s).Status == PositionStatus.Closed), "everything is closed");
        await stop.CancelAsync();
        await prices;

        var ledger = robot.Broker.ReadLedger();
        Assert.Equal(0m, ledger.Fills.Sum(f => f.Quantity));
        Assert.DoesNotContain(ledger.Orders, o => o.IsPending);
        var intents = Four.SelectMany(s => robot.Facts(s)).Count(f => f is EntryIntended or ExitIntended);
        // One request an intent; the one or other may have been cut off before it left.
        Assert.InRange(robot.Broker.PostsReceived, intents - Four.Length, intents);
        var known = Four.SelectMany(s => robot.Facts(s)).Select(f => f switch { OrderAccepted a => a.OrderId, OrderFound f2 => f2.OrderId, _ => 0 }).Where(id => id > 0).ToList();
        Assert.Equal(ledger.Orders.Select(o => o.Id).Order(), known.Order());
    }

    // Bursts without end, at a feed's pace: whenever a position is ready, there is a reason to enter.
    private static async Task PricesAsync(RobotHarness robot, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10), robot.Time);
        for (var i = 0; !stop.IsCancellationRequested && await pace.WaitForNextTickAsync(CancellationToken.None); i++)
        {
            foreach (var name in Four)
            {
                var price = 100m + (i % 20 < 12 ? 0m : 0.05m * ((i % 20) - 11));
                robot.Broker.PutPrice(RobotHarness.Ticker(name).Value, price);
                robot.Supervisor.Tell(new Tick(Symbol.Parse(name), TickKind.Trade, robot.Now, price, i % 20 < 12 ? 100m : 900m), ActorRefs.NoSender);
            }
        }
    }
}
