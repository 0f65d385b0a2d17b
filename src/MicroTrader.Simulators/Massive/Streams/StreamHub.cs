using System.Net.WebSockets;
using MicroTrader.Simulators.Massive.Market;
using MicroTrader.Simulators.Massive.Wire;

namespace MicroTrader.Simulators.Massive.Streams;

/// <summary>The market and the connections that hear of it, under one lock: what a connection has subscribed to before a trade, it hears of it.</summary>
internal sealed class StreamHub
{
    private const int MostRemembered = 1000;

    private readonly Lock _lock = new();
    private readonly FakeMassiveOptions _options;
    private readonly FakeMassiveFaults _faults;
    private readonly PlaceCounters _counters;
    private readonly MarketBoard _board;
    private readonly List<StreamConnection> _open = [];
    private readonly List<FakeConnection> _over = [];
    private int _lastId;

    public StreamHub(FakeMassiveOptions options, FakeMassiveFaults faults, PlaceCounters counters)
    {
        _options = options;
        _faults = faults;
        _counters = counters;
        _board = new MarketBoard(options);
    }

    /// <summary>Serves a connection until it is over.</summary>
    public async Task ServeAsync(Stream bytes, Action abort, CancellationToken stopping)
    {
        StreamConnection connection;
        lock (_lock)
        {
            connection = new StreamConnection(++_lastId, this, _options, bytes, abort, stopping);
            _open.Add(connection);
        }

        try
        {
            await connection.RunAsync();
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(connection);
                _over.Add(connection.Describe(isOpen: false));
                if (_over.Count > MostRemembered)
                {
                    _over.RemoveAt(0);
                }
            }

            connection.Dispose();
        }
    }

    public void Publish(FakeTrade trade)
    {
        lock (_lock)
        {
            Deliver(_board.Apply(trade));
        }
    }

    public void Publish(FakeQuote quote)
    {
        lock (_lock)
        {
            Deliver([_board.Apply(quote)]);
        }
    }

    /// <summary>Sends the seconds and minutes that are over.</summary>
    public void Pass()
    {
        lock (_lock)
        {
            Deliver(_board.Pass());
        }
    }

    /// <summary>Does something with the market, alone.</summary>
    public T With<T>(Func<MarketBoard, T> action)
    {
        lock (_lock)
        {
            return action(_board);
        }
    }

    /// <summary>The connections, those that are over first, each in the order of arrival.</summary>
    public IReadOnlyList<FakeConnection> Describe()
    {
        lock (_lock)
        {
            return [.. _over.Concat(_open.Select(static c => c.Describe(isOpen: true))).OrderBy(static c => c.Id)];
        }
    }

    public void Authenticate(StreamConnection connection, string key)
    {
        _counters.Count(FakeMassivePlace.SocketAuthentication);
        var fault = _faults.Take(FakeMassivePlace.SocketAuthentication)?.Kind;
        lock (_lock)
        {
            switch (fault)
            {
                case FakeMassiveFaultKind.LostRequest:
                    return;
                case FakeMassiveFaultKind.AuthFailed:
                    Refuse(connection, WireStatus.AuthFailed);
                    return;
                case FakeMassiveFaultKind.MaxConnections:
                    Refuse(connection, WireStatus.MaxConnections);
                    return;
            }

            if (key != _options.ApiKey)
            {
                Refuse(connection, WireStatus.AuthFailed);
                return;
            }

            if (!connection.IsAuthenticated && _options.MaxConnections is { } most && _open.Count(static c => c.IsAuthenticated) >= most)
            {
                if (!_options.EvictsOlderConnection)
                {
                    Refuse(connection, WireStatus.MaxConnections);
                    return;
                }

                Refuse(_open.First(static c => c.IsAuthenticated), WireStatus.MaxConnections);
            }

            connection.IsAuthenticated = true;
            if (fault != FakeMassiveFaultKind.LostAnswer)
            {
                connection.Post(WireStatus.Authenticated);
            }
        }
    }

    public void RefuseUnauthenticated(StreamConnection connection)
    {
        lock (_lock)
        {
            if (!connection.IsAuthenticated)
            {
                Refuse(connection, WireStatus.AuthTimeout);
            }
        }
    }

    public void Subscribe(StreamConnection connection, string parameters)
    {
        _counters.Count(FakeMassivePlace.SocketSubscription);
        var fault = _faults.Take(FakeMassivePlace.SocketSubscription)?.Kind;
        if (fault == FakeMassiveFaultKind.LostRequest)
        {
            return;
        }

        lock (_lock)
        {
            var isRefused = fault == FakeMassiveFaultKind.NotAuthorized || !connection.IsAuthenticated;
            foreach (var answer in connection.Subscriptions.Add(parameters, isRefused))
            {
                if (fault != FakeMassiveFaultKind.LostAnswer)
                {
                    connection.Post(answer);
                }
            }
        }
    }

    public void Unsubscribe(StreamConnection connection, string parameters)
    {
        lock (_lock)
        {
            foreach (var answer in connection.Subscriptions.Remove(parameters))
            {
                connection.Post(answer);
            }
        }
    }

    /// <summary>What is to go wrong with a message with data.</summary>
    public FakeMassiveFault? TakeMessageFault(IReadOnlyList<StreamEvent> batch)
    {
        _counters.Count(FakeMassivePlace.SocketMessage);
        return _faults.Take(FakeMassivePlace.SocketMessage, symbol => batch.Any(e => e.Symbol == symbol));
    }

    private static void Refuse(StreamConnection connection, WireStatus status)
    {
        // It counts no more against the limit, and hears nothing more but this.
        connection.IsAuthenticated = false;
        connection.Post(status);
        connection.Post(new CloseStream(WebSocketCloseStatus.PolicyViolation, status.Status));
    }

    private void Deliver(IEnumerable<MarketEvent> events)
    {
        foreach (var happened in events)
        {
            foreach (var connection in _open)
            {
                if (connection.IsAuthenticated && connection.Subscriptions.Want(happened))
                {
                    connection.Post(happened);
                }
            }
        }
    }
}
