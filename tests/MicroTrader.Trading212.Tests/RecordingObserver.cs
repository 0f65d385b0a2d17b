using System.Collections.Concurrent;

namespace MicroTrader.Trading212.Tests;

internal sealed class RecordingObserver : IHttpExchangeObserver
{
    public ConcurrentQueue<HttpExchange> Exchanges { get; } = new();

    public void OnExchange(HttpExchange exchange) => Exchanges.Enqueue(exchange);
}
