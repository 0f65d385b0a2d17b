using System.Collections;
using MicroTrader.Host.Cli;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

/// <summary><c>init</c>: files that load, that nobody else can read where they hold keys, and that write over nothing unasked.</summary>
public sealed class InitCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task By_default_the_files_hold_the_defaults_each_with_its_meaning()
    {
        var run = await InitAsync("--yes");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var loaded = SettingsBinder.Describe(Load()).Where(s => !s.IsTable).ToDictionary(s => s.Key, s => s.Property.GetValue(s.Owner));
        var defaults = SettingsBinder.Describe(new TraderOptions()).Where(s => !s.IsTable).ToDictionary(s => s.Key, s => s.Property.GetValue(s.Owner));
        Assert.Equal(TradingMode.Sim, loaded["Trading:Mode"]);
        Assert.All(defaults.Where(d => d.Key != "Trading:Mode"), d => Assert.Equal((d.Key, d.Value), (d.Key, loaded[d.Key])));
        var text = File.ReadAllText(_folder.File("appsettings.json"));
        Assert.All(SettingsBinder.Describe(new TraderOptions()).Where(s => !s.About.Secret && text.Contains($"\"{s.Property.Name}\":", StringComparison.Ordinal)), s => Assert.Contains(s.About.Description, text));
        Assert.Equal("SIM", RunPlanner.Plan(Load()).ModeName);
    }

    [Fact]
    public async Task Keys_are_in_a_file_that_only_this_user_may_read_and_nowhere_else()
    {
        var run = await TypeAsync(["practice", "AXSM, DJT", "planted'key#1", "planted secret", "", "n"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var options = Load();
        Assert.Equal(("planted'key#1", "planted secret", "AXSM, DJT", TradingMode.Practice), (options.Trading212.Demo.ApiKey, options.Trading212.Demo.ApiSecret, options.Trading.Symbols, options.Trading.Mode));
        Assert.DoesNotContain("planted", File.ReadAllText(_folder.File("appsettings.json")) + run.All);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File(".env")));
        Assert.Equal([".env", "appsettings.json"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Live_asks_for_the_capital_and_telegram_for_its_chat_until_an_answer_is_one()
    {
        var run = await TypeAsync(["gold", "live", "AXSM,AXSM", "AXSM", "k", "s", "", "lots", "2500", "y", FakeTelegram.Token, "me", "4242"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var options = Load();
        Assert.Equal((true, 2500m, "k", "4242", FakeTelegram.Token), (options.Trading212.Live, options.Risk.Capital, options.Trading212.Real.ApiKey, options.Alerts.Telegram.ChatId, options.Alerts.Telegram.BotToken));
        foreach (var words in new[] { "'gold' is not allowed; allowed is sim, practice or live", "AXSM stands there twice", "'lots' is not allowed", "'me' is not allowed" })
            Assert.Contains(words, run.Output);
    }

    [Fact]
    public async Task What_is_there_is_not_written_over_without_a_yes()
    {
        _folder.Write(".env", "LIVE=false\n");

        var refused = await InitAsync("--yes");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(".env", refused.ErrorLine);
        Assert.Contains("--force", refused.ErrorLine);
        Assert.Equal(2, (await TypeAsync(["n"])).ExitCode);
        Assert.Equal(("LIVE=false\n", false), (File.ReadAllText(_folder.File(".env")), File.Exists(_folder.File("appsettings.json"))));

        Assert.Equal(0, (await InitAsync("--yes", "--force")).ExitCode);
        Assert.Contains("TRADING212_DEMO_API_KEY", File.ReadAllText(_folder.File(".env")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File(".env")));
    }

    [Fact]
    public async Task An_end_of_input_and_a_key_that_no_file_can_hold_write_nothing()
    {
        Assert.Contains("the input ended", (await TypeAsync(["practice"])).ErrorLine);
        Assert.Contains("both kinds of quotes", (await TypeAsync(["practice", "AXSM", "a'b\"c", "s", "", "n"])).ErrorLine);
        Assert.Contains("nobody can be asked", (await InitAsync()).ErrorLine);

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private TraderOptions Load() => SettingsLoader.Load(_folder.Path, new Hashtable(), []);

    private Task<CommandLine> InitAsync(params string[] words) => CommandLine.RunAsync(["init", "--folder", _folder.Path, .. words]);

    private Task<CommandLine> TypeAsync(string[] answers)
    {
        var typed = new Queue<string>(answers);
        return CommandLine.RunAsync(new Terminal(true, () => typed.TryDequeue(out var answer) ? answer : null), "init", "--folder", _folder.Path);
    }
}
