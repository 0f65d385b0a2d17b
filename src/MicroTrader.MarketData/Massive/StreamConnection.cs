using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MicroTrader.Domain.Calendar;

namespace MicroTrader.MarketData;

/// <summary>Why a connection ended.</summary>
/// <param name="Reason">In words, with no key in it.</param>
/// <param name="IsBusy">The server asked for patience.</param>
internal readonly record struct StreamLoss(string Reason, bool IsBusy = false);

/// <summary>One connection of the stream: connects, shows the key, subscribes, and reads until it is lost. Used once.</summary>
internal sealed class StreamConnection : IDisposable
{
    private const int FirstBufferBytes = 64 * 1024;

    private readonly MassiveSocketOptions _options;
    private readonly TimeProvider _time;
    private readonly ITradingCalendar _calendar;
    private readonly StreamSession _session;
    private readonly KeyRedactor _redactor;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _silent = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private long _lastMessage;
    private volatile string? _unconfirmed;

    public StreamConnection(MassiveSocketOptions options, TimeProvider time, ITradingCalendar calendar, StreamSession session, KeyRedactor redactor)
    {
        _options = options;
        _time = time;
        _calendar = calendar;
        _session = session;
        _redactor = redactor;
        _socket.Options.KeepAliveInterval = options.KeepAliveInterval;
        _socket.Options.KeepAliveTimeout = options.KeepAliveTimeout;
        _socket.Options.CollectHttpResponseDetails = true;
        if (options.Url.IsLoopback)
            _socket.Options.Proxy = null;
    }

