using System.Text;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;
using MicroTrader.Trading212;

namespace MicroTrader.Host.Tests.Configuration;

/// <summary>The names in <c>.env</c>, all the way to the request's address and header.</summary>
public sealed class BrokerAccessTests
{
    private const string Env = """
        TRADING212_DEMO_API_KEY=demo-key
        TRADING212_DEMO_API_SECRET=demo-$ecret
        TRADING212_API_KEY=live-key
        TRADING212_API_SECRET=live-$ecret
        Feed__AllowSyntheticOnPractice=true
        """;

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/api/v0")]
    [InlineData("/api/v0/")]
    public async Task The_demo_settings_reach_their_address_with_their_keys(string path)
    {
        await using var listener = await HeaderListener.StartAsync(401);
        var plan = RunPlanner.Plan(Settings.Load(env: $"{Env}\nTRADING212_DEMO_ENVIRONMENT={listener.Address.GetLeftPart(UriPartial.Authority)}{path}"));

        await AskAsync(plan, plan.Broker!);

        AssertAsked(listener, "demo-key:demo-$ecret");
    }

    [Fact]
    public async Task The_live_settings_reach_their_address_with_their_keys()
    {
        await using var listener = await HeaderListener.StartAsync(401);
        var options = Settings.Load(env: $"{Env}\nTRADING212_LIVE_ENVIRONMENT={listener.Address.GetLeftPart(UriPartial.Authority)}");

        // This version has no prices that may meet real money, so no plan leads there: only the address and the keys are asked for.
        await AskAsync(RunPlanner.Plan(options), RunPlanner.LiveAccess(options));

        AssertAsked(listener, "live-key:live-$ecret");
    }

    [Fact]
    public void Without_an_address_each_pair_of_keys_has_its_own()
    {
        var options = Settings.Load(env: Env);

        Assert.Equal((Trading212Environments.Demo, "demo-key"), (RunPlanner.DemoAccess(options).Address, RunPlanner.DemoAccess(options).ApiKey));
        Assert.Equal((Trading212Environments.Live, "live-key"), (RunPlanner.LiveAccess(options).Address, RunPlanner.LiveAccess(options).ApiKey));
    }

    private static async Task AskAsync(RunPlan plan, BrokerAccess access)
    {
        using var client = new Trading212Client(plan.Client(access));
        var answer = await client.GetAccountSummaryAsync(CancellationToken.None);
        Assert.IsType<ReadResult<AccountSummary>.Failed>(answer);
    }

    private static void AssertAsked(HeaderListener listener, string keys) =>
        Assert.Equal([("/api/v0/equity/account/summary", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(keys)))], listener.Requests);
}
