using MicroTrader.Host.Tests.Support;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>check --online</c> and <c>--round-trip</c>, against the real paper broker over HTTP.</summary>
public sealed class OnlineCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task With_the_right_keys_every_line_is_fine()
    {
        await using var broker = await BrokerAsync();

        var check = await CheckAsync(broker, "online-key", "online-secret", "--online");

        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.Contains("PRACTICE", check.Output, StringComparison.Ordinal);
        foreach (var line in new[] { "ok  keys:", "ok  account: 10000001, USD", "ok  clock:", "ok  portfolio:", "ok  orders:", "ok  history:", "ok  metadata:", "ok  ticker DJT: DWAC_US_EQ" })
            Assert.Contains(line, check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("online-secret", check.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_keys_are_crossed_with_what_to_do()
    {
        await using var broker = await BrokerAsync();

        var check = await CheckAsync(broker, "online-key", "another-secret", "--online");

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("XX  account: the keys are refused", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("another-secret", check.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_trip_buys_and_sells_the_smallest_amount_and_compares()
    {
        await using var broker = await BrokerAsync();
        broker.PutPrice("AXSM_US_EQ", 157.50m);

        var check = await CheckAsync(broker, "online-key", "online-secret", "--round-trip", "AXSM");

        Assert.True(check.ExitCode == 0, check.All);
        Assert.Contains("ok  P&L:", check.Output, StringComparison.Ordinal);
        Assert.Equal(2, broker.PostsReceived);
        Assert.Empty(broker.ReadLedger().Holdings);
    }

    [Fact]
    public async Task A_round_trip_that_cannot_be_bought_says_why_and_sells_nothing()
    {
        await using var broker = await BrokerAsync(cash: 1m);
        broker.PutPrice("AXSM_US_EQ", 157.50m);

        var check = await CheckAsync(broker, "online-key", "online-secret", "--round-trip", "AXSM");

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("was not accepted", check.Output, StringComparison.Ordinal);
        Assert.Empty(broker.ReadLedger().Fills);
    }

    [Fact]
    public async Task Without_an_account_outside_nothing_is_asked_and_no_round_trip_is_made()
    {
        var online = await CommandLine.RunAsync("check", "--online");
        var roundTrip = await CommandLine.RunAsync("check", "--round-trip", "AXSM");

        Assert.Equal(0, online.ExitCode);
        Assert.Contains("there is nothing to ask", online.Output, StringComparison.Ordinal);
        Assert.Equal(2, roundTrip.ExitCode);
        Assert.Contains("--round-trip", roundTrip.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key-of-mine")]
    [InlineData("key-of-mine:secret-of-mine:x:USD:1")]
    [InlineData("key-of-mine:secret-of-mine:1:USD:much")]
    public async Task A_malformed_account_of_the_paper_broker_is_refused_without_being_repeated(string account)
    {
        var command = await CommandLine.RunAsync("paper-broker", "--port", "0", "--account", account);

        Assert.Equal(2, command.ExitCode);
        Assert.StartsWith("--account:", command.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("of-mine", command.All, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<CommandLine> CheckAsync(PaperBroker broker, string key, string secret, params string[] more) => CommandLine.RunAsync(
    [
        "check", "--set", $"Trading212:Demo:ApiKey={key}", "--set", $"Trading212:Demo:ApiSecret={secret}", "--set", $"Trading212:Demo:Environment={broker.BaseAddress}", .. more,
    ]);

    private Task<PaperBroker> BrokerAsync(decimal cash = 100_000m) => PaperBroker.StartAsync(new PaperBrokerOptions
    {
        DatabasePath = _folder.File("venue.db"),
        ApiKey = "online-key",
        ApiSecret = "online-secret",
        StartingCash = cash,
        FillDelay = TimeSpan.FromMilliseconds(1),
        EnforceRateLimits = false,
    });
}
