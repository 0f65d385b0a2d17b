using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MicroTrader.Trading212.Tests;

/// <summary>
/// A server of bare sockets on 127.0.0.1. It records every request that reaches it whole, counts every connection on which a first byte arrived, and answers byte for byte
/// what the test says, which no real HTTP server would let it do.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<RawConnection, Task> _onConnection;
    private readonly Task _accepting;
    private int _accepted;

    private RawServer(Func<RawConnection, Task> onConnection)
    {
        _onConnection = onConnection;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ConcurrentQueue<RawRequest> Requests { get; } = new();

    public int Connections => Volatile.Read(ref _accepted);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri BaseAddress => new($"http://127.0.0.1:{Port}/api/v0");

    /// <summary>What a connection threw that no lost connection explains: the test's own mistakes.</summary>
    public ConcurrentQueue<Exception> Mistakes { get; } = new();

    public int CountOf(string method) => Requests.Count(request => request.Method == method);

    /// <summary>A server whose connections do as they are told.</summary>
    public static RawServer OfConnections(Func<RawConnection, Task> onConnection) => new(onConnection);

    /// <summary>A server that keeps connections open and hands each whole request to the test.</summary>
    public static RawServer Of(Func<RawRequest, RawConnection, Task> onRequest) => new(async connection =>
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            await onRequest(request, connection);
            if (connection.IsClosed)
                return;
        }
    });

    /// <summary>A server that answers every request with the same status and body.</summary>
    public static RawServer Answering(int status, string body, params string[] headers) => Of((_, connection) => connection.AnswerAsync(status, body, headers));

    public Trading212Options Options(Func<Trading212Options, Trading212Options>? change = null)
    {
        Trading212Options options = new() { BaseAddress = BaseAddress, ApiKey = TestKeys.Key, ApiSecret = TestKeys.Secret, ReadRetryDelay = TimeSpan.FromMilliseconds(1) };
        return change is null ? options : change(options);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
        Assert.Empty(Mistakes);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref _accepted);
            _connections.Add(ServeAsync(socket));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        using RawConnection connection = new(socket, Requests, _stop.Token);
        try
        {
            await _onConnection(connection);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the test is over: both are what such tests are about.
        }
        catch (Exception e)
        {
            Mistakes.Enqueue(e);
        }
    }
}
