using Akka.Actor;
using MicroTrader.Actors.Messages;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Strategy;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Actors.Tests;

/// <summary>Risk over several symbols, and what the actors say of themselves.</summary>
public sealed class RiskAndReportTests
{
    private static readonly string[] Four = ["AXSM", "DJT", "WULF", "HUT"];

    [Fact]
    public async Task No_more_positions_than_the_cap_and_a_free_place_is_taken()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = Four, Settings = s => s with { Risk = new RiskLimits { MaxOpenPositions = 2 } } });
        await robot.OpenAsync("AXSM", 157.50m);
        await robot.OpenAsync("DJT", 18.40m);
        await robot.SignalAsync("WULF", 12.60m);
        Assert.Equal(PositionStatus.Closed, robot.State("WULF").Status);
        Assert.Equal(2, robot.Broker.PostsReceived);
        var status = await robot.Robot.StatusAsync(default);
        Assert.Equal((2, 1), (status.OpenPositions, status.Denials["TooManyPositions"]));
        var denied = Assert.Single(robot.Logs.ForPeople, l => l.EventId == 15);
        Assert.Equal("Entry of WULF denied: TooManyPositions: 2 positions, 2 are allowed", denied.Message);

        // The log says a code when it changes, the counter counts each.
        await robot.SignalAsync("WULF", 12.65m);
        Assert.Equal(2, (await robot.Robot.StatusAsync(default)).Denials["TooManyPositions"]);
        Assert.Equal(1, robot.Logs.Count(15));

        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed, "AXSM", TimeSpan.FromSeconds(20));
        await robot.OpenAsync("HUT", 41.20m);
    }

    [Fact]
    public async Task Nothing_is_granted_before_the_broker_was_compared()
    {
        await using var robot = await RobotHarness.MakeAsync();
        robot.Broker.Faults.Next(PaperEndpoint.PendingOrders, PaperFault.StatusBefore(503), times: 4);
        await robot.StartRobotAsync(waitForReady: false);
        await robot.EventuallyAsync(async () => (await robot.Robot.StatusAsync(default)).WaitingFor is ["reconciliation"], "only the broker is missing");
        await robot.RestAsync();
        await robot.SignalAsync();
        Assert.Equal(0, robot.Broker.PostsReceived);
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["NotReady"]);

        await robot.UntilReadyAsync();
        Assert.Equal(1, robot.Logs.Count(17));
        await robot.OpenAsync();
    }

    [Fact]
    public async Task A_draining_robot_enters_nothing_and_leaves_what_it_holds()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = ["AXSM", "HUT"] });
        await robot.OpenAsync("AXSM");
        Assert.True((await robot.Robot.DrainAsync(default)).Done);
        await robot.SignalAsync("HUT", 41.20m);
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["Draining"]);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        robot.AssertVenue(posts: 2, buys: 1, sells: 1);
    }

    [Fact]
    public async Task A_signal_on_an_old_tick_is_denied()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { Risk = new RiskLimits { MaxTickAge = TimeSpan.FromSeconds(2) } } });
        for (var i = 0; i < 15; i++)
        {
            var price = 157m + (i < 12 ? 0 : 0.1m * (i - 11));
            robot.Supervisor.Tell(new Tick(Symbol.Parse("AXSM"), TickKind.Trade, robot.Now - TimeSpan.FromSeconds(3) + TimeSpan.FromMilliseconds(i), price, i < 12 ? 100m : 500m), ActorRefs.NoSender);
        }

        await robot.RestAsync();
        Assert.Equal(1, (await robot.Robot.StatusAsync(default)).Denials["StaleTick"]);
        Assert.Equal(0, robot.Broker.PostsReceived);
    }

    [Fact]
    public async Task The_strategy_says_how_warm_it_is_and_then_what_is_missing()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { MindInterval = TimeSpan.FromSeconds(60) } });
        foreach (var i in Enumerable.Range(0, 4))
        {
            await robot.TickAsync("AXSM", 157m);
            // The first price of a day counts once a later one confirms it.
            Assert.Equal(i == 0 ? "warming up 0/15" : $"warming up {i + 1}/15", (await robot.Robot.SymbolsAsync(default)).Single().Mind);
            await robot.AdvanceAsync(TimeSpan.FromMilliseconds(20));
        }

        Assert.Equal("warming up 4/15", (await robot.Robot.SymbolsAsync(default)).Single().Mind);
        Assert.Equal(0, robot.Logs.Count(18));
        await robot.AdvanceAsync(TimeSpan.FromSeconds(61));
        await robot.TickAsync("AXSM", 157m);
        Assert.Equal("AXSM: no entry: warming up 5/15", Assert.Single(robot.Logs.ForPeople, l => l.EventId == 18).Message);

        foreach (var i in Enumerable.Range(0, 10))
            await robot.TickAsync("AXSM", 157m);
        var symbol = (await robot.Robot.SymbolsAsync(default)).Single();
        Assert.Equal(("0 moves up in a row, 3 are asked for", 15L, 157m), (symbol.Mind, symbol.Ticks, symbol.LastPrice));
    }

    [Fact]
    public async Task A_position_tells_the_limits_of_its_own_symbol()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions
        {
            Symbols = ["AXSM", "HUT"],
            Settings = s => s with
            {
                Exits = s.Exits with { MaxHold = TimeSpan.FromMinutes(5) },
                Symbols = [.. s.Symbols.Select(t => t.Symbol.Value == "HUT" ? t with { Exits = new ExitParameters { TakeProfitPercent = 4m, StopLossPercent = 2m, MaxHold = TimeSpan.FromMinutes(1) } } : t)],
            },
        });
        await robot.OpenAsync("AXSM", 157.50m);
        await robot.OpenAsync("HUT", 41.20m);

        var views = (await robot.Robot.PositionsAsync(default)).ToDictionary(p => p.Symbol);
        foreach (var (symbol, gain, loss, hold) in new[] { ("AXSM", 1m, 0.5m, 300), ("HUT", 4m, 2m, 60) })
        {
            var view = views[symbol];
            var entry = view.EntryPrice!.Value;
            Assert.Equal((entry * (1m + (gain / 100m)), entry * (1m - (loss / 100m))), (view.TakeProfitPrice!.Value, view.StopLossPrice!.Value));
            Assert.Equal(view.EntryTime!.Value.AddSeconds(hold), view.TimeAt);
            Assert.True(view.WatchesPrices);
        }

        var symbols = await robot.Robot.SymbolsAsync(default);
        Assert.Equal([("AXSM", 300, "USD"), ("HUT", 60, "USD")], symbols.Select(s => (s.Symbol, s.Exits!.MaxHoldSeconds, s.Currency)));
    }

    [Fact]
    public async Task What_the_ledger_shows_outlives_its_failure()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = ["AXSM", "HUT"] });
        await robot.OpenAsync("HUT", 41.20m);
        await robot.TickAsync("HUT", 42m);
        await robot.UntilStatusAsync(PositionStatus.Closed, "HUT");
        await robot.OpenAsync("AXSM");
        var positions = await robot.Robot.PositionsAsync(default);
        var trades = await robot.Robot.TradesAsync(10, default);
        Assert.Equal((1, 1), (positions.Count, trades.Count));
        Assert.NotNull(positions[0].TakeProfitPrice);
        var orders = await robot.Robot.OrdersAsync(10, default);
        Assert.Equal(["AXSM-1-B1", "HUT-1-S1", "HUT-1-B1"], orders.Select(o => o.Reference));
        Assert.Equal([("BUY", "AXSM-1"), ("SELL", "HUT-1"), ("BUY", "HUT-1")], orders.Select(o => (o.Side, o.Trade)));
        Assert.Equal(orders.Take(2), await robot.Robot.OrdersAsync(2, default));
        var ledger = robot.System.ActorSelection("/user/robot/ledger/ledger");
        var first = await ledger.ResolveOne(TimeSpan.FromSeconds(5));
        first.Tell(new TradeEnded(null!, []), ActorRefs.NoSender);
        await robot.EventuallyAsync(
            async () =>
            {
                try
                {
                    return !first.Equals(await ledger.ResolveOne(TimeSpan.FromMilliseconds(200)));
                }
                catch (ActorNotFoundException)
                {
                    return false;
                }
            },
            "it is there again");
        await robot.EventuallyAsync(async () => (await robot.ReportAsync("ledger")).Fields["loaded"] == "True", "it has read the journal");
        Assert.Equal(positions, await robot.Robot.PositionsAsync(default));
        Assert.Equal(trades, await robot.Robot.TradesAsync(10, default));
        Assert.Equal(orders.Select(o => (o.Reference, o.OrderId)), (await robot.Robot.OrdersAsync(10, default)).Select(o => (o.Reference, o.OrderId)));
        var page = await robot.Robot.TradePageAsync(new TradeQuery(1, 5, "hut"), default);
        Assert.Equal((1, trades[0]), (page.Total, Assert.Single(page.Trades)));
    }

    [Fact]
    public async Task Wishes_to_enter_are_kept_with_what_became_of_them()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = ["AXSM", "HUT"], Settings = s => s with { Risk = new RiskLimits { MaxOpenPositions = 1 } } });
        await robot.OpenAsync("AXSM");
        await robot.SignalAsync("HUT", 41.20m);

        var newest = robot.Decisions.Newest(10);

        Assert.Equal([("HUT", false, "denied: TooManyPositions: 1 positions, 1 are allowed"), ("AXSM", true, "AXSM-1")], newest.Select(d => (d.Symbol, d.Taken!.Value, d.Outcome!)));
        Assert.Equal(41.20m, newest[0].Price);
    }

    [Fact]
    public async Task The_accounts_money_is_read_when_somebody_asks_and_stands_while_the_broker_is_away()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.EventuallyAsync(async () => (await robot.Robot.AccountAsync(default)).ReadAt is not null, "the account was read");
        var account = await robot.Robot.AccountAsync(default);
        Assert.Equal((null, account.Value), (account.Failure, account.Cash));
        Assert.True(account.Value > 0);
        var broker = await robot.Robot.BrokerAsync(default);
        Assert.Equal((50, 0), (broker.Budgets.Single(b => b.Endpoint == "PlaceOrder").Limit, broker.OrdersUnderWay));

        // Not before what it has is old; then the failure is told beside it.
        robot.Broker.Faults.Next(PaperEndpoint.AccountSummary, PaperFault.StatusBefore(503), times: 20);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(16));
        await robot.EventuallyAsync(async () => (await robot.Robot.AccountAsync(default)).Failure is not null, "the failure is told");
        Assert.Equal(account with { Failure = "x" }, await robot.Robot.AccountAsync(default) with { Failure = "x" });
    }

    [Fact]
    public async Task Every_actor_answers_and_reports_to_the_log_at_its_interval()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Symbols = Four, Settings = s => s with { ReportInterval = TimeSpan.FromSeconds(30) } });
        await robot.OpenAsync();
        var actors = (await robot.Robot.InspectAsync(default)).Select(r => r.Actor).ToList();
        Assert.Equal(
            [.. new[] { "feed/feed", "gateway", "ledger/ledger", "reconciliation", "risk/journaled" }
                .Concat(Four.Select(s => $"position-{s}/journaled"))
                .Concat(Four.Select(s => $"strategy-{s}"))
                .Select(n => $"/user/robot/{n}").Order(StringComparer.Ordinal)],
            actors.Order(StringComparer.Ordinal));

        var position = await robot.ReportAsync("position-AXSM");
        Assert.Equal(("1.0", "157.50"), (position.Fields["held"], position.Fields["entry price"]));
        Assert.Equal("1", (await robot.ReportAsync("gateway")).Fields["orders sent"]);
        Assert.Equal("1/4", (await robot.ReportAsync("risk")).Fields["positions and leases"]);

        await robot.UntilStatusAsync(PositionStatus.Closed);
        var before = robot.Logs.Lines.Count;
        await robot.AdvanceAsync(TimeSpan.FromSeconds(30));
        var reports = robot.Logs.Lines.Skip(before).Where(l => l.EventId == 8).Select(l => (string)l.Properties["Actor"]!).ToList();
        Assert.Equal(actors.Order(StringComparer.Ordinal), reports.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(robot.Logs.Lines, l => l.Message.Contains("dead letter", StringComparison.Ordinal));
    }
}
