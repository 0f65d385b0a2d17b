using System.Text.Json.Serialization.Metadata;

namespace MicroTrader.Trading212;

/// <summary>
/// The Trading 212 Public API v0 as a typed client: results for every answer that may be expected, exceptions for misuse only. It keeps no rate limit: the caller does, with
/// <see cref="ResponseInfo.RateLimit"/>. Source: the Trading 212 Public API v0 description (June 2026).
/// </summary>
/// <remarks>
/// Reads are tried again when they fail transiently; a write is handed to the transport once at most, by whatever mechanism. Safe for concurrent use.
/// </remarks>
public sealed partial class Trading212Client : IDisposable
{
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ExchangeReporter _reporter;
    private readonly AnswerReader _answers;
    private readonly ReadTransport _reads;
    private readonly WriteTransport _writes;
    private volatile bool _disposed;

    /// <summary>Makes a client. No connection is made before the first call.</summary>
    /// <param name="options">How to reach the venue.</param>
    /// <param name="timeProvider">The clock of time-outs, retries and timestamps; the system's by default.</param>
    /// <param name="observer">Is told of every request; none by default.</param>
    /// <exception cref="ArgumentException">A setting is impossible; the message names each, and no secret.</exception>
    public Trading212Client(Trading212Options options, TimeProvider? timeProvider = null, IHttpExchangeObserver? observer = null)
        : this(options, null, timeProvider, observer, null)
    {
    }

    private Trading212Client(
        Trading212Options options, HttpMessageHandler? transport, TimeProvider? timeProvider, IHttpExchangeObserver? observer, Func<double>? jitter)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> flaws = options.Flaws();
        if (flaws.Count > 0)
            throw new ArgumentException(string.Join(" ", flaws), nameof(options));
        _time = timeProvider ?? TimeProvider.System;
        _http = transport is null ? HttpClients.Create(options) : HttpClients.Create(options, transport);
        _reporter = new ExchangeReporter(observer);
        SecretScrubber scrubber = new(options);
        _answers = new AnswerReader(scrubber);
        _reads = new ReadTransport(_http, options, _time, scrubber, _reporter, jitter);
        _writes = new WriteTransport(_http, options, _time, scrubber, _reporter);
    }

    /// <summary>
    /// Makes a client over another transport than the network, for example a venue in the same process. Everything above it is the same: the one try of a write and the
    /// certainty whether its body was handed over, the retries, time-outs and breaker of the reads.
    /// </summary>
    /// <param name="transport">
    /// What carries the requests; disposed of with the client. It must send each request once: a handler that follows redirects is refused, and one that asks for a write's
    /// body a second time gets an exception. Taking the body (reading the content) is what counts as the hand-over. The options about connections have no effect on it.
    /// </param>
    /// <param name="options">How to reach the venue.</param>
    /// <param name="timeProvider">
    /// The clock of time-outs, retries and timestamps; the system's by default. Over a transport that waits by a virtual clock it should be that clock: a breaker of 15 s of
    /// the machine's time would be hours of a replay.
    /// </param>
    /// <param name="observer">Is told of every request; none by default.</param>
    /// <param name="jitter">Where the jitter of the retries comes from, values from 0 to below 1; null for chance. A simulation that must repeat itself gives its own.</param>
    /// <exception cref="ArgumentException">A setting is impossible, or the transport follows redirects; the message names each, and no secret.</exception>
    public static Trading212Client Over(
        HttpMessageHandler transport, Trading212Options options, TimeProvider? timeProvider = null, IHttpExchangeObserver? observer = null, Func<double>? jitter = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return new Trading212Client(options, transport, timeProvider, observer, jitter);
    }

    /// <summary>The last exception that the observer threw, or null: it was kept away from a result.</summary>
    public Exception? LastObserverFailure => _reporter.LastFailure;

    /// <summary>Closes the connections. A request that is under way ends as one that was cut off.</summary>
    public void Dispose()
    {
        _disposed = true;
        _http.Dispose();
    }

    private async Task<ReadResult<T>> ReadAsync<T>(
        string operation, string path, string query, JsonTypeInfo<T> type, Func<T, string?> flawOf, CancellationToken cancellationToken)
        where T : class
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ReadAttempt attempt = await _reads.SendAsync(operation, path, query, cancellationToken);
        return _answers.Read(path, attempt, type, flawOf);
    }
}
