using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using MicroTrader.Simulators.Massive.Wire;

namespace MicroTrader.Simulators.Massive.Streams;

/// <summary>One connection of the stream: reads the client's actions, and sends what waits for it, several events to a message.</summary>
internal sealed class StreamConnection : IDisposable
{
    private const int MaxActionBytes = 64 * 1024;
    private const int MaxEventsPerMessage = 500;

    // How long a client may take to answer our close.
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly StreamHub _hub;
    private readonly FakeMassiveOptions _options;
    private readonly WebSocket _socket;
    private readonly FaultySender _sender;
    private readonly Action _abort;
    private readonly Channel<StreamEvent> _queue;
    private readonly CancellationTokenSource _ending;
    private readonly Lock _counts = new();
    private readonly SortedDictionary<string, long> _eventsSent = new(StringComparer.Ordinal);
    private long _messagesSent;
    private volatile bool _wasTooSlow;
    private volatile bool _saysNothingMore;

    public StreamConnection(int id, StreamHub hub, FakeMassiveOptions options, Stream bytes, Action abort, CancellationToken stopping)
    {
        Id = id;
        _hub = hub;
        _options = options;
        _abort = abort;
        var stream = new MutableStream(bytes);
        _socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        _sender = new FaultySender(_socket, stream, options.FaultSeed + id);
        _queue = Channel.CreateBounded<StreamEvent>(new BoundedChannelOptions(options.MaxQueuedEvents) { SingleReader = true });
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Subscriptions = new Subscriptions(options);
    }

    public int Id { get; }

    /// <summary>Held under the hub's lock.</summary>
    public Subscriptions Subscriptions { get; }

    /// <summary>Held under the hub's lock.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>Lets something go out. A connection whose queue is full is cut.</summary>
    public void Post(StreamEvent happened)
    {
        if (!_saysNothingMore && !_queue.Writer.TryWrite(happened))
        {
            _saysNothingMore = true;
            _wasTooSlow = true;
            _abort();
        }
    }

    /// <summary>What has become of it. Called under the hub's lock.</summary>
    public FakeConnection Describe(bool isOpen)
    {
        lock (_counts)
        {
            return new FakeConnection(Id, isOpen, IsAuthenticated, Subscriptions.Names, _messagesSent, new SortedDictionary<string, long>(_eventsSent, StringComparer.Ordinal), _wasTooSlow);
        }
    }

    /// <summary>Serves the connection until one side ends it.</summary>
    public async Task RunAsync()
    {
        Post(WireStatus.Connected);
        var sending = SendAllAsync(_ending.Token);
        var deadline = RefuseLateAsync(_ending.Token);
        try
        {
            await ReceiveAllAsync(_ending.Token);
        }
        finally
        {
            await _ending.CancelAsync();
            await sending;
            await deadline;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _ending.Dispose();
    }

    // What the other side, or our own abort, does to a connection at any moment: it is over, and that is all.
    private static bool IsLoss(Exception exception) => exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException;

    private async Task RefuseLateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(_options.AuthenticationTimeout, _options.TimeProvider, cancellationToken);
            _hub.RefuseUnauthenticated(this);
        }
        catch (OperationCanceledException)
        {
            // The connection is over before its time was up.
        }
    }

    private async Task ReceiveAllAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxActionBytes];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    // Where we closed first this is the answer; else it is ours to answer.
                    if (_socket.State == WebSocketState.CloseReceived)
                    {
                        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                    }

                    return;
                }

                length += part.Count;
                if (!part.EndOfMessage)
                {
                    if (length == buffer.Length)
                    {
                        Post(new CloseStream(WebSocketCloseStatus.MessageTooBig, "the message is too long"));
                        length = 0;
                    }

                    continue;
                }

                Handle(buffer.AsSpan(0, length));
                length = 0;
            }
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            // Over: RunAsync lets go of the rest.
        }
    }

    private void Handle(ReadOnlySpan<byte> message)
    {
        WireAction? action;
        try
        {
            action = JsonSerializer.Deserialize(message, MassiveJson.Default.WireAction);
        }
        catch (JsonException)
        {
            action = null;
        }

        switch (action)
        {
            case { Action: "auth", Parameters: { } key }:
                _hub.Authenticate(this, key);
                break;
            case { Action: "subscribe", Parameters: { } parameters }:
                _hub.Subscribe(this, parameters);
                break;
            case { Action: "unsubscribe", Parameters: { } parameters }:
                _hub.Unsubscribe(this, parameters);
                break;
            default:
                Post(new WireStatus("error", "the action is not known"));
                break;
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var batch = new List<StreamEvent>();
            while (await _queue.Reader.WaitToReadAsync(cancellationToken))
            {
                if (_options.FlushInterval > TimeSpan.Zero)
                {
                    await Task.Delay(_options.FlushInterval, _options.TimeProvider, cancellationToken);
                }

                while (_queue.Reader.TryPeek(out var next))
                {
                    batch.Clear();
                    batch.Add(Take(next));

                    // Statuses and data never share a message, and a close stands alone.
                    while (batch.Count < MaxEventsPerMessage && _queue.Reader.TryPeek(out var following) && IsSameSort(next, following))
                    {
                        batch.Add(Take(following));
                    }

                    if (!await SendAsync(batch, cancellationToken))
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            // Over: the reader sees it too.
        }
        catch
        {
            // A mistake of ours: the connection ends, and RunAsync tells.
            _abort();
            throw;
        }
        finally
        {
            _saysNothingMore = true;
        }
    }

    private static bool IsSameSort(StreamEvent first, StreamEvent second) => first switch
    {
        CloseStream => false,
        MarketEvent => second is MarketEvent,
        _ => second is WireStatus,
    };

    private StreamEvent Take(StreamEvent peeked) => _queue.Reader.TryRead(out var taken) ? taken : peeked;

    private async Task<bool> SendAsync(List<StreamEvent> batch, CancellationToken cancellationToken)
    {
        if (batch[0] is CloseStream close)
        {
            await _socket.CloseOutputAsync(close.Status, close.Reason, cancellationToken);
            _ending.CancelAfter(ClosePatience);
            return false;
        }

        if (batch[0] is not MarketEvent)
        {
            await _sender.SendAsync(StreamMessage.Bytes(batch), cancellationToken);
            return true;
        }

        if (_hub.TakeMessageFault(batch) is not { } fault)
        {
            await _sender.SendAsync(StreamMessage.Bytes(batch), cancellationToken);
            Count(batch);
            return true;
        }

        var spoilt = StreamMessage.Spoilt(batch, fault);
        if (await _sender.SendAsync(StreamMessage.Bytes(spoilt), fault.Kind, cancellationToken))
        {
            Count(spoilt);
            return true;
        }

        // Closed, cut or silent: nothing more of ours. The reader sees what the client does; a close that it does not answer ends with our patience.
        switch (fault.Kind)
        {
            case FakeMassiveFaultKind.DropCleanly:
                _ending.CancelAfter(ClosePatience);
                break;
            case FakeMassiveFaultKind.DropInMessage:
                await _ending.CancelAsync();
                break;
        }

        return false;
    }

    private void Count(IReadOnlyList<StreamEvent> events)
    {
        lock (_counts)
        {
            _messagesSent++;
            foreach (var happened in events)
            {
                _eventsSent[happened.Ev] = _eventsSent.GetValueOrDefault(happened.Ev) + 1;
            }
        }
    }
}
