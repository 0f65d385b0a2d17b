using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MicroTrader.Trading212;

/// <content>The writes. Each is sent once at most; cancelling after the hand-over is Unknown and no exception.</content>
public sealed partial class Trading212Client
{
    /// <summary>POST /equity/orders/market. Limit: 50 requests per 60 s.</summary>
    /// <param name="request">The order.</param>
    /// <param name="onHandedOver">
    /// Called at the moment at which the body goes to the transport, before its first byte, at most once; it should be quick. If it throws, the body is held back and the result
    /// is NotExecuted.
    /// </param>
    /// <param name="cancellationToken">Before the hand-over: the order is not sent. After it: stops waiting, and the result is Unknown.</param>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<PlaceOrderResult> PlaceMarketOrderAsync(MarketOrderRequest request, Action? onHandedOver = null, CancellationToken cancellationToken = default) =>
        PlaceAsync("PlaceMarketOrder", "/equity/orders/market", request, Trading212JsonContext.Default.MarketOrderRequest, onHandedOver, cancellationToken);

    /// <summary>POST /equity/orders/limit. Limit: 1 request per 2 s.</summary>
    /// <param name="request">The order.</param>
    /// <param name="onHandedOver">As for a market order.</param>
    /// <param name="cancellationToken">As for a market order.</param>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<PlaceOrderResult> PlaceLimitOrderAsync(LimitOrderRequest request, Action? onHandedOver = null, CancellationToken cancellationToken = default) =>
        PlaceAsync("PlaceLimitOrder", "/equity/orders/limit", request, Trading212JsonContext.Default.LimitOrderRequest, onHandedOver, cancellationToken);

    /// <summary>POST /equity/orders/stop. Limit: 1 request per 2 s.</summary>
    /// <param name="request">The order.</param>
    /// <param name="onHandedOver">As for a market order.</param>
    /// <param name="cancellationToken">As for a market order.</param>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<PlaceOrderResult> PlaceStopOrderAsync(StopOrderRequest request, Action? onHandedOver = null, CancellationToken cancellationToken = default) =>
        PlaceAsync("PlaceStopOrder", "/equity/orders/stop", request, Trading212JsonContext.Default.StopOrderRequest, onHandedOver, cancellationToken);

    /// <summary>POST /equity/orders/stop_limit. Limit: 1 request per 2 s.</summary>
    /// <param name="request">The order.</param>
    /// <param name="onHandedOver">As for a market order.</param>
    /// <param name="cancellationToken">As for a market order.</param>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public Task<PlaceOrderResult> PlaceStopLimitOrderAsync(StopLimitOrderRequest request, Action? onHandedOver = null, CancellationToken cancellationToken = default) =>
        PlaceAsync("PlaceStopLimitOrder", "/equity/orders/stop_limit", request, Trading212JsonContext.Default.StopLimitOrderRequest, onHandedOver, cancellationToken);

    /// <summary>
    /// DELETE /equity/orders/{id}: asks for a cancellation, which is not guaranteed. The venue answers 200 with an empty body. Limit: 50 requests per 60 s.
    /// </summary>
    /// <param name="orderId">The venue's id of the order.</param>
    /// <param name="cancellationToken">Before the hand-over: nothing is sent. After it: stops waiting, and the result is Unknown.</param>
    /// <exception cref="ObjectDisposedException">The client is disposed of.</exception>
    public async Task<CancelOrderResult> CancelOrderAsync(long orderId, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        WriteAnswer answer = await _writes.SendAsync("CancelOrder", HttpMethod.Delete, OrderPath(orderId), ReadOnlyMemory<byte>.Empty, null, cancellationToken);
        switch (answer)
        {
            case WriteAnswer.NeverLeft left:
                return new CancelOrderResult.NotExecuted(left.Reason, left.Detail);
            case WriteAnswer.Answered answered:
                ResponseInfo info = answered.Info;
                // The body of a 2xx is empty by the venue's habit, so that its loss does not matter.
                return WriteStatuses.Of(info.StatusCode) switch
                {
                    WriteStatus.Accepted => new CancelOrderResult.Accepted(info),
                    WriteStatus.RateLimited => new CancelOrderResult.NotExecuted(NotExecutedReason.RateLimited, Said(answered), info),
                    WriteStatus.Refused when info.StatusCode == 404 => new CancelOrderResult.NotFound(_answers.ReadProblem(404, answered.Body), info),
                    WriteStatus.Refused => new CancelOrderResult.Rejected(_answers.ReadProblem(info.StatusCode, answered.Body), info),
                    _ => new CancelOrderResult.Unknown(Said(answered), info.StatusCode, info),
                };
            case WriteAnswer.Lost lost:
                return new CancelOrderResult.Unknown(lost.Detail);
            default:
                throw new InvalidOperationException($"No result for {answer.GetType().Name}.");
        }
    }

