using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

public sealed class SettingSourcesTests
{
    private const string Json = """{ "Strategy": { "WindowTicks": 20 } }""";
    private const string Env = "Strategy__WindowTicks=21";
    private static readonly (string, string)[] Environment = [("Strategy__WindowTicks", "22")];

    [Fact]
    public void Nothing_said_is_the_default() => Assert.Equal(15, Settings.Load().Strategy.WindowTicks);

    [Fact]
    public void The_file_wins_over_the_default() => Assert.Equal(20, Settings.Load(Json).Strategy.WindowTicks);

    [Fact]
    public void Env_file_wins_over_the_settings_file() => Assert.Equal(21, Settings.Load(Json, Env).Strategy.WindowTicks);

    [Fact]
    public void The_environment_wins_over_the_env_file() => Assert.Equal(22, Settings.Load(Json, Env, Environment).Strategy.WindowTicks);

    [Fact]
    public void The_command_line_wins_over_all() => Assert.Equal(23, Settings.Load(Json, Env, Environment, ("Strategy:WindowTicks", "23")).Strategy.WindowTicks);

    [Fact]
    public void Names_are_taken_in_any_case() =>
        Assert.Equal(30, Settings.Load("""{ "strategy": { "WINDOWTICKS": 25 } }""", null, [("STRATEGY__windowticks", "30")]).Strategy.WindowTicks);

    [Fact]
    public void An_empty_value_of_the_env_file_or_the_environment_says_nothing()
    {
        var options = Settings.Load(Json, "Strategy__WindowTicks=\nSYMBOLS=\nUNHEARD_OF=", [("Strategy__WindowTicks", ""), ("SYMBOLS", "")]);

        Assert.Equal(20, options.Strategy.WindowTicks);
        Assert.Equal(new TraderOptions().Trading.Symbols, options.Trading.Symbols);
    }

    [Fact]
    public void Environment_variables_of_others_are_passed_over()
    {
        var options = Settings.Load(environment: [("PATH", "x"), ("HOME", "x"), ("DOTNET__Thing", "x"), ("Trading", "x"), ("MODE", "live"), ("__", "x"), ("Unheard__Of", "x")]);

        Assert.Equal(TradingMode.Auto, options.Trading.Mode);
    }

    [Fact]
    public void An_unknown_setting_of_the_file_is_refused_with_the_nearest() =>
        AssertUnknown("Strategy:WindowTick", "appsettings.json", "Strategy:WindowTicks", () => Settings.Load("""{ "Strategy": { "WindowTick": 20 } }"""));

    [Fact]
    public void An_unknown_section_of_the_file_is_refused_with_the_nearest() =>
        AssertUnknown("Exit:MaxHold", "appsettings.json", "Exits:MaxHold", () => Settings.Load("""{ "Exit": { "MaxHold": "5s" } }"""));

    [Fact]
    public void An_unknown_setting_of_the_env_file_is_refused_with_the_nearest() =>
        AssertUnknown("Risk:Capitel", ".env: Risk__Capitel", "Risk:Capital", () => Settings.Load(env: "Risk__Capitel=5"), ".env");

    [Fact]
    public void An_unknown_setting_of_the_environment_is_refused_with_the_nearest() =>
        AssertUnknown("Web:Prot", "environment", "Web:Port", () => Settings.Load(environment: [("Web__Prot", "5")]));

    [Fact]
    public void An_unknown_setting_of_the_command_line_is_refused_with_the_nearest() =>
        AssertUnknown("Feed:Sed", "command line", "Feed:Seed", () => Settings.Of(("Feed:Sed", "5")));

    [Fact]
    public void An_unknown_name_of_the_env_file_is_refused_with_what_there_is()
    {
        var message = Settings.Refusal(() => Settings.Load(env: "POLYGON_KEY=secret-words"));

        Assert.Contains("POLYGON_KEY", message);
        Assert.Contains(".env", message);
        Assert.Contains("POLYGON_API_KEY", message);
        Assert.DoesNotContain("secret-words", message);
    }

    [Theory]
    [InlineData("{ \"Trading\": { \"Mode\": \"sim\", } ")]
    [InlineData("{ Trading: 1 }")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{ \"Web\": { \"Port\": 1, \"port\": 2 } }")]
    public void A_settings_file_that_is_no_json_is_refused_by_name(string json) =>
        Assert.StartsWith("appsettings.json: cannot be read: ", Settings.Refusal(() => Settings.Load(json)));

    [Fact]
    public void A_mistake_in_the_settings_file_is_found_by_its_line() =>
        Assert.Contains("LineNumber: 2", Settings.Refusal(() => Settings.Load("{\n  \"Trading\": {\n    Mode: 1\n  }\n}")));

    [Fact]
    public void Comments_in_the_settings_file_are_passed_over() => Assert.Equal(20, Settings.Load("// why\n" + Json).Strategy.WindowTicks);

    [Fact]
    public void Two_names_of_one_setting_that_contradict_each_other_are_refused()
    {
        var message = Settings.Refusal(() => Settings.Load(environment: [("LIVE", "true"), ("Trading212__Live", "false")]));

        Assert.Contains("LIVE", message);
        Assert.Contains("Trading212__Live", message);
        Assert.Contains("environment", message);
    }

    [Fact]
    public void Two_names_of_one_setting_that_contradict_each_other_in_the_env_file_are_refused() =>
        Assert.Contains("contradicts SYMBOLS (.env)", Settings.Refusal(() => Settings.Load(env: "SYMBOLS=AXSM\nTrading__Symbols=HUT")));

    [Fact]
    public void Two_names_of_one_setting_that_agree_are_taken() =>
        Assert.Equal("HUT", Settings.Load(env: "SYMBOLS=HUT\nTrading__Symbols=HUT").Trading.Symbols);

    private static void AssertUnknown(string key, string source, string nearest, Action load, string? sourceName = null)
    {
        var message = Settings.Refusal(load);

        Assert.Equal($"{key}: unknown setting ({sourceName ?? source}); did you mean {nearest}?", message);
    }
}
