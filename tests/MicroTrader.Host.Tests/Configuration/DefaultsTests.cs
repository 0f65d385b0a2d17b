using System.Text.Json;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

public sealed class DefaultsTests
{
    // What has no default worth showing: secrets and addresses, what only a command line gives, and what a person must say.
    private static readonly string[] NotInTheFile =
    [
        "Risk:Capital", "Feed:Data", "Feed:OnlySymbols", "Feed:Speed", "Instruments:Pins", "Symbols",
        "Trading212:Live", "Trading212:Demo:ApiKey", "Trading212:Demo:ApiSecret", "Trading212:Demo:Environment",
        "Trading212:Real:ApiKey", "Trading212:Real:ApiSecret", "Trading212:Real:Environment",
        "Massive:ApiKey", "Massive:BaseUrl", "Massive:SnapshotPath", "Massive:StreamUrl", "Feed:Record",
        "Alerts:Telegram:BotToken", "Alerts:Webhook:Url", "Alerts:Heartbeat:Url",
        "Web:Token",
    ];

    private static readonly string FileText = File.ReadAllText(Repository.File("appsettings.json"));

    [Fact]
    public void The_file_says_the_defaults()
    {
        var defaults = SettingsBinder.Describe(new TraderOptions()).ToDictionary(s => s.Key, s => s.Property.GetValue(s.Owner));

        Assert.All(SettingsBinder.Describe(Settings.Load(FileText)).Where(s => !s.IsTable), s => Assert.Equal((s.Key, defaults[s.Key]), (s.Key, s.Property.GetValue(s.Owner))));
    }

    [Fact]
    public void The_file_names_every_setting_that_has_a_default()
    {
        using var file = JsonDocument.Parse(FileText, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var named = Keys(file.RootElement, "").ToHashSet();

        Assert.Equal(SettingsBinder.Describe(new TraderOptions()).Select(s => s.Key).Except(NotInTheFile).Order(), named.Order());
    }

    [Fact]
    public void The_file_holds_no_secret() =>
        Assert.All(SettingsBinder.Describe(Settings.Load(FileText)).Where(s => s.About.Secret), s => Assert.Equal("", s.Property.GetValue(s.Owner)));

    private static IEnumerable<string> Keys(JsonElement element, string prefix) => element.EnumerateObject().SelectMany(p =>
        p.Value.ValueKind == JsonValueKind.Object ? Keys(p.Value, prefix + p.Name + ":") : [prefix + p.Name]);
}