    private async Task<PlaceOrderResult> PlaceAsync<T>(
        string operation, string path, T request, JsonTypeInfo<T> type, Action? onHandedOver, CancellationToken cancellationToken)
        where T : OrderRequest
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_disposed, this);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, type);
        WriteAnswer answer = await _writes.SendAsync(operation, HttpMethod.Post, path, body, onHandedOver, cancellationToken);
        switch (answer)
        {
            case WriteAnswer.NeverLeft left:
                return new PlaceOrderResult.NotExecuted(left.Reason, left.Detail);
            case WriteAnswer.Answered answered:
                ResponseInfo info = answered.Info;
                return WriteStatuses.Of(info.StatusCode) switch
                {
                    WriteStatus.Accepted => ReadPlaced(request, answered),
                    WriteStatus.RateLimited => new PlaceOrderResult.NotExecuted(NotExecutedReason.RateLimited, Said(answered), info),
                    WriteStatus.Refused => new PlaceOrderResult.Rejected(_answers.ReadProblem(info.StatusCode, answered.Body), info),
                    _ => new PlaceOrderResult.Unknown(Said(answered), info.StatusCode, info),
                };
            case WriteAnswer.Lost lost:
                return new PlaceOrderResult.Unknown(lost.Detail);
            default:
                throw new InvalidOperationException($"No result for {answer.GetType().Name}.");
        }
    }

    private PlaceOrderResult ReadPlaced(OrderRequest request, WriteAnswer.Answered answered)
    {
        ResponseInfo info = answered.Info;
        if (answered.Body is not { } body)
            return new PlaceOrderResult.Unknown($"{info.StatusCode}, but the answer did not arrive whole: {answered.BodyFailure}", info.StatusCode, info);
        (Order? order, string? flaw) = _answers.ReadValue(body, Trading212JsonContext.Default.Order, order => FlawOfPlaced(order, request));
        return order is not null ? new PlaceOrderResult.Placed(order, info) : new PlaceOrderResult.Unknown($"{info.StatusCode}, but {flaw}", info.StatusCode, info);
    }

    /// <summary>An answer without an id, or about another order than was asked for, makes no sense: it proves neither that there is an order nor that there is none.</summary>
    private static string? FlawOfPlaced(Order order, OrderRequest request)
    {
        if (order.Id is not > 0)
            return "the order has no id";
        if (order.ResolvedTicker is { } ticker && ticker != request.Ticker)
            return $"order {order.Id} is for {ticker} instead of {request.Ticker}";
        if (order.Side is OrderSide.Buy or OrderSide.Sell && order.Side != request.Side)
            return $"order {order.Id} is a {order.Side} instead of a {request.Side}";
        return null;
    }

    private string Said(WriteAnswer.Answered answered)
    {
        Problem problem = _answers.ReadProblem(answered.Info.StatusCode, answered.Body);
        string text = problem.Detail.Length > 0 ? $"{problem.Title}: {problem.Detail}" : problem.Title;
        return answered.BodyFailure is null ? text : $"{text} ({answered.BodyFailure})";
    }
}
