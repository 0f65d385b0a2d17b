using System.Diagnostics.Metrics;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Simulators.Paper;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Actors.Tests;

/// <summary>What a robot measures of itself, heard as any monitoring would hear it.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task A_trade_counts_its_intents_and_outcomes_and_measures_how_long_it_took_to_be_certain()
    {
        await using var robot = await RobotHarness.StartAsync();
        using var heard = new Heard(robot.Metrics);
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);

        Assert.Equal(["buy", "sell"], heard.Of("microtrader.intents").Select(m => (string)m.Tags["side"]!));
        Assert.Equal(2, heard.Of("microtrader.order_outcomes").Count(m => (string)m.Tags["outcome"]! == "Accepted"));
        var confirmed = heard.Of(RobotMetrics.TimeToConfirm);
        Assert.Equal(2, confirmed.Count);
        Assert.All(confirmed, m => Assert.False((bool)m.Tags["lost"]!));
        Assert.All(confirmed, m => Assert.InRange(m.Value, 0, 1_000));
        Assert.True(Assert.Single(heard.Of(RobotMetrics.SignalToPost).Take(1)).Value >= 0);

        heard.Look();
        Assert.Equal(0, heard.Of("microtrader.blocked_symbols")[^1].Value);
        var age = heard.Of("microtrader.reconciliation_age")[^1].Value;
        Assert.Equal((robot.Now - robot.Metrics.ReconciledAt!.Value).TotalSeconds, age);
        Assert.Equal(age, (await robot.Robot.StatusAsync(default)).ReconciliationAgeSeconds);
        Assert.InRange(age, 0, 60);
    }

    [Fact]
    public async Task A_lost_answer_is_measured_until_evidence_tells()
    {
        await using var robot = await RobotHarness.StartAsync();
        using var heard = new Heard(robot.Metrics);
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostRequest);
        await robot.SignalAsync();
        await robot.UntilStatusAsync(PositionStatus.Closed);
        Assert.Equal(OrderStatus.NotPlaced, robot.State().Trade!.Entry.Status);

        var confirmed = Assert.Single(heard.Of(RobotMetrics.TimeToConfirm));
        Assert.True((bool)confirmed.Tags["lost"]!);
        // The settle window has to pass.
        Assert.InRange(confirmed.Value, 30_000, 120_000);
        Assert.Equal("Unknown", Assert.Single(heard.Of("microtrader.order_outcomes")).Tags["outcome"]);
    }

    [Fact]
    public async Task A_symbol_without_any_price_is_measured_as_stale_too_and_no_longer_once_one_comes()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions
        {
            Symbols = ["AXSM", "HUT"],
            Settings = s => s with { Prices = s.Prices with { StaleAfter = TimeSpan.FromSeconds(5) } },
        });
        using var heard = new Heard(robot.Metrics);
        Assert.Equal([("AXSM", 0), ("HUT", 0)], Stale(heard));
        await robot.TickAsync("AXSM", 157m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(4));
        await robot.TickAsync("AXSM", 157m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal([("AXSM", 0), ("HUT", 1)], Stale(heard));
        // The first price of a day counts once a second one confirms it.
        await robot.TickAsync("HUT", 41m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(1));
        await robot.TickAsync("HUT", 41m);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(3));
        Assert.Equal([("AXSM", 1), ("HUT", 0)], Stale(heard));
    }

    private static List<(string, double)> Stale(Heard heard)
    {
        heard.Look();
        return [.. heard.Of(RobotMetrics.PriceStale).GroupBy(m => (string)m.Tags["symbol"]!).Select(g => (g.Key, g.Last().Value)).OrderBy(s => s.Key, StringComparer.Ordinal)];
    }

    // Two orders that could both be the lost one: only a person can tell.
    [Fact]
    public async Task A_symbol_that_needs_the_person_is_counted_until_it_is_resolved()
    {
        await using var robot = await RobotHarness.StartAsync();
        using var heard = new Heard(robot.Metrics);
        robot.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostAnswer);
        robot.Broker.PlaceByPerson("AXSM_US_EQ", 1m, "API");
        await robot.SignalAsync();
        await robot.UntilAsync(() => robot.State().Blocked is not null, "AXSM needs the person");
        await robot.EventuallyAsync(() => Blocked() == 1, "one symbol needs the person");

        var mine = robot.Broker.ReadLedger().Orders[^1].Id;
        Assert.Equal(BlockCode.Ambiguous, robot.State().Blocked!.Code);
        Assert.True((await robot.Robot.ResolveAsync(Domain.Market.Symbol.Parse("AXSM"), Resolution.Mine, mine, confirmed: true, default)).Done);
        await robot.EventuallyAsync(() => Blocked() == 0, "none needs the person");

        double Blocked()
        {
            heard.Look();
            return heard.Of("microtrader.blocked_symbols")[^1].Value;
        }
    }

    // What every tick pays: two counts and a measurement, heard by a listener.
    [Fact]
    public void What_is_measured_of_a_tick_allocates_nothing()
    {
        using var metrics = new RobotMetrics();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (metrics.Owns(instrument)) l.EnableMeasurementEvents(instrument); } };
        var heard = 0L;
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => heard += value);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => heard++);
        listener.Start();
        Measure(1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(100_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(2 * 101_000, heard);
        Assert.True(allocated < 10_000, $"{allocated} bytes for 100,000 ticks");

        void Measure(int ticks)
        {
            for (var i = 0; i < ticks; i++)
            {
                metrics.Tick();
                metrics.Decided(TimeSpan.FromTicks(i));
            }
        }
    }
}
