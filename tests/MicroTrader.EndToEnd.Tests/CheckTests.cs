using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>What would run, said before anything does; and whose word counts where settings contradict each other.</summary>
public sealed class CheckTests
{
    [Fact]
    public async Task A_check_says_what_would_run_and_starts_nothing()
    {
        await using var folder = new HostFolder();
        var check = (await folder.DoAsync("check")).Output;
        Assert.Matches(@"(?m)^mode +SIM: paper broker, no money\r?$", check);
        Assert.Matches(@"(?m)^feed +synthetic\r?$", check);
        Assert.Matches(@"(?m)^symbols +AXSM, DJT, WULF, HUT\r?$", check);
        Assert.Matches(@"(?m)^leaves +at \+1\.0 %, -0\.5 %, or after 10 ?s\r?$", check);
        Assert.Matches(@"(?m)^page +http://127\.0\.0\.1:5210\r?$", check);
        Assert.EndsWith("The settings are fine.", check.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(folder.Left());
    }

    [Fact]
    public async Task A_check_masks_keys()
    {
        await using var folder = new HostFolder();
        folder.Write(".env", "TRADING212_DEMO_API_KEY=k3yk3yk3y\nTRADING212_DEMO_API_SECRET=s3cr3ts3cr3t\nPOLYGON_API_KEY=p0lyp0lyp0ly\n");
        var check = (await folder.DoAsync("check", "--all", "--set", "Feed:AllowSyntheticOnPractice=true")).Output;
        Assert.Matches(@"(?m)^mode +PRACTICE: Trading 212, practice money\r?$", check);
        Assert.Matches(@"(?m)^venue +https://demo\.trading212\.com/api/v0, key \*\*\*, secret \*\*\*\r?$", check);
        Assert.Matches(@"(?m)^Massive:ApiKey +\*\*\*\r?$", check);
        foreach (var secret in new[] { "k3yk3y", "s3cr3t", "p0lyp0ly" })
            Assert.DoesNotContain(secret, check, StringComparison.Ordinal);
        Assert.Empty(folder.Left());
    }

    [Fact]
    public async Task The_env_file_beats_the_settings_file_the_environment_the_env_file_and_the_command_line_all()
    {
        await using var folder = new HostFolder();
        folder.Write(".env", "SYMBOLS=ONE,TWO\nRisk__MaxOpenPositions=2\nExits__MaxHold=7s\n");
        await ChecksAsync("ONE, TWO", "at most 2 positions", "or after 7 ?s");
        folder.Environment["SYMBOLS"] = "THREE";
        folder.Environment["Risk__MaxOpenPositions"] = "3";
        await ChecksAsync("THREE", "at most 3 positions", "or after 7 ?s");
        await ChecksAsync("FOUR", "at most 3 positions", "or after 9 ?s", "--set", "Trading:Symbols=FOUR", "--set", "Exits:MaxHold=00:00:09");

        async Task ChecksAsync(string symbols, string positions, string hold, params string[] arguments)
        {
            var check = (await folder.DoAsync(["check", .. arguments])).Output;
            Assert.Matches($@"(?m)^symbols +{symbols}\r?$", check);
            Assert.Contains(positions, check, StringComparison.Ordinal);
            Assert.Matches(hold, check);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData("positions")]
    [InlineData("trades")]
    [InlineData("status")]
    [InlineData("inspect")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("close")]
    [InlineData("flatten")]
    [InlineData("paper-broker")]
    [InlineData("fake-massive")]
    public async Task Every_command_explains_itself(string command)
    {
        await using var folder = new HostFolder();
        var help = await folder.DoAsync(command.Length == 0 ? ["--help"] : [command, "--help"]);
        Assert.Contains("--set", help.Output, StringComparison.Ordinal);
        Assert.Contains("Usage:", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_command_or_option_is_named()
    {
        await using var folder = new HostFolder();
        foreach (var word in new[] { "dance", "--dance" })
        {
            var run = await folder.RunAsync(word);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(word, run.Error, StringComparison.Ordinal);
        }

        Assert.Empty(folder.Left());
    }
}
