using System.Net;
using System.Net.Http.Headers;

namespace MicroTrader.Trading212;

/// <summary>
/// The body of a write. It is handed to the transport once at most, and it knows whether that happened: the line between "certainly no order" and "perhaps an order".
/// </summary>
/// <remarks>
/// .NET's handler repeats a request whose pooled connection broke, as long as it has not begun to send a body; a request without a body is repeated even when its head was
/// sent (HttpConnection.SendAsync, RequestRetryType.RetryOnConnectionFailure), and HTTP/2 and a redirect may ask for the body a second time (dotnet/runtime#53914). So every
/// write carries this content, a DELETE with no bytes in it: asking for it a second time is refused, whatever mechanism asks.
/// </remarks>
internal sealed class OneShotContent : HttpContent
{
    private const int Idle = 0;
    private const int HandedOver = 1;
    private const int Sealed = 2;
    private const int HeldBack = 3;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly TimeProvider _time;
    private readonly Action? _onHandedOver;
    private object? _handedOverTimestamp;
    private int _state = Idle;

    internal OneShotContent(ReadOnlyMemory<byte> body, TimeProvider time, Action? onHandedOver)
    {
        _body = body;
        _time = time;
        _onHandedOver = onHandedOver;
        if (!body.IsEmpty)
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>When the body was handed over, or null when it was not.</summary>
    internal long? HandedOverTimestamp => Volatile.Read(ref _state) == HandedOver ? (long?)Volatile.Read(ref _handedOverTimestamp) : null;

    /// <summary>True when the caller's callback threw, so that the body was held back.</summary>
    internal bool WasHeldBack => Volatile.Read(ref _state) == HeldBack;

    /// <summary>
    /// Closes the body for ever and says whether that came in time: true means that no byte of it was handed over and none ever will be, even by a thread that is still running.
    /// </summary>
    internal bool TrySeal() => Interlocked.CompareExchange(ref _state, Sealed, Idle) is Idle or Sealed or HeldBack;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long now = _time.GetTimestamp();
        if (Interlocked.CompareExchange(ref _state, HandedOver, Idle) != Idle)
            throw new InvalidOperationException("The body of a write is handed over once at most.");
        Volatile.Write(ref _handedOverTimestamp, now);
        try
        {
            _onHandedOver?.Invoke();
        }
        catch
        {
            // Nothing was written yet, and nothing will be: the exception ends the request.
            Volatile.Write(ref _state, HeldBack);
            throw;
        }

        if (!_body.IsEmpty)
            await stream.WriteAsync(_body, cancellationToken);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
