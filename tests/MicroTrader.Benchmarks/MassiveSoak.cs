using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Benchmarks;

/// <summary>
/// Ten minutes of trades of 1,000 symbols, 10 a second each, through the real client from a server in the same process, as fast as it goes. Prints ticks a
/// second and the working set at intervals; ends with 1 where ticks are missing or the memory grows.
/// </summary>
internal static class MassiveSoak
{
    private const int Symbols = 1_000;
    private const int TradesPerMessage = 100;
    private const int Total = 6_000_000;
    private const int Report = 500_000;

    // The first part fills pools, buffers and the heap's generations.
    private const int Settled = 2_000_000;
    private const double MostGrowth = 1.2;

    public static async Task<int> RunAsync()
    {
        var symbols = Enumerable.Range(0, Symbols).Select(i => Symbol.Parse($"S{i}")).ToList();
        await using var server = await StartAsync();
        await using var feed = new MassiveSocketFeed(
            new MassiveSocketOptions
            {
                ApiKey = "soak",
                Url = new Uri(server.Urls.First().Replace("http://", "ws://", StringComparison.Ordinal)),
                Symbols = symbols,
                Channels = MassiveChannels.Trades,
                DelayTolerance = TimeSpan.FromDays(1),
            },
            TimeProvider.System,
            new AlwaysOpenCalendar());
        feed.Noted += note => Console.WriteLine(note.Text);
        using var process = Process.GetCurrentProcess();
        var watch = Stopwatch.StartNew();
        var read = 0L;
        var settledBytes = 0L;
        var volume = 0m;
        var allocatedBefore = GC.GetTotalAllocatedBytes();
        await foreach (var tick in feed.ReadAsync(CancellationToken.None))
        {
            volume += tick.Volume ?? 0;
            read++;
            if (read % Report == 0)
            {
                process.Refresh();
                if (read == Settled)
                    settledBytes = process.WorkingSet64;
                Console.WriteLine($"{read,9} ticks, {read / watch.Elapsed.TotalSeconds,9:F0} a second, working set {process.WorkingSet64 / 1048576.0,6:F1} MiB, conflated {feed.Statistics.Conflated}");
            }

            if (read + feed.Statistics.Conflated >= Total)
                break;
        }

        process.Refresh();
        var statistics = feed.Statistics;
        var growth = process.WorkingSet64 / (double)settledBytes;
        Console.WriteLine($"{statistics.Ticks} trades in {statistics.Messages} messages, {statistics.Duplicates} duplicates, {statistics.OutOfOrder} out of order, {statistics.Malformed} malformed, {statistics.Conflated} drawn together");
        Console.WriteLine($"volume {volume} of {Volume()}; {(GC.GetTotalAllocatedBytes() - allocatedBefore) / (double)Total:F1} bytes allocated a tick, server and client; working set x {growth:F2} since {Settled} ticks");
        return statistics.Ticks == Total && volume == Volume() && growth < MostGrowth ? 0 : 1;
    }

    private static decimal Volume() => Enumerable.Range(0, TradesPerMessage).Sum(i => (decimal)(1 + (i % 300))) * (Total / TradesPerMessage);

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[64 * 1024];
            await Send("""[{"ev":"status","status":"connected","message":"Connected Successfully"}]""");
            await socket.ReceiveAsync(buffer, context.RequestAborted);
            await Send("""[{"ev":"status","status":"auth_success","message":"authenticated"}]""");
            for (var i = 0; i < Symbols / 200; i++)
                await socket.ReceiveAsync(buffer, context.RequestAborted);
            // Ten messages go round: each time their stamps and ids move on.
            var ms = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
            var messages = Enumerable.Range(0, Symbols / TradesPerMessage)
                .Select(m => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, TradesPerMessage).Select(i => Wire.Trade($"S{(m * TradesPerMessage) + i}", i, ms)))}]"))
                .Select(bytes => (Bytes: bytes, Digits: new MovingDigits(bytes)))
                .ToArray();
            for (var sent = 0; sent < Total; sent += TradesPerMessage)
            {
                var (bytes, digits) = messages[sent / TradesPerMessage % messages.Length];
                digits.Next(bytes);
                await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            }

            try
            {
                await socket.ReceiveAsync(buffer, context.RequestAborted);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                // The client has all it wanted.
            }

            Task Send(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }
}