    /// <summary>Runs the connection to its end.</summary>
    /// <param name="up">Called when everything is subscribed to.</param>
    /// <param name="stop">The reader goes away.</param>
    /// <returns>Why it ended.</returns>
    /// <exception cref="FeedRefusedException">The server refuses us for good.</exception>
    /// <exception cref="OperationCanceledException">The reader went away.</exception>
    public async Task<StreamLoss> RunAsync(Action up, CancellationToken stop)
    {
        try
        {
            await HandshakeAsync(stop).ConfigureAwait(false);
            await SubscribeAsync(stop).ConfigureAwait(false);
            up();
            return await ReadOnAsync(stop).ConfigureAwait(false);
        }
        catch (StreamLostException e)
        {
            return new StreamLoss(_redactor.Clean(e.Message), e.IsBusy);
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or InvalidOperationException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return Explain(e);
        }
        catch (Exception e) when (e is not FeedRefusedException && stop.IsCancellationRequested)
        {
            // An aborted socket throws all sorts of things.
            throw new OperationCanceledException("the feed was stopped", e, stop);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _silent.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async Task HandshakeAsync(CancellationToken stop)
    {
        _session.Begin();
        await Within("connecting", token => _socket.ConnectAsync(_options.Url, token), stop).ConfigureAwait(false);
        await Within("the greeting", token => ReadUntilAsync(() => _session.IsGreeted, token), stop).ConfigureAwait(false);
        await SendAsync("auth", _options.ApiKey, stop).ConfigureAwait(false);
        await Within("the answer to the key", token => ReadUntilAsync(() => _session.IsAuthenticated, token), stop).ConfigureAwait(false);
    }

    // One channel a message at least, so that what is not in the plan takes nothing else with it.
    private async Task SubscribeAsync(CancellationToken stop)
    {
        foreach (var (channel, prefix) in StreamSession.Prefixes)
        {
            if ((_options.Channels & channel) == 0)
                continue;
            foreach (var chunk in _options.Symbols.Chunk(_options.SubscriptionsPerMessage))
            {
                string[] names = [.. chunk.Select(s => prefix + s.Value)];
                _session.Asked(channel, names);
                await Within("subscribing", token => SendAsync("subscribe", string.Join(',', names), token), stop).ConfigureAwait(false);
            }
        }
    }

    private async Task<StreamLoss> ReadOnAsync(CancellationToken stop)
    {
        _lastMessage = _time.GetTimestamp();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, _silent.Token);
        await using var watch = _options.Silence is { } silence
            ? _time.CreateTimer(_ => Watch(silence), null, silence / 4, silence / 4)
            : null;
        await using var confirmations = _time.CreateTimer(_ => Confirm(), null, _options.ConnectTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            while (await ReceiveAsync(both.Token).ConfigureAwait(false) is { } length)
            {
                Volatile.Write(ref _lastMessage, _time.GetTimestamp());
                _session.Take(_buffer.AsSpan(0, length));
            }
        }
        catch (Exception) when (_silent.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new StreamLoss(_unconfirmed ?? $"no message for {_options.Silence:c} while the market is open");
        }

        return Closed();
    }

    private void Confirm()
    {
        if (_session.Unconfirmed() is not { } why)
            return;
        _unconfirmed = why;
        _silent.Cancel();
    }

    private void Watch(TimeSpan silence)
    {
        // The silence of a closed market is none, and its first moments after the opening are still forgiven.
        if (_time.GetElapsedTime(Volatile.Read(ref _lastMessage)) < silence)
            return;
        var now = _time.GetUtcNow();
        if (MarketHours.IsOpen(_calendar.At(now), _options.ExtendedHours) && MarketHours.IsOpen(_calendar.At(now - silence), _options.ExtendedHours))
            _silent.Cancel();
    }

    private async Task ReadUntilAsync(Func<bool> isDone, CancellationToken token)
    {
        while (!isDone())
        {
            if (await ReceiveAsync(token).ConfigureAwait(false) is not { } length)
                throw new StreamLostException(Closed().Reason);
            _session.Take(_buffer.AsSpan(0, length));
        }
    }

    // The length of the next whole message in the buffer; null when the server closed.
    private async ValueTask<int?> ReceiveAsync(CancellationToken token)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
                Grow(length);
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), token).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (length > _options.MaxMessageBytes)
                throw new StreamLostException($"a message is longer than {_options.MaxMessageBytes} bytes");
            if (part.EndOfMessage)
                return length;
        }
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        _buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private async Task SendAsync(string action, string parameters, CancellationToken token)
    {
        var message = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(message))
        {
            writer.WriteStartObject();
            writer.WriteString("action", action);
            writer.WriteString("params", parameters);
            writer.WriteEndObject();
        }

        await _socket.SendAsync(message.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, token).ConfigureAwait(false);
    }

    private async Task Within(string what, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            await work(both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not FeedRefusedException and not StreamLostException && late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new StreamLostException($"{what} took longer than {_options.ConnectTimeout:c}", e);
        }
    }

    private StreamLoss Closed()
    {
        var why = _socket.CloseStatusDescription is { Length: > 0 } said ? $" ({said})" : "";
        return new StreamLoss(_redactor.Clean($"the server closed it: {_socket.CloseStatus}{why}"));
    }

    private StreamLoss Explain(Exception e)
    {
        switch (_socket.HttpStatusCode)
        {
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when _socket.State != WebSocketState.Open && !_session.IsGreeted:
                throw new FeedRefusedException($"POLYGON_API_KEY: {_options.Url.Host} refuses the stream ({(int)_socket.HttpStatusCode}); the key of an account whose plan has it is needed", e);
            case HttpStatusCode.TooManyRequests:
                return new StreamLoss("the server asks for patience (429)", IsBusy: true);
            case >= HttpStatusCode.BadRequest:
                return new StreamLoss($"the server answers {(int)_socket.HttpStatusCode}");
            default:
                var text = new StringBuilder(e.Message);
                for (var inner = e.InnerException; inner is not null; inner = inner.InnerException)
                    text.Append(": ").Append(inner.Message);
                return new StreamLoss(_redactor.Clean(text.ToString()));
        }
    }
}

/// <summary>The connection cannot be gone on with; another is made.</summary>
internal sealed class StreamLostException(string message, Exception? cause = null, bool isBusy = false) : Exception(message, cause)
{
    public bool IsBusy { get; } = isBusy;
}
