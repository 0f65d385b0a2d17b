using System.Text;

using Polly.Timeout;

namespace MicroTrader.Trading212;

/// <summary>Says in one line what an exception of the transport means.</summary>
internal static class Failures
{
    /// <summary>The exception's types and messages, outermost first, on one line.</summary>
    internal static string Describe(Exception exception)
    {
        StringBuilder text = new();
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (text.Length > 0)
                text.Append(" <- ");
            text.Append(e.GetType().Name).Append(": ").Append(e.Message.ReplaceLineEndings(" "));
        }

        return text.ToString();
    }

    /// <summary>True when time ran out: Polly's, or the handler's own while connecting.</summary>
    internal static bool IsTimeout(Exception exception) => exception is TimeoutRejectedException or OperationCanceledException { InnerException: TimeoutException };

    /// <summary>Why a write did not leave.</summary>
    internal static NotExecutedReason ReasonOf(Exception exception, CancellationToken caller) => exception switch
    {
        _ when IsTimeout(exception) => NotExecutedReason.TimedOut,
        OperationCanceledException when caller.IsCancellationRequested => NotExecutedReason.Cancelled,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => NotExecutedReason.NameResolutionFailed,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => NotExecutedReason.TlsFailed,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => NotExecutedReason.ConnectionFailed,
        _ => NotExecutedReason.Failed,
    };

    /// <summary>How a request ended, for the observer.</summary>
    internal static HttpExchangeOutcome OutcomeOf(Exception? failure, ResponseInfo? info, CancellationToken caller) => failure switch
    {
        null => HttpExchangeOutcome.Answered,
        _ when IsTimeout(failure) => HttpExchangeOutcome.TimedOut,
        OperationCanceledException when caller.IsCancellationRequested => HttpExchangeOutcome.Cancelled,
        _ => info is null ? HttpExchangeOutcome.ConnectionFailed : HttpExchangeOutcome.Truncated,
    };
}
