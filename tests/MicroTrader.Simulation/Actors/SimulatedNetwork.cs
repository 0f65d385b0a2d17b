using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MicroTrader.MarketData;
using MicroTrader.Simulation.Shared;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulation.Actors;

/// <summary>
/// The way to the paper broker and back, in virtual time. A request that is on its way goes on whatever becomes of the robot: it belongs to nobody's life.
/// </summary>
internal sealed class SimulatedNetwork(PaperBroker broker, PaperBooks books, VirtualTimeProvider clock, Adversary adversary, bool hidesOrigin, Action<string, string> say) : IDisposable
{
    private readonly HttpMessageInvoker _venue = new(broker.CreateHandler());
    private readonly List<Travelling> _onTheWay = [];

    private SimRandom Random => adversary.Random;

    /// <summary>Whether an order of the robot for a ticker may still arrive.</summary>
    public bool IsTravelling(string ticker) => _onTheWay.Exists(t => t.Ticker == ticker);

    /// <summary>From here on nothing is late: what is on the way arrives.</summary>
    public void Recover()
    {
        foreach (var travelling in _onTheWay.ToList())
            travelling.ArriveIn(TimeSpan.FromTicks(Random.Between(0, Span.Second)), clock);
    }

    /// <summary>Carries a request whose body is in hand. Completes with the answer, fails with what a client sees of a lost connection, or never completes.</summary>
    public async Task<HttpResponseMessage> CarryAsync(NetworkRequest request)
    {
        if (adversary.Strikes(FaultKind.LostRequest))
        {
            // Sometimes the sender notices.
            if (Random.Below(2) > 0)
                await Never();
            await Delay(Span.Millisecond, 3 * Span.Second);
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "the connection was lost");
        }

