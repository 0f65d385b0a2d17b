using System.Net;

namespace MicroTrader.Dashboard.Tests;

public sealed class TimeoutTests
{
    [Theory]
    [InlineData("status", "status", "robot")]
    [InlineData("positions", "open positions", "positions")]
    [InlineData("symbols", "symbols", "symbols")]
    [InlineData("trades", "trades", "trades")]
    public async Task A_part_that_does_not_answer_costs_503_and_its_own_section_only(string part, string words, string section)
    {
        var (status, html) = await GetAsync(part);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains($"The robot did not answer in time: {words}.", PageText.Of(html), StringComparison.Ordinal);
        foreach (var id in new[] { "robot", "positions", "symbols", "trades" })
        {
            var unknown = PageText.Section(html, id).Contains("Unknown: the robot did not answer in time.", StringComparison.Ordinal);
            Assert.Equal(id == section, unknown);
        }
    }

    [Fact]
    public async Task A_robot_that_says_nothing_at_all_still_gives_a_page_that_refreshes()
    {
        var (status, html) = await GetAsync("status", "positions", "symbols", "trades");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("status, open positions, symbols, trades", PageText.Of(html), StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mode_that_is_unknown_is_taken_for_real_money()
    {
        var (_, html) = await GetAsync("status");

        Assert.Contains("<header class=\"banner live\">", html, StringComparison.Ordinal);
        Assert.StartsWith(" MODE UNKNOWN ", PageText.Of(html), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Html)> GetAsync(params string[] silent)
    {
        var busy = RobotData.Busy;
        await using var server = await DashboardServer.StartAsync(new FixedRobot
        {
            Status = busy.Status,
            Positions = busy.Positions,
            Symbols = busy.Symbols,
            Trades = busy.Trades,
            Silent = silent.ToHashSet(),
        });
        using var response = await server.Client.GetAsync("/");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
