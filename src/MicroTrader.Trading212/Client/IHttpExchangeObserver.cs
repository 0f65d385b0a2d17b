namespace MicroTrader.Trading212;

/// <summary>Is told of every request. Called on the request's own thread of execution, before the result is handed out: it should be quick.</summary>
public interface IHttpExchangeObserver
{
    /// <summary>One request ended.</summary>
    /// <param name="exchange">What happened.</param>
    /// <remarks>
    /// An exception from here cannot change the result of an order: the client keeps it in <see cref="Trading212Client.LastObserverFailure"/> and goes on.
    /// </remarks>
    void OnExchange(HttpExchange exchange);
}
