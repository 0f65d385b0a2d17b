using Microsoft.Data.Sqlite;
using MicroTrader.EndToEnd.Tests.Support;
using MicroTrader.KillRunner;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>
/// A disk that refuses while the robot trades, the broker being elsewhere: it is said loudly, the host stays up, no order leaves without its durable intent,
/// and when the disk takes writes again the robot goes on by itself, to books that agree with the broker's.
/// </summary>
public sealed class DiskRunTests
{
    private const string Failed = "ERR .*the journal failed ";

    [Fact]
    public async Task A_disk_that_fills_up_stops_the_orders_and_not_the_host()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var folder = new HostFolder();
        using var venue = await VenueAsync(folder);
        // Room for some trades. The log files are of the same size, and would be first.
        folder.Launcher = Disk.Full(240);
        var robot = await TradeAsync(folder, venue);
        await robot.Process.WaitForAsync(Failed);
        await NoOrderWithoutIntentAsync(folder, venue);
        Assert.True(robot.Process.IsRunning, robot.Process.Told());
        Assert.Equal("PRACTICE", (await robot.AnswerAsync("status")).Text("mode"));

        Assert.True(await Disk.MakeRoomAsync(robot.Process.Id));
        await GoesOnAsync(folder, venue, robot);
    }

    [Fact]
    public async Task A_journal_that_is_locked_for_long_stops_the_orders_and_not_the_host()
    {
        await using var folder = new HostFolder();
        using var venue = await VenueAsync(folder);
        var robot = await TradeAsync(folder, venue);
        await robot.Process.WaitForAsync("Position CLOSED: .* P&L: ");
        await using (var other = new SqliteConnection($"Data Source={Journal(folder)};Pooling=False;Default Timeout=60"))
        {
            await other.OpenAsync();
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN EXCLUSIVE";
            await hold.ExecuteNonQueryAsync();
            await robot.Process.WaitForAsync(Failed);
            await NoOrderWithoutIntentAsync(folder, venue);
            Assert.True(robot.Process.IsRunning, robot.Process.Told());
            // Risk waits for the journal too, so what it is asked for may have to wait; what needs no journal answers.
            Assert.NotEmpty((await robot.AskAsync("symbols")).EnumerateArray());
            hold.CommandText = "ROLLBACK";
            await hold.ExecuteNonQueryAsync();
        }

        await GoesOnAsync(folder, venue, robot);
    }

    private static string Journal(HostFolder folder) => folder.In("data", $"practice-{VenueProcess.Account}", "journal.db");

    private static async Task<VenueProcess> VenueAsync(HostFolder folder)
    {
        var options = new KillOptions(0, 1, 0.1, folder.Path);
        var venue = await VenueProcess.StartAsync(options, folder.Path);
        foreach (var symbol in KillOptions.Symbols)
            await venue.PriceAsync(symbol, PriceScript.Entry);
        return venue;
    }

    private static Task<Robot> TradeAsync(HostFolder folder, VenueProcess venue)
    {
        folder.Environment["TRADING212_DEMO_API_KEY"] = VenueProcess.Key;
        folder.Environment["TRADING212_DEMO_API_SECRET"] = VenueProcess.Secret;
        folder.Environment["TRADING212_DEMO_ENVIRONMENT"] = venue.Address;
        string[] settings =
        [
            "Feed:AllowSyntheticOnPractice=true", "Session:Gate=off", "Broker:TimeScale=0.1", "Exits:MaxHold=300ms", "Reconciliation:LateWatch=10s", "Log:File=error",
            // The account is in euros; risk's limits are not what is tried here.
            "Risk:MaxCostPercentOfTakeProfit=100", "Risk:MaxTradesPerHour=100000", "Risk:MaxOrdersPerMinute=100000", "Risk:CoolDown=0s",
        ];
        return folder.TradeAsync([
            "--symbols", "AXSM,DJT", "--feed", "script", "--data", folder.Write("rises.csv", PriceScript.Rises(1_000, 300, "AXSM", "DJT").ToString()),
            .. settings.SelectMany(s => new[] { "--set", s })]);
    }

    // What the venue has, read first, is a part of what the journal intended: also a while later, when every write fails.
    private static async Task NoOrderWithoutIntentAsync(HostFolder folder, VenueProcess venue)
    {
        for (var i = 0; i < 5; i++)
        {
            var posts = VenueStatistics.Read(await venue.StatisticsAsync()).Requests["PlaceMarketOrder"];
            // A reader is not kept out by a writer.
            var intents = Actors.Journal.JournalReader.Positions(Journal(folder)).Count(f => f.Fact is Domain.Positions.EntryIntended or Domain.Positions.ExitIntended);
            Assert.True(posts <= intents, $"{posts} orders arrived, {intents} intents are in the journal");
            await Task.Delay(TimeSpan.FromMilliseconds(400), CancellationToken.None);
        }
    }

    private static async Task GoesOnAsync(HostFolder folder, VenueProcess venue, Robot robot)
    {
        var after = robot.Process.Count;
        await robot.Process.WaitForAsync("Position CLOSED: .* P&L: ", after);
        await robot.Process.TerminateAsync();
        Assert.True(await robot.Process.ExitAsync() == 0, robot.Process.Told());
        folder.Launcher = [];
        Directory.CreateDirectory(folder.In("end"));
        var evidence = await KillEvidence.CollectAsync(folder.In("end"), Journal(folder), async arguments => (await folder.DoAsync(arguments)).Output, venue);
        var differences = Comparison.Compare(evidence);
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences) + Environment.NewLine + robot.Process.Told());
        Assert.NotEmpty(evidence.Trades);
    }
}
