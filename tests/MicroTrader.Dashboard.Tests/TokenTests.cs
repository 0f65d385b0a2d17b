using System.Net;

namespace MicroTrader.Dashboard.Tests;

/// <summary>Who has no token sees nothing.</summary>
public sealed class TokenTests
{
    private const string Token = "a-token-of-a-test-0123456789";
    private static readonly WebGate Gate = new() { IsReachable = true, Token = Token };

    [Theory]
    [InlineData("/")]
    [InlineData("/trades/AXSM-16")]
    [InlineData("/trades.csv")]
    [InlineData("/api/ping")]
    [InlineData("/no-such-page")]
    public async Task Without_the_token_nothing_is_answered(string path)
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy, Gate);
        using var program = await server.Client.GetAsync(path);
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Accept.ParseAdd("text/html");
        using var browser = await server.Client.SendAsync(asked);

        Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
        Assert.Equal("Bearer", program.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.Redirect, browser.StatusCode);
        Assert.StartsWith("/login?return=", browser.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("AXSM", await program.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer a-token-of-a-test-0123456789", true)]
    [InlineData("bearer a-token-of-a-test-0123456789", true)]
    [InlineData("Bearer a-token-of-a-test-012345678", false)]
    [InlineData("Bearer a-token-of-a-test-01234567890", false)]
    [InlineData("Bearer A-TOKEN-OF-A-TEST-0123456789", false)]
    [InlineData("Bearer ", false)]
    [InlineData("Basic a-token-of-a-test-0123456789", false)]
    public async Task Only_the_token_itself_opens(string header, bool opens)
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy, Gate);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/ping");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain(Token, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_types_the_token_once_and_is_known_by_a_cookie()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy, Gate);
        using var login = await PostAsync(server, Token, "/trades/AXSM-16");

        Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
        Assert.Equal("/trades/AXSM-16", login.Headers.Location?.ToString());
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Token, cookie, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, cookie.Split(';')[0]));
        var value = cookie.Split(';')[0];
        // Whoever gives himself more time has no signature for it.
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, value.Replace("=1", "=2", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, value[..^1] + (value[^1] == '0' ? '1' : '0')));
    }

    [Theory]
    [InlineData("//attacker.example/")]
    [InlineData("/\\attacker.example/")]
    [InlineData("https://attacker.example/")]
    public async Task After_the_login_nobody_is_sent_elsewhere(string target)
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy, Gate);
        using var login = await PostAsync(server, Token, target);

        Assert.Equal("/", login.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_wrong_token_is_told_so_and_opens_nothing()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy, Gate);
        using var login = await PostAsync(server, "not-the-token-of-this-test-1", "/");

        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        Assert.False(login.Headers.Contains("Set-Cookie"));
        Assert.Contains("That is not the token.", await login.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(DashboardServer server, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/ping");
        request.Headers.Add("Cookie", cookie);
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(DashboardServer server, string token, string target) =>
        server.Client.PostAsync("/login", new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token, ["return"] = target }));
}
