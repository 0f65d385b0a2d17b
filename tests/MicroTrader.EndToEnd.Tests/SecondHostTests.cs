using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>Two robots on one journal would each believe to be the only one that trades.</summary>
public sealed class SecondHostTests
{
    [Fact]
    public async Task A_second_host_on_a_journal_is_told_who_holds_it_and_the_lock_dies_with_its_holder()
    {
        await using var folder = new HostFolder();
        var first = await folder.TradeAsync("--set", "Feed:Interval=100ms");
        await first.Process.WaitForAsync("Ready to trade");
        var status = await first.AskAsync("status");
        Assert.Equal(first.Process.Id, status.GetProperty("processId").GetInt32());

        var second = await folder.RunAsync("run", "--port", "0");
        Assert.Equal(1, second.ExitCode);
        var line = Assert.Single(second.ErrorLines);
        Assert.Matches($@"another host holds it: process {first.Process.Id} on \S+ since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\dZ$", line);
        Assert.Contains(folder.In("data", "sim-10000001"), line, StringComparison.Ordinal);

        // The first goes on as if nothing had been.
        var ticks = Ticks(await first.AskAsync("symbols"));
        await first.WaitUntilAsync("symbols", s => Ticks(s) > ticks, "more ticks");
        Assert.True((await first.AskAsync("status")).GetProperty("ready").GetBoolean());

        await first.Process.KillAsync();
        var third = await folder.TradeAsync();
        await third.Process.WaitForAsync("Ready to trade");
        await third.Process.InterruptAsync();
        Assert.Equal(0, await third.Process.ExitAsync());
    }

    private static long Ticks(System.Text.Json.JsonElement symbols) => symbols.EnumerateArray().Sum(s => s.GetProperty("ticks").GetInt64());
}
