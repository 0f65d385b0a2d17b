using MicroTrader.Host.Logging;
using Serilog;

namespace MicroTrader.Host.Tests.Logging;

public sealed class LogTailTests
{
    [Fact]
    public void The_newest_lines_come_first_with_their_level_and_the_first_line_of_what_failed()
    {
        var tail = new LogTail();
        using var log = new LoggerConfiguration().WriteTo.Sink(tail).CreateLogger();
        log.Information("Creating BUY order: {Symbol} x {OrderId}", "AXSM", 501);
        log.Error(new IOException("disk full\nat somewhere"), "The journal failed");

        var lines = tail.Newest(10);

        Assert.Equal([(2L, "Error", "The journal failed", "IOException: disk full"), (1L, "Information", "Creating BUY order: AXSM x 501", null)], lines.Select(l => (l.Number, l.Level, l.Message, l.Error)));
        Assert.Equal(2, tail.Version);
    }

    [Fact]
    public void It_holds_a_thousand_lines_and_none_that_is_endless()
    {
        var tail = new LogTail();
        using var log = new LoggerConfiguration().WriteTo.Sink(tail).CreateLogger();
        for (var i = 1; i <= 1_500; i++)
            log.Information("line {Number}", i);
        log.Information("{Text}", new string('x', 10_000));

        var lines = tail.Newest(5_000);

        Assert.Equal(1_000, lines.Count);
        Assert.True(lines[0].Message.Length < 2_100);
        Assert.Equal(("line 1500", "line 502"), (lines[1].Message, lines[^1].Message));
        Assert.Equal(3, tail.Newest(3).Count);
    }
}
