using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MicroTrader.Dashboard.Tests;

public sealed class SecurityTests
{
    private const string Token = "a-token-of-a-test-0123456789";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:5210")]
    [InlineData("localhost")]
    [InlineData("LocalHost:1")]
    [InlineData("[::1]")]
    [InlineData("[::1]:65535")]
    public async Task A_loopback_host_is_served(string host)
    {
        Assert.StartsWith("HTTP/1.1 200 ", await RawGetAsync("/", $"Host: {host}\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "Host: attacker.example\r\n")]
    [InlineData("/api/ping", "Host: attacker.example:5210\r\n")]
    [InlineData("/no-such-page", "Host: attacker.example\r\n")]
    [InlineData("/", "Host: localhost.attacker.example\r\n")]
    [InlineData("/", "Host: attacker.localhost\r\n")]
    [InlineData("/", "Host: 127.0.0.1.attacker.example\r\n")]
    [InlineData("/", "Host: 192.168.1.20:5210\r\n")]
    [InlineData("/", "Host: 0.0.0.0:5210\r\n")]
    [InlineData("/", "Host: [::]\r\n")]
    [InlineData("/", "Host: localhost:\r\n")]
    [InlineData("/", "Host: localhost:70000\r\n")]
    [InlineData("/", "Host: \r\n")]
    [InlineData("/", "Host: localhost\r\nHost: attacker.example\r\n")]
    [InlineData("/", "Host: attacker.example\r\nX-Forwarded-Host: localhost\r\n")]
    public async Task Any_other_host_is_refused_on_every_address(string path, string headers)
    {
        var answer = await RawGetAsync(path, headers);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("attacker", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("pong", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_says_what_is_allowed()
    {
        var answer = await RawGetAsync("/", "Host: attacker.example\r\n");

        Assert.Contains("Refused: the Host header must be one of 127.0.0.1, localhost, [::1], with any port.", answer, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.168.1.20:5210", true)]
    [InlineData("[fe80::1]:5210", true)]
    [InlineData("robot.home:5210", true)]
    [InlineData("attacker.example", false)]
    [InlineData("3232235796", false)]
    [InlineData("0x7f.1", false)]
    [InlineData("192.168.1.20.attacker.example", false)]
    public async Task A_host_that_others_reach_answers_to_addresses_in_digits_and_to_its_names_alone(string host, bool allowed)
    {
        var answer = await RawGetAsync("/health/live", $"Host: {host}\r\n", new WebGate { IsReachable = true, Hosts = ["robot.home"], Token = Token });

        Assert.StartsWith(allowed ? "HTTP/1.1 200 " : "HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_carries_the_security_headers()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        using var response = await server.Client.GetAsync("/");

        string Header(string name) => Assert.Single(response.Headers.GetValues(name));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Contains("no-store", Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("DENY", Header("X-Frame-Options"));
        var policy = Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Contains($"connect-src 'self' ws://127.0.0.1:{server.Address.Port} ", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_page_comes_from_anywhere_else()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        var html = await server.Client.GetStringAsync("/");

        foreach (var address in PageText.Values(html, "(?:src|href)=\"([^\"]+)\"").Where(a => !a.StartsWith("data:", StringComparison.Ordinal) && a[0] != '#'))
        {
            Assert.DoesNotMatch("^(https?:)?//", address);
            if (!address.Contains("_content/", StringComparison.Ordinal) && !address.Contains("_framework/", StringComparison.Ordinal))
                continue;
            using var file = await server.Client.GetAsync("/" + address.TrimStart('/'));
            Assert.Equal((address, HttpStatusCode.OK), (address, file.StatusCode));
        }
    }

    [Theory]
    [InlineData("https://attacker.example", null, false)]
    [InlineData("null", null, false)]
    [InlineData("http://127.0.0.1:1", "same-site", false)]
    [InlineData("http://127.0.0.1:1", null, false)]
    [InlineData("http://localhost:{port}", null, false)]
    [InlineData(null, "cross-site", false)]
    [InlineData(null, "same-site", false)]
    [InlineData("http://127.0.0.1:{port}", "same-origin", true)]
    [InlineData("http://127.0.0.1:{port}", null, true)]
    [InlineData(null, null, true)]
    public async Task A_change_that_another_site_sends_is_refused(string? origin, string? site, bool allowed)
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/ping");
        if (origin is not null)
            request.Headers.Add("Origin", origin.Replace("{port}", server.Address.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("https://attacker.example")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task Another_site_cannot_steer_a_page_of_its_own_making(string? origin)
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
            negotiate.Headers.Add("Origin", origin);
        using var answer = await server.Client.SendAsync(negotiate);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);

        using var socket = new System.Net.WebSockets.ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        var refused = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Address.Port}/_blazor"), CancellationToken.None));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_own_origin_may_steer()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        negotiate.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await server.Client.SendAsync(negotiate);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_huge_body_is_refused_before_it_is_read()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        using var huge = new ByteArrayContent(new byte[200_000]);

        using var response = await server.Client.PostAsync("/api/ping", huge);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("body of more than 65536 bytes", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_too_many_pages_are_open_another_is_refused()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy, new WebGate { MostPages = 0 });
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        negotiate.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await server.Client.SendAsync(negotiate);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("0 pages are open already", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Over a socket of its own: an HttpClient would correct what a stranger sends.</summary>
    private static async Task<string> RawGetAsync(string path, string headers, WebGate? gate = null)
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy, gate);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
