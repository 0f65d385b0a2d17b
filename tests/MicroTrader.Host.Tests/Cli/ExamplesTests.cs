using MicroTrader.Host.Cli;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

/// <summary>Help that shows what to type: every command, and what is shown can be typed.</summary>
public sealed class ExamplesTests
{
    public static TheoryData<string> Names => new(Examples.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Help_ends_with_examples(string name)
    {
        var run = await CommandLine.RunAsync([.. name.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Examples:", run.Output);
        Assert.All(Examples.All[name], e => Assert.Contains("  " + e, run.Output));
    }

    [Fact]
    public void Every_command_has_some_and_each_can_be_typed()
    {
        var root = Entrance.Root(TextWriter.Null, TextWriter.Null, new Terminal(false, () => null));

        Assert.Equal(Commands(root).Select(Examples.NameOf).Order(StringComparer.Ordinal), Examples.All.Keys.Order(StringComparer.Ordinal));
        foreach (var example in Examples.All.Values.SelectMany(e => e))
        {
            var words = example.Split('>')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("microtrader", words[0]);
            Assert.Equal([], root.Parse(words[1..]).Errors.Select(e => $"{example}: {e.Message}"));
        }
    }

    private static IEnumerable<System.CommandLine.Command> Commands(System.CommandLine.Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);
}
