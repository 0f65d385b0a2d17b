using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>What is typed is meant from the folder in which it is typed, also where that has no settings and the commands take those beside the executable.</summary>
public sealed class TypedPathsTests
{
    [Fact]
    public async Task Files_that_are_typed_are_those_of_the_folder_in_which_they_are_typed()
    {
        await using var folder = new HostFolder();
        File.Delete(folder.In("appsettings.json"));
        File.Delete(folder.In("akka.hocon"));
        string[] here = ["--set", "Journal:Folder=mine", "--set", "Log:Folder=notes"];
        var prices = folder.Write("prices.csv", PriceScript.Rises(80, 500, "AXSM").ToString());

        await folder.DoAsync(["run", "--port", "0", "--for", "3s", "--symbols", "AXSM", "--feed", "script", "--data", prices, "--record", "records", .. here]);
        Assert.True(File.Exists(folder.In("mine", "sim-10000001", "journal.db")));
        Assert.NotEmpty(Directory.GetFiles(folder.In("notes"), "microtrader-*.json"));
        Assert.NotEmpty(Directory.GetFiles(folder.In("records")));

        var backtest = await folder.DoAsync(["backtest", "--data", "records", "--out", "report", "--set", "Session:Gate=off"]);
        Assert.Contains("recording", backtest.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.In("report", "report.html")));
        await folder.DoAsync(["run", "--port", "0", "--feed", "replay", "--data", "records", .. here]);
        await folder.DoAsync(["trades", "--json", .. here]);
    }

    [Fact]
    public async Task A_record_for_which_no_folder_is_named_is_kept_in_recordings_beside_the_settings_and_can_be_replayed()
    {
        await using var folder = new HostFolder();
        var prices = folder.Write("prices.csv", PriceScript.Rises(80, 500, "AXSM").ToString());

        // An option that may stand alone: what follows it is the next one, not its folder.
        var run = await folder.DoAsync("run", "--record", "--port", "0", "--for", "3s", "--symbols", "AXSM", "--feed", "script", "--data", prices);
        var record = Assert.Single(Directory.GetFiles(folder.In("recordings")));
        Assert.Contains($"Record: {record}", run.Output, StringComparison.Ordinal);
        var replay = await folder.DoAsync("run", "--port", "0", "--feed", "replay", "--data", "recordings");
        Assert.Matches(@"Recording: [1-9]\d* rows read", replay.Output);
    }

    [Fact]
    public async Task Nothing_is_recorded_where_nobody_asks_for_it()
    {
        await using var folder = new HostFolder();
        var prices = folder.Write("prices.csv", PriceScript.Rises(80, 500, "AXSM").ToString());

        var run = await folder.DoAsync("run", "--port", "0", "--for", "1s", "--symbols", "AXSM", "--feed", "script", "--data", prices);

        Assert.False(Directory.Exists(folder.In("recordings")));
        Assert.DoesNotContain("Record: ", run.Output, StringComparison.Ordinal);
    }
}
