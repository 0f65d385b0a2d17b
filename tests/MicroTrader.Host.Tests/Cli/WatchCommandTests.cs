using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Alerts;
using MicroTrader.Host.Cli;
using MicroTrader.Host.Tests.Support;
using Spectre.Console;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>watch</c>: live in a terminal, a line each time otherwise.</summary>
public sealed class WatchCommandTests
{
    [Fact]
    public async Task For_a_program_each_look_is_a_line()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await CommandLine.RunAsync("watch", "--url", server.Address.ToString(), "--every", "100ms", "--for", "6s");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd()).ToList();
        Assert.True(lines.Count >= 2, run.Output);
        Assert.All(lines, l => Assert.Matches(@"^\d\d:\d\d:\d\dZ  Active, 1 open  SIM  \|  AXSM OPEN x 1\.5 at 157\.125 \+0\.26 USD \(TP 160\.2675, SL 155\.5538, TIME 13:26:35Z\)$", l));
    }

    [Fact]
    public async Task In_a_terminal_the_mode_the_positions_and_the_symbols_are_drawn()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Status = new FixedRobot().Status with { Mode = "LIVE", Blocked = [FixedRobot.Ambiguous] } });
        using var drawn = new StringWriter();

        var run = await CommandLine.RunAsync(Screen(drawn), "watch", "--url", server.Address.ToString(), "--every", "200ms", "--for", "6s");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        foreach (var words in new[] { " LIVE ", "AXSM", "157.30", "+0.26 USD", "160.2675", "155.5538", "13:26:35", "warming up 4/15", "NEEDS YOU  DJT AMBIGUOUS" })
            Assert.Contains(words, drawn.ToString());
    }

    [Fact]
    public void Prices_that_do_not_come_are_named_and_those_of_what_is_held_before_all()
    {
        var robot = new FixedRobot();
        IReadOnlyList<SymbolView> symbols =
        [
            robot.Symbols[0] with { Prices = PriceWords.Stale, StaleAfterSeconds = 15 },
            robot.Symbols[0] with { Symbol = "HUT", Prices = PriceWords.Late, StaleAfterSeconds = 15 },
            // Old by this clock, which may not be the robot's: the robot says that it is well.
            robot.Symbols[0] with { Symbol = "DJT", Prices = PriceWords.Fresh, StaleAfterSeconds = 15 },
        ];
        var seen = new WatchCommand.Seen(FixedRobot.Start.AddSeconds(42), robot.Status, robot.Positions, symbols, null);
        using var drawn = new StringWriter();

        Screen(drawn).Screen!.Write(WatchCommand.Draw(seen));
        var line = WatchCommand.Line(seen);

        Assert.EndsWith("  |  NO PRICE AXSM: newest price 42 s old, and held  |  NO PRICE HUT: prices come 42 s late", line, StringComparison.Ordinal);
        Assert.Contains("NO PRICE AXSM: newest price 42 s old, and held", drawn.ToString(), StringComparison.Ordinal);
        Assert.Contains("42.0 s stale", drawn.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("NO PRICE DJT", drawn.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_being_sold_does_not_move_with_the_price_and_says_that_it_is_provisional()
    {
        var robot = new FixedRobot();
        var position = robot.Positions[0] with { Status = "PENDING_CLOSE", ExitReason = "TP", Pnl = 3.15m, PnlPercent = 1.3365m, Sale = new SaleView(1.5m, FixedRobot.Start, 159.225m) };
        using var drawn = new StringWriter();

        var line = WatchCommand.Line(new WatchCommand.Seen(FixedRobot.Start, robot.Status, [position], robot.Symbols, null));
        Screen(drawn).Screen!.Write(Screens.Positions([position], new Dictionary<string, decimal?> { ["AXSM"] = 1m }));

        Assert.EndsWith("  |  AXSM PENDING_CLOSE x 1.5 at 157.125 +3.15 USD provisional", line, StringComparison.Ordinal);
        Assert.Contains("+3.15 USD provisional", drawn.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_another_program_trades_needs_the_person_in_every_picture()
    {
        var robot = new FixedRobot();
        var status = robot.Status with { TradingState = "ExitOnly", Shared = new SharedAccount("another program trades this account: order 501", FixedRobot.Start) };
        var seen = new WatchCommand.Seen(FixedRobot.Start, status, [], [], null);
        using var drawn = new StringWriter();

        Screen(drawn).Screen!.Write(WatchCommand.Draw(seen));

        Assert.EndsWith("  |  NEEDS YOU account SHARED", WatchCommand.Line(seen), StringComparison.Ordinal);
        Assert.Contains("NEEDS YOU  account SHARED: another program trades this account: order 501", drawn.ToString(), StringComparison.Ordinal);
        Assert.Contains("NEEDS YOU: account SHARED: another program trades this account: order 501", TelegramText.Status(status, []), StringComparison.Ordinal);
        var text = StatusText.Of(status);
        Assert.Matches(@"(?m)^needs you +account SHARED\r?$", text);
        Assert.Contains("NEEDS YOU  account  SHARED, since 2026-10-14 13:25:05Z: another program trades this account: order 501", text, StringComparison.Ordinal);
        Assert.Contains("resume when it is", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robot_that_goes_away_is_said_so_and_asked_again()
    {
        var server = await RobotServer.StartAsync(new FixedRobot { Silent = new HashSet<string> { "symbols" } });
        using var client = new RobotCaller();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var lines = new List<string>();

        await WatchCommand.LoopAsync(
            client,
            server.Address,
            TimeSpan.FromMilliseconds(10),
            seen =>
            {
                lines.Add(WatchCommand.Line(seen));
                if (lines.Count == 2)
                    enough.Cancel();
            },
            enough.Token);

        await server.DisposeAsync();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, l => Assert.Contains("the robot did not answer about symbols", l));
    }

    [Theory]
    [InlineData("--every", "10ms")]
    [InlineData("--for", "soon")]
    public async Task An_impossible_time_is_refused(string option, string text)
    {
        var run = await CommandLine.RunAsync("watch", option, text);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"{option}: '{text}' is not allowed", run.ErrorLine);
    }

    internal static Terminal Screen(StringWriter drawn, bool colours = true) => new(true, () => null, AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new WideOutput(drawn),
        Ansi = AnsiSupport.Yes,
        ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
    }));

    private sealed class WideOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 160;

        public int Height => 50;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
