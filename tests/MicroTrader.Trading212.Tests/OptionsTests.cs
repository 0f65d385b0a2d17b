namespace MicroTrader.Trading212.Tests;

public sealed class OptionsTests
{
    private static readonly Trading212Options Good = new() { BaseAddress = Trading212Environments.Demo, ApiKey = TestKeys.Key, ApiSecret = TestKeys.Secret };

    [Fact]
    public void The_environments_are_the_venues()
    {
        Assert.Equal("https://demo.trading212.com/api/v0", Trading212Environments.Demo.AbsoluteUri);
        Assert.Equal("https://live.trading212.com/api/v0", Trading212Environments.Live.AbsoluteUri);
        Assert.Empty(Good.Flaws());
        Assert.Empty((Good with { BaseAddress = Trading212Environments.Live }).Flaws());
    }

    [Fact]
    public void The_basic_token_is_exact() => Assert.Equal(TestKeys.Token, HttpClients.BasicToken(Good));

    [Theory]
    [InlineData("http://broker.example/api/v0", "in the clear")]
    [InlineData("ftp://broker.example/api/v0", "allowed is an absolute https address")]
    [InlineData("/api/v0", "not absolute")]
    [InlineData("https://u:p@demo.trading212.com/api/v0", "carries a user name")]
    [InlineData("https://demo.trading212.com/api/v0?a=b", "carries a user name, query")]
    public void An_impossible_address_is_named(string address, string words)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new Trading212Client(Good with { BaseAddress = new Uri(address, UriKind.RelativeOrAbsolute) }));

        Assert.Contains("BaseAddress", refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("u:p", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unencrypted_is_accepted_on_loopback_and_where_allowed()
    {
        Assert.Empty((Good with { BaseAddress = new Uri("http://localhost:5000/api/v0") }).Flaws());
        Assert.Empty((Good with { BaseAddress = new Uri("http://paper-broker:5000/api/v0"), AllowUnencrypted = true }).Flaws());
    }

    [Fact]
    public void Each_impossible_setting_is_named_and_no_secret_is_shown()
    {
        Trading212Options bad = Good with
        {
            ApiKey = TestKeys.Key + ":" + TestKeys.Secret,
            ApiSecret = TestKeys.Secret + " ",
            ReadTimeout = TimeSpan.Zero,
            WriteTimeout = TimeSpan.FromDays(2),
            ConnectTimeout = TimeSpan.FromSeconds(-1),
            IdleConnectionTimeout = TimeSpan.FromSeconds(-1),
            ReadRetryCount = 6,
            ReadRetryDelay = TimeSpan.FromHours(1),
            ReadBreaker = new ReadBreakerOptions { FailureRatio = double.NaN, MinimumThroughput = 1, SamplingDuration = TimeSpan.Zero, BreakDuration = TimeSpan.Zero },
        };

        IReadOnlyList<string> flaws = bad.Flaws();

        Assert.Equal(
            [
                "ApiSecret", "ApiKey", "ReadTimeout", "WriteTimeout", "ConnectTimeout", "IdleConnectionTimeout", "ReadRetryDelay", "ReadRetryCount", "ReadBreaker.FailureRatio",
                "ReadBreaker.MinimumThroughput", "ReadBreaker.SamplingDuration", "ReadBreaker.BreakDuration",
            ],
            flaws.Select(flaw => flaw[..flaw.IndexOf(' ', StringComparison.Ordinal)]));
        TestKeys.AssertAbsent(string.Join('\n', flaws));
        TestKeys.AssertAbsent(Assert.Throws<ArgumentException>(() => new Trading212Client(bad)).ToString());
        Assert.Equal(2, (Good with { ApiKey = "", ApiSecret = " " }).Flaws().Count);
    }

    [Fact]
    public void The_text_form_and_the_serialized_form_hide_the_secrets()
    {
        TestKeys.AssertAbsent(Good.ToString());
        Assert.Contains("https://demo.trading212.com/api/v0", Good.ToString(), StringComparison.Ordinal);
        TestKeys.AssertAbsent(System.Text.Json.JsonSerializer.Serialize(Good));
        using Trading212Client client = new(Good);
        TestKeys.AssertAbsent(client.ToString());
        Assert.DoesNotContain("u:p", (Good with { BaseAddress = new Uri("https://u:p@host/") }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_that_the_server_echoes_do_not_come_through()
    {
        string echo = $$"""{"type":"/x/{{TestKeys.Key}}","title":"{{TestKeys.Secret}}","status":400,"detail":"Authorization: Basic {{TestKeys.Token}}"}""";
        await using RawServer server = RawServer.Of((request, connection) => connection.AnswerAsync(request.Method == "GET" ? 401 : 400, echo));
        using Trading212Client client = new(server.Options());

        TestKeys.AssertAbsent((await client.PlaceMarketOrderAsync(Samples.Buy)).ToString());
        TestKeys.AssertAbsent((await client.CancelOrderAsync(1)).ToString());
        ReadResult<AccountSummary> read = await client.GetAccountSummaryAsync();
        TestKeys.AssertAbsent(read.ToString());
        Assert.Contains("***", read.ToString(), StringComparison.Ordinal);
    }
}
