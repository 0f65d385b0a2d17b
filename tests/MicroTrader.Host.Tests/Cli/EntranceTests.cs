using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

public sealed class EntranceTests
{
    private static readonly string[] Commands = ["run", "positions", "trades", "check", "status", "inspect", "decisions", "pause", "resume", "close", "flatten", "stop-all", "reconcile", "resolve", "explain", "paper-broker", "fake-massive", "backtest", "watch", "logs", "backup"];

    public static TheoryData<string> All => new(Commands);

    [Fact]
    public async Task Help_shows_every_command_with_what_it_does()
    {
        var run = await CommandLine.RunAsync("--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n');
        Assert.All(Commands, c => Assert.Contains(lines, l => l.TrimStart().StartsWith(c + " ", StringComparison.Ordinal) && l.Trim().Length > c.Length + 10));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_command_has_help(string command)
    {
        var run = await CommandLine.RunAsync(command, "--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(command, run.Output);
        Assert.Contains("--set", run.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    public async Task The_options_of_a_run_are_shown_with_and_without_its_name(params string[] arguments)
    {
        var run = await CommandLine.RunAsync(arguments);

        Assert.All(["--for", "--symbols", "--feed", "--data", "--speed", "--seed", "--port", "--mode", "--set"], o => Assert.Contains(o, run.Output));
    }

    [Fact]
    public async Task Version_is_a_line()
    {
        var run = await CommandLine.RunAsync("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", run.Output);
    }

    [Theory]
    [InlineData("sell-everything")]
    [InlineData("run", "--bogus")]
    [InlineData("run", "--for")]
    [InlineData("close")]
    [InlineData("close", "AXSM", "HUT")]
    [InlineData("trades", "--json=perhaps")]
    [InlineData("paper-broker", "--port", "many")]
    [InlineData("fake-massive", "--spread", "wide")]
    [InlineData("positions", "everything")]
    public async Task Wrong_arguments_are_refused_before_anything_starts(params string[] arguments)
    {
        var run = await CommandLine.RunAsync(arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.EndsWith("--help shows what there is.", run.Error.TrimEnd());
    }

    [Theory]
    [InlineData("--for: 'soon' is not allowed", "run", "--for", "soon")]
    [InlineData("--for: '0s' is not allowed", "run", "--for", "0s")]
    [InlineData("--for: '41d' is not allowed", "run", "--for", "41d")]
    [InlineData("--port: 70000 is not allowed", "paper-broker", "--port", "70000")]
    [InlineData("--port: -1 is not allowed", "paper-broker", "--port", "-1")]
    [InlineData("--port: 70000 is not allowed", "fake-massive", "--port", "70000")]
    [InlineData("--admin-port: -1 is not allowed", "fake-massive", "--admin-port", "-1")]
    [InlineData("--max-connections: 0 is not allowed", "fake-massive", "--max-connections", "0")]
    [InlineData("--spread: 6 is not allowed", "fake-massive", "--spread", "6")]
    [InlineData("--gaps: '10ms' is not allowed", "fake-massive", "--gaps", "10ms")]
    [InlineData("--key: is empty or holds", "fake-massive", "--key", "a b")]
    [InlineData("--script: goes not together with --data", "fake-massive", "--script", "a", "--data", "b")]
    [InlineData("--symbols: AXSM stands there twice", "fake-massive", "--symbols", "AXSM,AXSM", "--script", "a.csv")]
    [InlineData("Feed:Interval: '1ms' is not allowed (command line)", "fake-massive", "--interval", "1ms")]
    [InlineData("Feed:Seed: 'x' is not allowed (command line)", "fake-massive", "--seed", "x")]
    [InlineData("Web:Port: '70000' is not allowed (command line)", "run", "--port", "70000")]
    [InlineData("Trading:Mode: 'real' is not allowed (command line)", "run", "--mode", "real")]
    [InlineData("Trading:Symbols: AXSM stands there twice", "run", "--symbols", "AXSM,AXSM")]
    [InlineData("Feed:Seed: 'x' is not allowed (command line)", "--seed", "x")]
    [InlineData("Feed:Data: missing", "run", "--feed", "replay")]
    [InlineData("Web:Prot: unknown setting (command line)", "check", "--set", "Web:Prot=1")]
    [InlineData("--set: 'Web:Port' is not allowed", "check", "--set", "Web:Port")]
    [InlineData("Trading:Mode: 'real' is not allowed", "positions", "--mode", "real")]
    [InlineData("Trading:Mode: 'real' is not allowed", "status", "--mode", "real")]
    public async Task Wrong_settings_are_one_line_that_names_them(string words, params string[] arguments)
    {
        var run = await CommandLine.RunAsync(arguments);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(words, run.ErrorLine);
    }
}
