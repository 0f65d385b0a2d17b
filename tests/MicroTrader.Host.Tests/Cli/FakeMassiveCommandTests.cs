using Microsoft.Extensions.Time.Testing;
using MicroTrader.Domain.Market;
using MicroTrader.Host.Running;
using MicroTrader.Host.Tests.Support;
using Symbol = MicroTrader.Domain.Market.Symbol;

namespace MicroTrader.Host.Tests.Cli;

/// <summary>What needs no process of its own; the command as a person uses it is among the end-to-end tests.</summary>
public sealed class FakeMassiveCommandTests
{
    [Fact]
    public async Task Help_shows_an_example()
    {
        var run = await CommandLine.RunAsync("fake-massive", "--help");
        Assert.Contains("e.g. fake-massive --port 5214", string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_or_recording_that_is_missing_is_one_line()
    {
        foreach (var option in new[] { "--script", "--data" })
        {
            var run = await CommandLine.RunAsync("fake-massive", "--port", "0", option, "no-such-folder/none.csv");
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("none.csv", run.ErrorLine, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_recording_keeps_its_pace_and_its_night_lasts_a_minute()
    {
        var clock = new FakeTimeProvider();
        var start = new DateTimeOffset(2020, 1, 2, 15, 0, 0, TimeSpan.Zero);
        Tick[] ticks = [At(0), At(1), At(1), At(3600), At(3602)];
        var came = new List<double>();
        var began = clock.GetUtcNow();
        await using var paced = MassivePump.PaceAsync(ticks, clock).GetAsyncEnumerator();
        while (true)
        {
            var next = paced.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                clock.Advance(TimeSpan.FromSeconds(0.5));
                await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(20)));
            }

            if (!await next)
                break;
            came.Add((clock.GetUtcNow() - began).TotalSeconds);
        }

        Assert.Equal([0, 1, 1, 61, 63], came);

        Tick At(double seconds) => new(Symbol.Parse("AXSM"), TickKind.Trade, start.AddSeconds(seconds), 100m, 1m);
    }
}
