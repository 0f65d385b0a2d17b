using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace MicroTrader.Trading212;

/// <summary>Sends a read: with a time-out for each try, a few retries of what is transient, and a circuit breaker that only reads share.</summary>
internal sealed class ReadTransport
{
    // The list of all instruments, the longest answer, has about 4 MB unpacked.
    private const int MaxBodyBytes = 64 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly string _baseAddress;
    private readonly TimeProvider _time;
    private readonly SecretScrubber _scrubber;
    private readonly ExchangeReporter _reporter;
    private readonly ResiliencePipeline<ReadAttempt> _pipeline;
    private readonly ResiliencePipeline _timeout;

    internal ReadTransport(HttpClient http, Trading212Options options, TimeProvider time, SecretScrubber scrubber, ExchangeReporter reporter, Func<double>? jitter)
    {
        _http = http;
        _baseAddress = options.BaseAddress.AbsoluteUri.TrimEnd('/');
        _time = time;
        _scrubber = scrubber;
        _reporter = reporter;
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(new TimeoutStrategyOptions { Timeout = options.ReadTimeout }).Build();
        ResiliencePipelineBuilder<ReadAttempt> builder = new() { TimeProvider = time };
        if (options.ReadRetryCount > 0)
        {
            RetryStrategyOptions<ReadAttempt> retry = new()
            {
                MaxRetryAttempts = options.ReadRetryCount,
                Delay = options.ReadRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { IsWorthRetrying: true }),
            };
            if (jitter is not null)
                retry.Randomizer = jitter;
            builder.AddRetry(retry);
        }

        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<ReadAttempt>
        {
            FailureRatio = options.ReadBreaker.FailureRatio,
            MinimumThroughput = options.ReadBreaker.MinimumThroughput,
            SamplingDuration = options.ReadBreaker.SamplingDuration,
            BreakDuration = options.ReadBreaker.BreakDuration,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { IsTransient: true }),
        });
        _pipeline = builder.Build();
    }

    /// <summary>Reads and says what came back.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<ReadAttempt> SendAsync(string operation, string path, string query, CancellationToken cancellationToken)
    {
        ReadAttempt? last = null;
        int attempts = 0;
        try
        {
            return await _pipeline.ExecuteAsync(
                async token =>
                {
                    last = await TryAsync(operation, path, query, ++attempts, token);
                    return last;
                },
                cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            // Where our own try opened the breaker, its failure says more than the breaker's state.
            return last ?? new ReadAttempt(null, null, ReadFailureKind.BreakerOpen, $"GET {path}: not asked, the circuit breaker for reads is open after many failures");
        }
    }

    private async Task<ReadAttempt> TryAsync(string operation, string path, string query, int attempt, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        ResponseInfo? info = null;
        byte[]? body = null;
        Exception? failure = null;
        try
        {
            await _timeout.ExecuteAsync(
                async token =>
                {
                    using HttpRequestMessage request = new(HttpMethod.Get, _baseAddress + path + query) { Version = _http.DefaultRequestVersion, VersionPolicy = _http.DefaultVersionPolicy };
                    using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
                    info = ResponseInfoReader.Read(response, _time);
                    body = await BoundedBody.ReadAsync(response.Content, MaxBodyBytes, token);
                },
                cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or TimeoutRejectedException)
        {
            failure = e;
        }

        _reporter.Report(new HttpExchange
        {
            Operation = operation,
            Method = HttpMethod.Get.Method,
            Path = path,
            Attempt = attempt,
            Outcome = Failures.OutcomeOf(failure, info, cancellationToken),
            StatusCode = info?.StatusCode,
            Info = info,
            Elapsed = _time.GetElapsedTime(started),
            StartedTimestamp = started,
        });
        if (failure is null)
            return new ReadAttempt(info, body, null, "");
        if (failure is OperationCanceledException)
            cancellationToken.ThrowIfCancellationRequested();
        // A refusal stays a refusal when its explanation got lost: a 429 must not pass for a lost connection and be tried again.
        if (info is { StatusCode: < 200 or > 299 })
            return new ReadAttempt(info, [], null, "");
        ReadFailureKind kind = Failures.IsTimeout(failure) ? ReadFailureKind.Timeout
            : failure is InvalidDataException ? ReadFailureKind.Malformed
            : ReadFailureKind.Connection;
        return new ReadAttempt(info, null, kind, _scrubber.Scrub($"GET {path}: {Failures.Describe(failure)}"));
    }
}
