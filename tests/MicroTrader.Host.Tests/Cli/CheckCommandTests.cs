using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

public sealed class CheckCommandTests
{
    private static readonly string[] Secrets = ["demo-key-words", "demo-secret-words", "live-key-words", "live-secret-words", "massive-key-words"];

    private static readonly string[] WithSecrets =
    [
        "--set", "Trading212:Demo:ApiKey=demo-key-words", "--set", "Trading212:Demo:ApiSecret=demo-secret-words",
        "--set", "Trading212:Real:ApiKey=live-key-words", "--set", "Trading212:Real:ApiSecret=live-secret-words", "--set", "Massive:ApiKey=massive-key-words",
    ];

    [Fact]
    public async Task It_says_what_would_run()
    {
        var run = await CommandLine.RunAsync("check", "--mode", "sim");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        foreach (var words in new[]
        {
            "SIM: paper broker, no money", "synthetic", "AXSM, DJT, WULF, HUT", "1 share(s) a trade, at most 4 positions", "after 3 moves up, +0.08 % over 15 ticks, volume 1.3 x",
            "at +1.0 %, -0.5 %, or after 10s", "http://127.0.0.1:5210", "The settings are fine.",
        })
            Assert.Contains(words, run.Output);
    }

    [Fact]
    public async Task A_symbol_that_is_left_otherwise_says_when_and_what_that_leaves_after_costs()
    {
        var run = await CommandLine.RunAsync("check", "--mode", "sim", "--set", "Symbols:DJT:Exits:TakeProfitPercent=2.5", "--set", "Symbols:DJT:Exits:MaxHold=45s", "--set", "Symbols:HUT:Trading:Quantity=2");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("leaves at +1.0 %, -0.5 %, or after 10s", lines);
        Assert.Contains("DJT leaves at +2.5 %, -0.5 %, or after 45s", lines);
        Assert.Contains(lines, l => l.StartsWith("after costs TP +1.00 %", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("DJT after costs TP +2.50 %", StringComparison.Ordinal));
        // What differs in size alone leaves as the others do.
        Assert.DoesNotContain(lines, l => l.StartsWith("HUT leaves", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Practice_is_shown_with_its_address_and_masked_keys()
    {
        var run = await CommandLine.RunAsync(["check", "--set", "Feed:AllowSyntheticOnPractice=true", .. WithSecrets]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("PRACTICE: Trading 212, practice money", run.Output);
        Assert.Contains("https://demo.trading212.com/api/v0, key ***, secret ***", run.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("--all")]
    public async Task No_secret_is_shown(params string[] more)
    {
        foreach (var mode in new[] { "sim", "practice" })
        {
            var run = await CommandLine.RunAsync(["check", "--mode", mode, "--set", "Feed:AllowSyntheticOnPractice=true", .. WithSecrets, .. more]);

            Assert.Equal(0, run.ExitCode);
            Assert.All(Secrets, s => Assert.DoesNotContain(s, run.All));
        }
    }

    [Theory]
    [InlineData("Trading212:Live=true")]
    [InlineData("Trading212:Demo:Environment=live")]
    [InlineData("Trading212:Demo:Environment=nowhere")]
    [InlineData("Trading:Symbols=")]
    [InlineData("Trading212:Demo:ApiKey=demo-key-words with more")]
    [InlineData("Trading212:Demo:ApiSecret=demo-secret-words with more")]
    [InlineData("Trading212:Demo:ApiKye=demo-key-words")]
    public async Task No_secret_is_in_a_refusal(string setting)
    {
        var run = await CommandLine.RunAsync(["check", "--set", "Feed:AllowSyntheticOnPractice=true", .. WithSecrets, "--set", setting]);

        Assert.Equal(2, run.ExitCode);
        Assert.All(Secrets, s => Assert.DoesNotContain(s, run.All));
        Assert.NotEmpty(run.ErrorLine);
    }

    [Fact]
    public async Task All_shows_every_setting_once()
    {
        var run = await CommandLine.RunAsync("check", "--all", "--mode", "sim", "--set", "Instruments:Pins:DJT=DWAC_US_EQ");

        var lines = run.Output.Split('\n');
        Assert.All(SettingsBinder.Describe(new TraderOptions()), s => Assert.Single(lines, l => l.StartsWith(s.Key + " ", StringComparison.Ordinal)));
        Assert.Contains("DJT=DWAC_US_EQ", run.Output);
        Assert.Contains("250ms", run.Output);
    }
}
