using System.Text.Json;
using MicroTrader.Simulation.Shared;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulation.Actors;

/// <summary>
/// The robot's end of the network in one of its lives: what the real client hands over goes from here; where the adversary wants it the process ends around
/// it.
/// </summary>
internal sealed class LifeTransport(ActorRun run, SimulatedNetwork network, Adversary adversary) : HttpMessageHandler
{
    /// <summary>Whether the life that it belongs to has ended.</summary>
    public bool IsDead { get; set; }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsDead || run.CrashIf(FaultKind.CrashBeforeSend))
            return await Never(cancellationToken);
        if (adversary.Strikes(FaultKind.ConnectionRefused))
        {
            await InlineWaits.Delay(run.Clock, TimeSpan.FromTicks(adversary.Random.Between(Span.Millisecond, Span.Second)), cancellationToken);
            throw new HttpRequestException(HttpRequestError.ConnectionError, "connection refused");
        }

        // A connection that takes its time to be made: the body is not asked for before.
        if (adversary.Strikes(FaultKind.SlowHandOver))
            await InlineWaits.Delay(run.Clock, TimeSpan.FromTicks(adversary.Random.Between(200 * Span.Millisecond, 5 * Span.Second)), cancellationToken);
        if (IsDead)
            return await Never(cancellationToken);
        byte[]? body = null;
        if (request.Content is { } content)
        {
            using var taken = new MemoryStream();
            await content.CopyToAsync(taken, cancellationToken);
            body = taken.ToArray();
        }

        var calling = network.CarryAsync(Describe(request, body));
        if (run.CrashIf(FaultKind.CrashAfterSend))
            return await Never(cancellationToken);
        var answer = await calling.OrCancelled(cancellationToken);
        if (IsDead || run.CrashIf(FaultKind.CrashBeforeAnswer))
            return await Never(cancellationToken);
        run.CrashSoonIf(FaultKind.CrashAfterAnswer);
        return answer;
    }

    private static Task<HttpResponseMessage> Never(CancellationToken cancellationToken) =>
        new TaskCompletionSource<HttpResponseMessage>().Task.OrCancelled(cancellationToken);

    private static PaperEndpoint EndpointOf(HttpRequestMessage request) => (request.Method.Method, request.RequestUri!.AbsolutePath.Split("/equity/")[1]) switch
    {
        ("POST", "orders/market") => PaperEndpoint.PlaceMarketOrder,
        ("DELETE", _) => PaperEndpoint.CancelOrder,
        (_, "positions") => PaperEndpoint.Positions,
        (_, "orders") => PaperEndpoint.PendingOrders,
        (_, "history/orders") => PaperEndpoint.HistoryOrders,
        (_, "account/summary") => PaperEndpoint.AccountSummary,
        (_, "metadata/instruments") => PaperEndpoint.Instruments,
        (_, "metadata/exchanges") => PaperEndpoint.Exchanges,
        (_, var path) when path.StartsWith("orders/", StringComparison.Ordinal) => PaperEndpoint.OrderById,
        var (method, path) => throw new InvalidOperationException($"the robot asks for {method} {path}, which the simulation does not know"),
    };

    private NetworkRequest Describe(HttpRequestMessage request, byte[]? body)
    {
        var endpoint = EndpointOf(request);
        string? ticker = null;
        string? intent = null;
        var quantity = 0m;
        if (endpoint == PaperEndpoint.PlaceMarketOrder)
        {
            using var order = JsonDocument.Parse(body!);
            ticker = order.RootElement.GetProperty("ticker").GetString()!;
            quantity = order.RootElement.GetProperty("quantity").GetDecimal();
            // The venue takes no reference of ours: the order is for what was last intended, and the invariants judge whether that may be.
            intent = run.LastIntent(ticker);
            run.OnSent(ticker, intent, quantity);
        }

        return new NetworkRequest(request.Method, request.RequestUri!, request.Headers.Authorization, body, endpoint, ticker, quantity, intent);
    }
}
