using System.Globalization;
using MicroTrader.Domain.Market;
using Xunit.Abstractions;

namespace MicroTrader.MarketData.Tests;

public sealed class RealRecordingTests(ITestOutputHelper output)
{
    [Fact]
    public void SPY_of_7_October_2013_is_read_to_its_last_row()
    {
        if (SharedData.Lean("tick/spy/20131007_trade.zip", output) is not { } path)
            return;
        using var recording = Recording.Open([path]);
        Tick first = default, last = default;
        var count = 0;
        var watch = TimeProvider.System.GetTimestamp();
        foreach (var tick in recording.ReadTicks())
        {
            if (count++ == 0)
                first = tick;
            last = tick;
        }

        var elapsed = TimeProvider.System.GetElapsedTime(watch);
        output.WriteLine($"{count} ticks in {elapsed.TotalMilliseconds:F0} ms, {count / elapsed.TotalSeconds / 1e6:F2} million rows/s (cold, this build)");
        var spy = Symbol.Parse("SPY");
        Assert.Equal(new Tick(spy, TickKind.Trade, Utc("2013-10-07T08:00:00.464Z"), 167.41m, 100m), first);
        Assert.Equal(new Tick(spy, TickKind.Trade, Utc("2013-10-07T23:59:59.536Z"), 167.30m, 100m), last);
        var statistics = recording.Statistics;
        Assert.Equal(250_601, statistics.RowsRead);
        Assert.Equal(statistics.TicksGiven, count);
        Assert.Equal((250_601, 0, 0), (statistics.TicksGiven + statistics.SuspiciousRows, statistics.MalformedRows, statistics.FilteredRows));
    }

    [Fact]
    public void The_whole_folder_is_read_in_time_order()
    {
        if (SharedData.Lean("", output) is not { } path)
            return;
        using var recording = Recording.Open([path]);
        Assert.Equal(["AAPL", "AIG", "BAC", "IBM", "SPY"], recording.FindSymbols().Select(s => s.Value));
        var time = DateTimeOffset.MinValue;
        foreach (var tick in recording.ReadTicks())
        {
            Assert.True(tick.Time >= time && tick.Price > 0);
            time = tick.Time;
        }

        var statistics = recording.Statistics;
        Assert.Equal((8, 0), (statistics.Files, statistics.MalformedRows));
        // Counted with `unzip -p FILE | awk 'END { print NR }'` over the eight files.
        Assert.Equal(250_601 + 451_545 + 25_351 + 88_172 + 16_675 + 5_482 + 6_892 + 686, statistics.RowsRead);
        Assert.Equal(Utc("2014-06-06T00:00:00Z"), time);
    }

    [Fact]
    public void Bars_of_IBM_end_a_second_after_they_start()
    {
        if (SharedData.Lean("second/ibm/20131009_trade.zip", output) is not { } path)
            return;
        using var recording = Recording.Open([path]);
        var ticks = recording.ReadTicks().ToList();
        Assert.Equal(new Tick(Symbol.Parse("IBM"), TickKind.SecondBar, Utc("2013-10-09T13:12:37Z"), 179.02m, 840m, Basis: PriceBasis.Bar), ticks[0]);
        Assert.Equal(new Tick(Symbol.Parse("IBM"), TickKind.SecondBar, Utc("2013-10-09T23:31:36Z"), 180.85m, 465m, Basis: PriceBasis.Bar), ticks[^1]);
        Assert.Equal(5_482, ticks.Count);
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
