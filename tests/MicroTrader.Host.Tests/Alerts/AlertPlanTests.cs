using MicroTrader.Domain.Robot;
using MicroTrader.Host.Alerts;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Alerts;

public sealed class AlertPlanTests
{
    [Fact]
    public void Without_a_setting_nobody_is_told_and_all_kinds_would_be()
    {
        var plan = Plan();

        Assert.Equal((null, null, null), (plan.Telegram, plan.Webhook, plan.Heartbeat));
        Assert.Equal(Enum.GetValues<NoticeKind>().Order(), plan.Kinds.Order());
    }

    [Theory]
    [InlineData("needs-you, daily-loss", new[] { NoticeKind.NeedsYou, NoticeKind.DailyLoss })]
    [InlineData("trade-opened,TRADE-CLOSED,-trade-opened", new[] { NoticeKind.TradeClosed })]
    [InlineData("", new NoticeKind[0])]
    public void Kinds_are_named(string text, NoticeKind[] kinds) => Assert.Equal(kinds.Order(), Plan(("Alerts:Kinds", text)).Kinds.Order());

    [Fact]
    public void All_can_be_told_but_one()
    {
        var kinds = Plan(("Alerts:Kinds", "all, -trade-opened")).Kinds;

        Assert.Equal((Enum.GetValues<NoticeKind>().Length - 1, false), (kinds.Count, kinds.Contains(NoticeKind.TradeOpened)));
    }

    [Theory]
    [InlineData("Alerts:Kinds", "all, trades", "'trades' is not allowed; allowed are all, trade-opened")]
    [InlineData("Alerts:Telegram:ChatId", "me", "Alerts:Telegram:BotToken: missing")]
    [InlineData("Alerts:Telegram:BotToken", "123456789:AAplantedplantedplanted", "Alerts:Telegram:ChatId: missing")]
    [InlineData("Alerts:Webhook:Url", "http://hooks.example.org/planted", "https only")]
    [InlineData("Alerts:Webhook:Url", "planted", "an address such as")]
    [InlineData("Alerts:Heartbeat:Url", "ftp://example.org/planted", "an address such as")]
    [InlineData("Telemetry:OtlpEndpoint", "collector:4317", "an address such as http://127.0.0.1:4317")]
    public void An_impossible_setting_is_refused_before_the_start_without_its_secret(string key, string value, string words)
    {
        var refusal = Settings.PlanRefusal((key, value));

        Assert.Contains(words, refusal);
        Assert.DoesNotContain("planted", refusal);
        Assert.StartsWith(key.Split(':')[0], refusal);
    }

    [Theory]
    [InlineData("planted token", "4242")]
    [InlineData("123456789:AAplantedplantedplanted", "@me")]
    [InlineData("123456789:AAplantedplantedplanted", "0")]
    public void A_token_or_chat_that_is_none_is_refused(string token, string chat) =>
        Assert.DoesNotContain("planted", Settings.PlanRefusal(("Alerts:Telegram:BotToken", token), ("Alerts:Telegram:ChatId", chat)));

    [Theory]
    [InlineData("http://bots.example.org", "https only")]
    [InlineData("https://bots.example.org/?planted=1", "alone")]
    public void A_server_of_one_s_own_gets_the_token_over_https_only(string address, string words)
    {
        var refusal = Settings.PlanRefusal(("Alerts:Telegram:BotToken", FakeTelegram.Token), ("Alerts:Telegram:ChatId", "4242"), ("Alerts:Telegram:Address", address));

        Assert.Contains(words, refusal);
    }

    [Fact]
    public void Nothing_shows_a_secret()
    {
        var plan = Plan(("Alerts:Telegram:BotToken", FakeTelegram.Token), ("Alerts:Telegram:ChatId", "4242"), ("Alerts:Webhook:Url", "https://example.org/hooks/planted?key=planted2"));

        Assert.DoesNotContain("planted", plan.Telegram!.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            "cannot reach ***/sendMessage, *** or https://other.org***",
            plan.Redactor.Clean($"cannot reach {FakeTelegram.Token}/sendMessage,\nhttps://example.org/hooks/planted?key=planted2 or https://other.org/hooks/planted?key=planted2"));
    }

    private static AlertPlan Plan(params (string, string)[] settings) => AlertPlan.Of(Settings.Of(settings).Alerts);
}
