using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MicroTrader.Dashboard.Tests;

public sealed class SecurityTests
{
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

        Assert.Contains("Refused: the Host header must be 127.0.0.1, localhost or [::1], with any port.", answer, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_page_carries_the_security_headers(bool timesOut)
    {
        await using var server = await DashboardServer.StartAsync(new FixedRobot
        {
            Status = RobotData.Status,
            Silent = timesOut ? new HashSet<string> { "status" } : new HashSet<string>(),
        });
        using var response = await server.Client.GetAsync("/");

        string Header(string name) => Assert.Single(response.Headers.GetValues(name));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.False(response.Headers.Contains("Set-Cookie"));
        var policy = Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_names_the_hash_of_the_style_sheet_that_the_page_carries()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        using var response = await server.Client.GetAsync("/");
        var html = await response.Content.ReadAsStringAsync();

        var start = html.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length;
        var css = html[start..html.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css)));

        Assert.Contains($"'sha256-{hash}'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_answers_without_a_body_and_a_post_is_not_allowed()
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        using var post = await server.Client.PostAsync("/", new StringContent("x"));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    /// <summary>Over a socket of its own: an HttpClient would correct what a stranger sends.</summary>
    private static async Task<string> RawGetAsync(string path, string headers)
    {
        await using var server = await DashboardServer.StartAsync(RobotData.Busy);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
