namespace MicroTrader.Trading212;

/// <summary>
/// Tells the observer, and keeps its exceptions away from the result: an order that was placed must be reported as placed, whatever a metric does. The last exception stays visible.
/// </summary>
internal sealed class ExchangeReporter
{
    private readonly IHttpExchangeObserver? _observer;
    private Exception? _lastFailure;

    internal ExchangeReporter(IHttpExchangeObserver? observer) => _observer = observer;

    internal Exception? LastFailure => Volatile.Read(ref _lastFailure);

    internal void Report(HttpExchange exchange)
    {
        try
        {
            _observer?.OnExchange(exchange);
        }
        catch (Exception failure)
        {
            Volatile.Write(ref _lastFailure, failure);
        }
    }
}
