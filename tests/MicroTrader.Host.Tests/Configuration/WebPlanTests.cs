using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

public sealed class WebPlanTests
{
    private const string Token = "a-token-of-a-test-0123456789";

    [Fact]
    public void By_default_it_is_on_loopback_alone_and_nobody_is_asked()
    {
        var plan = WebPlan.Of(new WebOptions());

        Assert.Null(plan.Address);
        Assert.False(plan.Gate.IsReachable);
        Assert.Null(plan.Gate.Token);
        Assert.Empty(plan.Notices);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.20")]
    [InlineData("::")]
    public void An_address_that_others_reach_needs_a_token_and_warns_of_the_missing_encryption(string address)
    {
        Assert.StartsWith("Web:Token: missing; ", Settings.Refusal(() => WebPlan.Of(new WebOptions { Address = address })));

        var plan = WebPlan.Of(new WebOptions { Address = address, Token = Token });
        Assert.True(plan.Gate.IsReachable);
        Assert.Contains("without encryption", Assert.Single(plan.Notices));
    }

    [Theory]
    [InlineData("pqrstuv")]
    [InlineData("twenty-three-characters")]
    [InlineData("a token with blanks in it, long enough")]
    [InlineData("ein-schöner-langer-Schlüssel-ohne-Leerzeichen")]
    public void A_token_that_could_be_guessed_or_not_be_sent_is_refused_and_not_repeated(string token)
    {
        var refusal = Settings.Refusal(() => WebPlan.Of(new WebOptions { Token = token }));

        Assert.StartsWith("Web:Token: ", refusal);
        Assert.DoesNotContain(token, refusal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("")]
    [InlineData("192.168.1.20:5210")]
    [InlineData("robot.home")]
    public void What_is_no_address_in_digits_is_refused(string address) =>
        Assert.StartsWith($"Web:Address: '{address}' is not allowed; ", Settings.Refusal(() => WebPlan.Of(new WebOptions { Address = address, Token = Token })));

    [Fact]
    public void Further_names_need_a_token_too()
    {
        Assert.StartsWith("Web:Token: missing; ", Settings.Refusal(() => WebPlan.Of(new WebOptions { Hosts = "robot.home" })));
        Assert.StartsWith("Web:Hosts: 'robot home' is not allowed; ", Settings.Refusal(() => WebPlan.Of(new WebOptions { Hosts = "a.example, robot home", Token = Token })));
        Assert.Equal(["a.example", "robot.home"], WebPlan.Of(new WebOptions { Hosts = "a.example, robot.home", Token = Token }).Gate.Hosts);
    }

    [Fact]
    public void The_token_is_not_shown() => Assert.DoesNotContain(Token, WebPlan.Of(new WebOptions { Token = Token }).ToString());
}
