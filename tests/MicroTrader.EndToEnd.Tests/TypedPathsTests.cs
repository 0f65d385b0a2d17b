using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>In a folder that has no settings, whose commands take those beside the executable, what is typed is still meant from there.</summary>
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
}
