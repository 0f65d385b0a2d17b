using MicroTrader.Host.Cli;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

/// <summary>What a person at a terminal sees: tables and colours, and none where they do not want them. What a program gets is as it always was.</summary>
public sealed class ScreensTests
{
    [Fact]
    public async Task Status_at_a_terminal_has_colours_and_the_same_words()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Status = new FixedRobot().Status with { Mode = "LIVE", TradingState = "ExitOnly" } });
        using var drawn = new StringWriter();

        var run = await CommandLine.RunAsync(WatchCommandTests.Screen(drawn), "status", "--url", server.Address.ToString());

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\u001b[", drawn.ToString());
        foreach (var words in new[] { " LIVE ", "ExitOnly (started)", "1 position(s)", "MAX_OPEN 3" })
            Assert.Contains(words, drawn.ToString());
    }

    [Fact]
    public async Task Where_colours_are_not_wanted_there_are_none()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        using var drawn = new StringWriter();

        await CommandLine.RunAsync(WatchCommandTests.Screen(drawn, colours: false), "status", "--url", server.Address.ToString());

        // Bold is no colour; what sets one is 3x, 4x, 9x and 10x.
        Assert.DoesNotMatch("\u001b\\[[0-9;]*(3[0-9]|4[0-9]|9[0-9]|10[0-9])[0-9;]*m", drawn.ToString());
        Assert.Contains(" SIM ", drawn.ToString());
    }

    [Fact]
    public void No_color_in_the_environment_is_heeded()
    {
        using var drawn = new StringWriter();

        Assert.Equal(Spectre.Console.ColorSystem.NoColors, Terminal.ScreenOn(drawn, "1").Profile.Capabilities.ColorSystem);
    }

    [Fact]
    public async Task As_json_a_terminal_gets_what_a_program_gets()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());
        using var drawn = new StringWriter();

        var screen = await CommandLine.RunAsync(WatchCommandTests.Screen(drawn), "status", "--json", "--url", server.Address.ToString());
        var plain = await CommandLine.RunAsync("status", "--json", "--url", server.Address.ToString());

        Assert.Equal((plain.Output, ""), (screen.Output, drawn.ToString()));
    }

    [Fact]
    public void What_a_broker_says_is_never_taken_for_markup()
    {
        using var drawn = new StringWriter();
        var robot = new FixedRobot();
        var screen = WatchCommandTests.Screen(drawn).Screen!;

        screen.Write(Screens.Positions([robot.Positions[0] with { Symbol = "[red]X[/]", Reference = "[bold" }]));
        screen.Write(Screens.Symbols([robot.Symbols[0] with { Mind = "[/] [link]" }], FixedRobot.Start));
        screen.Write(Screens.Trades(robot.Trades));

        foreach (var words in new[] { "[red]X[/]", "[bold", "[/] [link]", "AXSM-16", "+2.00 USD", "+1.47 EUR" })
            Assert.Contains(words, drawn.ToString());
    }
}
