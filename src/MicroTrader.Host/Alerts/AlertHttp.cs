using System.Net;

namespace MicroTrader.Host.Alerts;

/// <summary>HTTP as all alerts use it.</summary>
internal static class AlertHttp
{
    /// <summary>How long a call may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes a client. No redirect: it would hand a message, or an address that is a secret, to whoever is named. No factory: what that logs are addresses.
    /// </summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>What an answer that is no success means.</summary>
    public static Exception Failure(HttpResponseMessage response)
    {
        var status = response.StatusCode;
        var words = $"answered {(int)status}";
        if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500)
            return new AlertFailedException(words, response.Headers.RetryAfter?.Delta);
        return new AlertRefusedException(words);
    }

    /// <summary>Sends, and throws what <see cref="IAlertChannel.SendAsync"/> may.</summary>
    public static async Task SendAsync(HttpClient client, HttpRequestMessage request, SecretRedactor redactor, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Patience);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (!response.IsSuccessStatusCode)
                throw Failure(response);
        }
        catch (HttpRequestException e)
        {
            throw new AlertFailedException(redactor.Clean(e.Message));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new AlertFailedException($"no answer within {Patience.TotalSeconds} s");
        }
    }
}
