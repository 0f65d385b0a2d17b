using System.Text;
using System.Text.Json;
using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>Practice money, with a broker that is another process; and keys that must be seen nowhere.</summary>
public sealed class SecretTests
{
    private const string Key = "PLANTED-k3y-0a1b2c3d4e5f";
    private const string Secret = "PLANTED-s3cr3t-6a7b8c9d0e1f";

    [Fact]
    public async Task With_demo_keys_the_robot_trades_PRACTICE_and_the_keys_are_seen_nowhere()
    {
        await using var venue = new HostFolder();
        var broker = venue.Start("paper-broker", "--port", "0", "--key", Key, "--secret", Secret, "--set", "Feed:Interval=50ms");
        var address = (await broker.WaitForAsync(@"^Paper broker at (?<address>http\S+),"))["address"];

        await using var folder = new HostFolder();
        folder.Write(".env", $"TRADING212_DEMO_API_KEY={Key}\nTRADING212_DEMO_API_SECRET={Secret}\nTRADING212_DEMO_ENVIRONMENT={address}\n");
        var robot = await folder.TradeAsync(
            // Practice money keeps the market's hours; tests run at any.
            "--symbols", "AXSM,DJT", "--set", "Session:Gate=off", "--set", "Feed:AllowSyntheticOnPractice=true", "--set", "Feed:Interval=20ms", "--set", "Exits:MaxHold=2s", "--set", "Reporting:StateInterval=1s");
        await robot.Process.WaitForAsync("^MicroTrader .* PRACTICE: Trading 212, practice money$");
        await robot.Process.WaitForAsync("Position CLOSED: .* P&L: ");
        var seen = new StringBuilder();
        // Every question of the API by its own description, so that a new one is looked at too.
        foreach (var path in Questions(await robot.AskAsync("openapi.json")).Concat(["/", "/trades.csv", "/trades/AXSM-1", "/api/v1/openapi.json"]))
            seen.Append(await robot.ReadAsync(path));
        seen.Append(await folder.DoAsync("inspect"));
        seen.Append(await folder.DoAsync("inspect", "--json"));
        seen.Append(await folder.DoAsync("status"));
        seen.Append(await folder.DoAsync("trades", "--json"));
        seen.Append(await folder.DoAsync("check", "--all", "--set", "Feed:AllowSyntheticOnPractice=true"));
        Assert.Contains("PRACTICE", seen.ToString(), StringComparison.Ordinal);
        await robot.Process.InterruptAsync();
        Assert.Equal(0, await robot.Process.ExitAsync());
        seen.Append(robot.Process.Everything);
        // Keys that are refused are no secret either: they must not be in what is said about it.
        seen.Append(await WithOtherKeysAsync(folder, address));

        NotIn("what was said", Encoding.UTF8.GetBytes(seen.ToString()));
        Assert.NotEmpty(folder.Left());
        foreach (var file in folder.Left())
            NotIn(file, await File.ReadAllBytesAsync(file));
        await broker.InterruptAsync();
        Assert.Equal(0, await broker.ExitAsync());
        NotIn("what the broker said", Encoding.UTF8.GetBytes(broker.Everything));
        foreach (var file in venue.Left())
            NotIn(file, await File.ReadAllBytesAsync(file));
    }

    private static List<string> Questions(JsonElement document)
    {
        var paths = document.GetProperty("paths").EnumerateObject()
            .Where(p => p.Value.TryGetProperty("get", out _) && !p.Name.EndsWith("/events", StringComparison.Ordinal) && !p.Name.Contains("/explain/", StringComparison.Ordinal))
            .Select(p => p.Name.Replace("{symbol}", "AXSM", StringComparison.Ordinal))
            .ToList();
        Assert.True(paths.Count > 8, string.Join(", ", paths));
        return paths;
    }

    private static async Task<string> WithOtherKeysAsync(HostFolder folder, string address)
    {
        folder.Write(".env", $"TRADING212_DEMO_API_KEY={Key}\nTRADING212_DEMO_API_SECRET={Secret}-other\nTRADING212_DEMO_ENVIRONMENT={address}\nFeed__AllowSyntheticOnPractice=true\n");
        var refused = await folder.RunAsync("run", "--port", "0");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("the broker refuses the keys: ", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        return refused.ToString();
    }

    // As they are, as a header carries them, and as an address would: each must be absent.
    private static void NotIn(string where, byte[] bytes)
    {
        string[] shapes =
        [
            Key, Secret, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:{Secret}")), Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)).TrimEnd('='),
        ];
        foreach (var shape in shapes)
        {
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(shape)) < 0, $"{where} holds a secret");
            Assert.True(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(shape)) < 0, $"{where} holds a secret");
        }
    }
}
