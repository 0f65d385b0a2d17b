using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>A wrong setting is one line that names it, exit code 2, and nothing begun.</summary>
public sealed class WrongSettingsTests
{
    public static TheoryData<string, string[]> Wrong => new()
    {
        { "Risk:MaxOpenPosition: unknown setting (command line); did you mean Risk:MaxOpenPositions?", ["--set", "Risk:MaxOpenPosition=2"] },
        { "Strategy:WindowTicks: '3' is not allowed (command line); allowed is a whole number from 4 to 500", ["--set", "Strategy:WindowTicks=3"] },
        { "Exits:MaxHold: 'long' is not allowed (command line); allowed is ", ["--set", "Exits:MaxHold=long"] },
        { "Trading:Symbols: AXSM stands there twice", ["--symbols", "AXSM,DJT,axsm"] },
        { "Trading:Symbols: is empty", ["--symbols", ""] },
        { "Feed:Kind: 'tea' is not allowed (command line); allowed is auto, massive, synthetic, replay, script", ["--feed", "tea"] },
        { "Feed:Data: missing; --feed replay needs --data FILE-OR-FOLDER", ["--feed", "replay"] },
        { "Trading:Mode: live needs LIVE=true as well", ["--mode", "live"] },
        { "TRADING212_DEMO_API_KEY: missing", ["--mode", "practice"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_setting_is_one_line_that_names_it(string line, string[] arguments)
    {
        await using var folder = new HostFolder();
        await RefusedAsync(folder, line, arguments);
    }

    public static TheoryData<string, string[]> WrongInDotEnv => new()
    {
        { "TRADING212_DEMO_API_SECRET: missing", ["TRADING212_DEMO_API_KEY=k3yk3yk3y"] },
        { "TRADING212_DEMO_ENVIRONMENT: 'live' contradicts LIVE=false", ["TRADING212_DEMO_API_KEY=k3yk3yk3y", "TRADING212_DEMO_API_SECRET=s3cr3ts3cr3t", "TRADING212_DEMO_ENVIRONMENT=live"] },
        { "Feed:AllowSyntheticOnPractice: ", ["TRADING212_DEMO_API_KEY=k3yk3yk3y", "TRADING212_DEMO_API_SECRET=s3cr3ts3cr3t"] },
        { "TRADING212_API_KEY: missing", ["LIVE=true"] },
        { "Trading:LiveConfirmation: LIVE needs it to read 'I trade real money'", ["LIVE=true", "TRADING212_API_KEY=k3yk3yk3y", "TRADING212_API_SECRET=s3cr3ts3cr3t"] },
        { "Risk:Capital: LIVE needs it", ["LIVE=true", "TRADING212_API_KEY=k3yk3yk3y", "TRADING212_API_SECRET=s3cr3ts3cr3t", "Trading__LiveConfirmation=I trade real money"] },
        { "Feed:Kind: synthetic prices never meet real money", ["LIVE=true", "TRADING212_API_KEY=k3yk3yk3y", "TRADING212_API_SECRET=s3cr3ts3cr3t", "Trading__LiveConfirmation=I trade real money", "Risk__Capital=100"] },
        { "FAKE_TICKS: 'perhaps' is not allowed", ["FAKE_TICKS=perhaps"] },
        { "SYMBOL: unknown setting (.env)", ["SYMBOL=AXSM"] },
    };

    [Theory]
    [MemberData(nameof(WrongInDotEnv))]
    public async Task A_wrong_line_of_the_env_file_is_named_without_its_secret(string line, string[] env)
    {
        await using var folder = new HostFolder();
        folder.Write(".env", string.Join('\n', env) + "\n");
        await RefusedAsync(folder, line);
    }

    [Fact]
    public async Task A_settings_file_that_cannot_be_read_is_named()
    {
        await using var folder = new HostFolder();
        folder.Write("appsettings.json", "{ \"Trading\": { ");
        await RefusedAsync(folder, "appsettings.json: cannot be read: ");
    }

    private static async Task RefusedAsync(HostFolder folder, string line, params string[] arguments)
    {
        var run = await folder.RunAsync(["run", "--port", "0", .. arguments]);
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.StartsWith(line, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.DoesNotContain("k3yk3y", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", run.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Left());
    }
}