        await TravelAsync(request.Ticker);
        if (Fault(request) is { } fault)
            broker.Faults.Next(request.Endpoint, fault);
        Distort(request);
        var answer = await books.As(Owner.Robot, request.Intent, () => _venue.SendAsync(request.ToMessage(), CancellationToken.None));
        say("venue", $"answers {(int)answer.StatusCode} to {request.Method} {request.Address.PathAndQuery}");
        if (adversary.Strikes(FaultKind.LostAnswer))
        {
            if (Random.Below(2) > 0)
                await Never();
            await Delay(Span.Millisecond, 3 * Span.Second);
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "the connection was lost before the answer");
        }

        if (adversary.Strikes(FaultKind.DelayedAnswer))
            await Delay(200 * Span.Millisecond, 14 * Span.Second);
        else
            await Delay(2 * Span.Millisecond, 120 * Span.Millisecond);
        return hidesOrigin && request.Method == HttpMethod.Get && answer.StatusCode == HttpStatusCode.OK ? await HideOriginAsync(answer) : answer;
    }

    /// <inheritdoc/>
    public void Dispose() => _venue.Dispose();

    private static Task Never() => new TaskCompletionSource().Task;

    // The venue leaves out fields that it has nothing to say in: the origin of an order too.
    private static async Task<HttpResponseMessage> HideOriginAsync(HttpResponseMessage answer)
    {
        byte[] body;
        try
        {
            body = await answer.Content.ReadAsByteArrayAsync();
        }
        catch (IOException)
        {
            return answer;
        }
        catch (HttpRequestException)
        {
            return answer;
        }

        var text = Encoding.UTF8.GetString(body).Replace("\"initiatedFrom\":\"API\",", "", StringComparison.Ordinal);
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = answer.Content.Headers.ContentType;
        answer.Content = content;
        return answer;
    }

    private async Task TravelAsync(string? ticker)
    {
        if (!adversary.Strikes(FaultKind.DelayedRequest))
        {
            await Delay(2 * Span.Millisecond, 120 * Span.Millisecond);
            return;
        }

        var wait = Random.Below(8) switch
        {
            < 4 => Random.Between(200 * Span.Millisecond, 9 * Span.Second),
            < 7 => Random.Between(9 * Span.Second, 30 * Span.Second),
            _ => Random.Between(30 * Span.Second, 5 * Span.Minute),
        };
        var travelling = new Travelling(ticker);
        _onTheWay.Add(travelling);
        travelling.ArriveIn(TimeSpan.FromTicks(wait), clock);
        await travelling.Arrival;
        _onTheWay.Remove(travelling);
    }

    private PaperFault? Fault(NetworkRequest request)
    {
        if (adversary.Strikes(FaultKind.Status408))
            return PaperFault.StatusBefore(408);
        if (adversary.Strikes(FaultKind.Status500Before))
            return PaperFault.StatusBefore(500);
        if (adversary.Strikes(FaultKind.Status502))
            return PaperFault.StatusBefore(502);
        if (adversary.Strikes(FaultKind.Status503))
            return PaperFault.StatusBefore(503);
        if (adversary.Strikes(FaultKind.Status429))
        {
            // Mostly a passing one; at times the whole quota is gone, by its headers for a minute.
            return Random.Below(4) > 0 ? PaperFault.StatusBefore(429) : PaperFault.TooManyRequests;
        }

        if (request.IsOrder && adversary.Strikes(FaultKind.RefusedOrder))
            return PaperFault.StatusBefore(400);
        if (request is { IsOrder: true, Quantity: < 0 } && adversary.Strikes(FaultKind.NotSettledYet))
            return PaperFault.NotOwned;
        if (adversary.Strikes(FaultKind.Status500After))
            return PaperFault.StatusAfter(500);
        if (adversary.Strikes(FaultKind.MalformedBody))
            return PaperFault.MalformedBody;
        return adversary.Strikes(FaultKind.CutBody) ? PaperFault.CutBody : null;
    }

    // What the venue does with what arrives, and what its reads show from now on.
    private void Distort(NetworkRequest request)
    {
        if (request.Endpoint == PaperEndpoint.Positions && adversary.Strikes(FaultKind.StalePositions))
            broker.Faults.FreezePositions(Ticks(Span.Second, Random.Below(4) == 0 ? 4 * Span.Minute : 15 * Span.Second));
        if (!request.IsOrder)
            return;
        if (adversary.Strikes(FaultKind.LaggingHistory))
            broker.Faults.LagHistory(Ticks(0, 20 * Span.Second), TimeSpan.FromMinutes(1));
        if (adversary.Strikes(FaultKind.LaggingPending))
            broker.Faults.FreezePendingOrders(Ticks(Span.Millisecond, 12 * Span.Second));
        if (broker.Faults.Waiting > 0)
            return;
        if (adversary.Strikes(FaultKind.LateFill))
            broker.Faults.NextOrder(PaperFate.Delayed(Ticks(Span.Second, Random.Below(4) > 0 ? 40 * Span.Second : 3 * Span.Minute)));
        else if (adversary.Strikes(FaultKind.RefusedFill))
            broker.Faults.NextOrder(Random.Below(2) == 0 ? PaperFate.Rejected : PaperFate.Cancelled);
        else if (adversary.Strikes(FaultKind.PartialFill))
            broker.Faults.NextOrder(Random.Below(2) == 0 ? PaperFate.PartialThenCancelled(Random.Between(10, 90) / 100m) : PaperFate.InTwoPieces(Random.Between(10, 90) / 100m));
    }

    private TimeSpan Ticks(long least, long most) => TimeSpan.FromTicks(Random.Between(least, most));

    private Task Delay(long least, long most) => InlineWaits.Delay(clock, Ticks(least, most), CancellationToken.None);

    /// <summary>A request that is late.</summary>
    private sealed class Travelling(string? ticker)
    {
        private readonly TaskCompletionSource _arrival = new();
        private ITimer? _timer;

        public string? Ticker { get; } = ticker;

        public Task Arrival => _arrival.Task;

        public void ArriveIn(TimeSpan wait, VirtualTimeProvider clock)
        {
            _timer?.Dispose();
            _timer = clock.CreateTimer(_ => _arrival.TrySetResult(), null, wait, Timeout.InfiniteTimeSpan);
        }
    }
}

/// <summary>A request whose body has been handed over.</summary>
internal sealed record NetworkRequest(HttpMethod Method, Uri Address, AuthenticationHeaderValue? Authorization, byte[]? Body, PaperEndpoint Endpoint, string? Ticker, decimal Quantity, string? Intent)
{
    /// <summary>Whether it asks for an order.</summary>
    public bool IsOrder => Endpoint == PaperEndpoint.PlaceMarketOrder;

    /// <summary>The message as it arrives.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Address) { Content = Body is null ? null : new ByteArrayContent(Body) };
        message.Headers.Authorization = Authorization;
        return message;
    }
}
