using System.Text.RegularExpressions;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

public sealed class LegacyNamesTests
{
    public static TheoryData<string, string, string, object> Names => new()
    {
        { "SYMBOLS", "AXSM,HUT", "Trading:Symbols", "AXSM,HUT" },
        { "LIVE", "true", "Trading212:Live", true },
        { "LIVE", "0", "Trading212:Live", false },
        { "FAKE_TICKS", "true", "Feed:Kind", FeedKind.Synthetic },
        { "FAKE_TICKS", "Yes", "Feed:Kind", FeedKind.Synthetic },
        { "FAKE_TICKS", "false", "Feed:Kind", FeedKind.Auto },
        { "FETCH_INTERVAL", "45", "Massive:FetchInterval", TimeSpan.FromSeconds(45) },
        { "POLYGON_API_KEY", "pk", "Massive:ApiKey", "pk" },
        { "POLYGON_BASE_URL", "https://api.polygon.io", "Massive:BaseUrl", "https://api.polygon.io" },
        { "POLYGON_SNAPSHOT_PATH", "/v2/snapshot", "Massive:SnapshotPath", "/v2/snapshot" },
        { "TRADING212_DEMO_API_KEY", "dk", "Trading212:Demo:ApiKey", "dk" },
        { "TRADING212_DEMO_API_SECRET", "d$s==", "Trading212:Demo:ApiSecret", "d$s==" },
        { "TRADING212_DEMO_ENVIRONMENT", "demo", "Trading212:Demo:Environment", "demo" },
        { "TRADING212_API_KEY", "rk", "Trading212:Real:ApiKey", "rk" },
        { "TRADING212_API_SECRET", "rs", "Trading212:Real:ApiSecret", "rs" },
        { "TRADING212_LIVE_ENVIRONMENT", "live", "Trading212:Real:Environment", "live" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_that_users_have_sets_its_setting_from_the_env_file(string name, string text, string key, object value) =>
        Assert.Equal(value, Value(Settings.Load(env: $"{name}={text}"), key));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_that_users_have_sets_its_setting_from_the_environment(string name, string text, string key, object value) =>
        Assert.Equal(value, Value(Settings.Load(environment: [(name, text)]), key));

    [Fact]
    public void Every_name_that_users_have_is_tested() =>
        Assert.Equal(LegacyNames.All.Order(StringComparer.Ordinal), Names.Select(n => (string)n.ToArray()[0]!).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("LIVE", "maybe", "Trading212:Live", "true or false")]
    [InlineData("FETCH_INTERVAL", "0", "Massive:FetchInterval", "from 1s to 3600s")]
    [InlineData("FAKE_TICKS", "some", "FAKE_TICKS", "true or false")]
    public void An_impossible_value_is_refused_under_the_name_that_the_person_wrote(string name, string value, string key, string allowed)
    {
        foreach (var (message, source) in new[]
        {
            (Settings.Refusal(() => Settings.Load(env: $"{name}={value}")), ".env"),
            (Settings.Refusal(() => Settings.Load(environment: [(name, value)])), "environment"),
        })
        {
            Assert.StartsWith(key + ":", message);
            Assert.Contains(name, message);
            Assert.Contains($"'{value}'", message);
            Assert.Contains(source, message);
            Assert.Contains(allowed, message);
        }
    }

    [Fact]
    public void Every_name_in_the_example_is_known()
    {
        var lines = File.ReadAllLines(Repository.File(".env.example"));
        var names = lines.Select(l => Regex.Match(l, "^#?([A-Za-z0-9_]+)=")).Where(m => m.Success).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, n => Assert.True(LegacyNames.All.Contains(n) || SettingsBinder.Describe(new TraderOptions()).Any(s => s.Key == n.Replace("__", ":", StringComparison.Ordinal)), n));
    }

    [Fact]
    public void The_example_is_a_file_that_can_be_used_as_it_is_and_holds_no_key()
    {
        var text = File.ReadAllText(Repository.File(".env.example"));

        var options = Settings.Load(env: text);

        Assert.All(SettingsBinder.Describe(options).Where(s => s.About.Secret), s => Assert.Equal("", s.Property.GetValue(s.Owner)));
        Assert.Equal(RunMode.Sim, RunPlanner.Plan(options).Mode);
    }

    private static object? Value(TraderOptions options, string key)
    {
        var setting = SettingsBinder.Describe(options).Single(s => s.Key == key);
        return setting.Property.GetValue(setting.Owner);
    }
}
