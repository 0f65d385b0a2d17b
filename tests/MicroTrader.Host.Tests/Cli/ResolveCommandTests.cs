using System.Text.Json;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Cli;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>resolve</c>: what would follow is shown first, and nothing changes before a yes.</summary>
public sealed class ResolveCommandTests
{
    [Theory]
    [InlineData("y")]
    [InlineData(" Y ")]
    [InlineData("yes")]
    public async Task A_yes_does_it(string answer)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AtTerminalAsync(server, answer, "AXSM", "mine", "--order", "54250294524");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["would resolve AXSM mine 54250294524", "resolve AXSM mine 54250294524"], server.Robot.Told);
        Assert.Contains("Do it? [y/N]", run.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("yep")]
    [InlineData(null)]
    public async Task Anything_else_does_nothing(string? answer)
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AtTerminalAsync(server, answer, "AXSM", "sell");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("Nothing was changed.", run.Output.TrimEnd());
        Assert.Equal(["would resolve AXSM sell"], server.Robot.Told);
    }

    [Fact]
    public async Task Without_a_terminal_it_asks_for_the_option_and_changes_nothing()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "AXSM", "not-mine");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("done as told", run.Output.Trim());
        Assert.Contains("--yes", run.ErrorLine);
        Assert.Equal(["would resolve AXSM not-mine"], server.Robot.Told);
    }

    [Fact]
    public async Task With_the_option_nobody_is_asked()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "axsm", "not-mine", "--yes");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("Do it?", run.Output);
        Assert.Equal(["would resolve AXSM not-mine", "resolve AXSM not-mine"], server.Robot.Told);
    }

    [Fact]
    public async Task As_json_the_answer_alone_is_printed()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "AXSM", "mine", "--yes", "--json");

        using var json = JsonDocument.Parse(run.Output);
        Assert.True(json.RootElement.GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task What_the_robot_turns_down_is_said_and_nothing_more_is_asked()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot { Answer = new CommandResult(false, "AXSM: AXSM is not blocked") });

        var run = await AskAsync(server, "AXSM", "mine", "--yes");

        Assert.Equal((1, "AXSM: AXSM is not blocked"), (run.ExitCode, run.Output.Trim()));
        Assert.Single(server.Robot.Told);
    }

    [Fact]
    public async Task A_word_that_is_none_of_the_three_is_refused_before_anybody_is_asked()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "AXSM", "yours", "--yes");

        Assert.Equal((2, "resolve: 'yours' is not allowed; allowed is mine, not-mine, sell"), (run.ExitCode, run.ErrorLine));
        Assert.Empty(server.Robot.Told);
    }

    [Fact]
    public async Task An_order_that_is_no_number_is_refused()
    {
        await using var server = await RobotServer.StartAsync(new FixedRobot());

        var run = await AskAsync(server, "AXSM", "mine", "--order", "first", "--yes");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(server.Robot.Told);
    }

    private static Task<CommandLine> AskAsync(RobotServer server, params string[] words) => CommandLine.RunAsync(["resolve", .. words, "--url", server.Address.ToString()]);

    private static Task<CommandLine> AtTerminalAsync(RobotServer server, string? answer, params string[] words) =>
        CommandLine.RunAsync(new Terminal(true, () => answer), ["resolve", .. words, "--url", server.Address.ToString()]);
}
