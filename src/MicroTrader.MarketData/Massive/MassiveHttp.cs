using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace MicroTrader.MarketData;

/// <summary>
/// Asks Massive's REST API: reads only, one at a time. One long-lived client; each try has a time-out, and what is transient is tried again with back-off and
/// jitter. The key goes as a header, to the configured host alone: redirects are not followed.
/// </summary>
internal sealed class MassiveHttp : IDisposable
{
    private const int FirstBufferBytes = 64 * 1024;

    // A new connection every few minutes follows a change of the service's DNS.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // A wait that is asked for is kept, but not for ever: a wrong date must not end the prices for the day.
    private static readonly TimeSpan MostRetryAfter = TimeSpan.FromHours(1);

    private readonly HttpClient _http;
    private readonly string _base;
    private readonly int _maxBodyBytes;
    private readonly TimeProvider _time;
    private readonly KeyRedactor _redactor;
    private readonly ResiliencePipeline<MassiveAnswer> _pipeline;
    private readonly ResiliencePipeline _timeout;
    private byte[] _buffer = new byte[FirstBufferBytes];

    public MassiveHttp(MassiveRestOptions options, TimeProvider time)
    {
        _base = options.BaseUrl.AbsoluteUri.TrimEnd('/');
        _maxBodyBytes = options.MaxBodyBytes;
        _time = time;
        _redactor = new KeyRedactor(options.ApiKey);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = ConnectionLifetime,
            UseProxy = !options.BaseUrl.IsLoopback,
        };
        // Polly keeps the time, with the feed's own clock.
        _http = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MicroTrader", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0"));
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.Timeout).Build();
        var builder = new ResiliencePipelineBuilder<MassiveAnswer> { TimeProvider = time };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<MassiveAnswer>
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result.Outcome == MassiveOutcome.Transient),
            });
        }

        _pipeline = builder.Build();
    }

    /// <summary>Asks and reads the answer whole.</summary>
    /// <param name="pathAndQuery">Below the base address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<MassiveAnswer> GetAsync(string pathAndQuery, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(token => TryAsync(pathAndQuery, token), cancellationToken).ConfigureAwait(false);

    public void Dispose() => _http.Dispose();

    private async ValueTask<MassiveAnswer> TryAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        try
        {
            return await _timeout.ExecuteAsync(token => AskAsync(pathAndQuery, token), cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            return new MassiveAnswer(MassiveOutcome.Transient, 0, $"no answer within {e.Timeout:c}");
        }
        catch (InvalidDataException e)
        {
            return new MassiveAnswer(MassiveOutcome.Failed, 0, _redactor.Clean(e.Message));
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            return new MassiveAnswer(MassiveOutcome.Transient, 0, _redactor.Clean(e.InnerException is { } inner ? $"{e.Message} ({inner.Message})" : e.Message));
        }
    }

    private async ValueTask<MassiveAnswer> AskAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _base + pathAndQuery);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        // Bodies of refusals may echo what was sent, and the status says enough.
        switch (status)
        {
            case >= 200 and <= 299:
                return new MassiveAnswer(MassiveOutcome.Ok, status, "", null, await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false));
            case 401 or 403:
                return new MassiveAnswer(MassiveOutcome.Refused, status, $"it answers {status}");
            case 429:
                return new MassiveAnswer(MassiveOutcome.Busy, status, "it asks for patience (429)", RetryAfter(response.Headers.RetryAfter));
            case 503 when RetryAfter(response.Headers.RetryAfter) is { } wait:
                return new MassiveAnswer(MassiveOutcome.Busy, status, "it asks for patience (503)", wait);
            case 408 or >= 500:
                return new MassiveAnswer(MassiveOutcome.Transient, status, $"it answers {status}");
            case >= 300 and <= 399:
                return new MassiveAnswer(MassiveOutcome.Failed, status, $"it answers {status}, a redirect, which is not followed");
            default:
                return new MassiveAnswer(MassiveOutcome.Failed, status, $"it answers {status}");
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var length = 0;
            while (true)
            {
                if (length == _buffer.Length)
                    Array.Resize(ref _buffer, length * 2);
                var read = await stream.ReadAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    return _buffer.AsMemory(0, length);
                length += read;
                if (length > _maxBodyBytes)
                    throw new InvalidDataException($"its answer is longer than {_maxBodyBytes} bytes");
            }
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        if (wait is not { } asked)
            return null;
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked > MostRetryAfter ? MostRetryAfter : asked;
    }
}
