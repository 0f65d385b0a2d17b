using Polly;
using Polly.Timeout;

namespace MicroTrader.Trading212;

/// <summary>
/// Sends a write: once. The pipeline is a time-out alone; there is no retry, no breaker and no hedging here, and <see cref="OneShotContent"/> refuses whatever else might repeat it.
/// </summary>
internal sealed class WriteTransport
{
    private const int MaxBodyBytes = 1024 * 1024;

    private readonly HttpClient _http;
    private readonly string _baseAddress;
    private readonly TimeProvider _time;
    private readonly SecretScrubber _scrubber;
    private readonly ExchangeReporter _reporter;
    private readonly ResiliencePipeline _timeout;

    internal WriteTransport(HttpClient http, Trading212Options options, TimeProvider time, SecretScrubber scrubber, ExchangeReporter reporter)
    {
        _http = http;
        _baseAddress = options.BaseAddress.AbsoluteUri.TrimEnd('/');
        _time = time;
        _scrubber = scrubber;
        _reporter = reporter;
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(new TimeoutStrategyOptions { Timeout = options.WriteTimeout }).Build();
    }

    /// <summary>Sends it and says what came back. Throws nothing: after the hand-over every failure is an answer, and so is every one before it.</summary>
    internal async Task<WriteAnswer> SendAsync(string operation, HttpMethod method, string path, ReadOnlyMemory<byte> body, Action? onHandedOver, CancellationToken cancellationToken)
    {
        using OneShotContent content = new(body, _time, onHandedOver);
        using HttpRequestMessage request = new(method, _baseAddress + path) { Version = _http.DefaultRequestVersion, VersionPolicy = _http.DefaultVersionPolicy, Content = content };
        long started = _time.GetTimestamp();
        ResponseInfo? info = null;
        byte[]? answer = null;
        Exception? failure = null;
        try
        {
            await _timeout.ExecuteAsync(
                async token =>
                {
                    using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
                    info = ResponseInfoReader.Read(response, _time);
                    answer = await BoundedBody.ReadAsync(response.Content, MaxBodyBytes, token);
                },
                cancellationToken);
        }
        catch (Exception e)
        {
            // Every exception: whatever it is, the only question is whether the body was handed over before it.
            failure = e;
        }

        bool neverLeft = info is null && content.TrySeal();
        _reporter.Report(new HttpExchange
        {
            Operation = operation,
            Method = method.Method,
            Path = path,
            Attempt = 1,
            Outcome = Failures.OutcomeOf(failure, info, cancellationToken),
            StatusCode = info?.StatusCode,
            Info = info,
            Elapsed = _time.GetElapsedTime(started),
            StartedTimestamp = started,
            HandedOverTimestamp = content.HandedOverTimestamp,
        });
        string detail = failure is null ? "" : _scrubber.Scrub(Failures.Describe(failure));
        if (info is not null)
            return new WriteAnswer.Answered(info, answer, failure is null ? null : detail);
        if (!neverLeft)
            return new WriteAnswer.Lost($"{method} {path}: no answer after the request was handed over: {detail}");
        NotExecutedReason reason = content.WasHeldBack ? NotExecutedReason.HandOverRefused : Failures.ReasonOf(failure!, cancellationToken);
        return new WriteAnswer.NeverLeft(reason, $"{method} {path}: not handed over: {detail}");
    }
}
