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
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> flaws = options.Flaws();
        if (flaws.Count > 0)
            throw new ArgumentException(string.Join(" ", flaws), nameof(options));
        _time = timeProvider ?? TimeProvider.System;
        _http = HttpClients.Create(options);
        _reporter = new ExchangeReporter(observer);
        SecretScrubber scrubber = new(options);
        _answers = new AnswerReader(scrubber);
        _reads = new ReadTransport(_http, options, _time, scrubber, _reporter);
        _writes = new WriteTransport(_http, options, _time, scrubber, _reporter);
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
