using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using MicroTrader.Dashboard.Live;

namespace MicroTrader.Host.Api;

/// <summary>Tells changes as server-sent events: each carries the part whole, so that a reader that missed some is not behind. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html.</summary>
internal static class EventStream
{
    private const int MostStreams = 32;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private static int _streams;

    /// <summary>Answers a stream that lasts until the caller goes, or the host stops.</summary>
    public static IResult Follow(LiveView view, TimeProvider time, IHostApplicationLifetime lifetime, CancellationToken gone)
    {
        if (Interlocked.Increment(ref _streams) > MostStreams)
        {
            Interlocked.Decrement(ref _streams);
            return TypedResults.Json(new ApiProblem($"{MostStreams} streams are open already; close one"), HostJson.Default.ApiProblem, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        return TypedResults.ServerSentEvents(FollowAsync(view, time, lifetime.ApplicationStopping, gone));
    }

    private static async IAsyncEnumerable<SseItem<string>> FollowAsync(LiveView view, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        // Only the newest counts: who reads slowly misses what is old.
        var news = Channel.CreateBounded<LiveSnapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        using var watching = view.Watch(snapshot => news.Writer.TryWrite(snapshot));
        var written = time.GetTimestamp();
        try
        {
            while (await NextAsync(news.Reader, end.Token) is { } live)
            {
                foreach (var (name, json) in Parts(live))
                {
                    if (told.TryGetValue(name, out var before) && before == json)
                        continue;
                    told[name] = json;
                    written = time.GetTimestamp();
                    yield return new SseItem<string>(json, name);
                }

                if (time.GetElapsedTime(written) < PingEvery)
                    continue;
                written = time.GetTimestamp();
                yield return new SseItem<string>("{}", "ping");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    private static async Task<LiveSnapshot?> NextAsync(ChannelReader<LiveSnapshot> news, CancellationToken end)
    {
        try
        {
            return await news.ReadAsync(end);
        }
        catch (OperationCanceledException)
        {
            // The caller went, or the host stops: that is how a stream ends.
            return null;
        }
    }

    private static IEnumerable<(string Name, string Json)> Parts(LiveSnapshot live)
    {
        var json = HostJson.OneLine;
        // An age changes with every look; when it was is in there too.
        if (live.Status is { } status)
            yield return ("status", JsonSerializer.Serialize(status with { ReconciliationAgeSeconds = null }, json.RobotStatus));
        if (live.Positions is { } positions)
            yield return ("positions", JsonSerializer.Serialize(positions, json.IReadOnlyListPositionView));
        if (live.Trades is { } trades)
            yield return ("trades", JsonSerializer.Serialize([.. trades.Trades.Take(20)], json.IReadOnlyListTradeView));
        yield return ("decisions", JsonSerializer.Serialize([.. live.Decisions.Take(20)], json.IReadOnlyListDecisionView));
        if (live.Account is { } account)
            yield return ("account", JsonSerializer.Serialize(account, json.AccountView));
        // The words hold ages, too: the one word, and those of the parts, are what changes.
        var worst = live.Health.WorstPrice is { IsBlind: true } price ? price with { AgeSeconds = null } : null;
        yield return ("health", JsonSerializer.Serialize(live.Health with { WorstPrice = worst, Checks = [.. live.Health.Checks.Select(c => c with { Detail = "" })] }, json.HealthView));
    }
}
