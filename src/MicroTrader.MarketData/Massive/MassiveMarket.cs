using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MicroTrader.Domain.Calendar;

namespace MicroTrader.MarketData;

/// <summary>Asks Massive whether the market is open, and which days to come are not like others. One call at a time.</summary>
public sealed class MassiveMarket : IDisposable
{
    private const string NowPath = "/v1/marketstatus/now";
    private const string UpcomingPath = "/v1/marketstatus/upcoming";

    private readonly MassiveHttp _http;
    private readonly KeyRedactor _redactor;

    /// <summary>Makes the client; nothing is asked yet.</summary>
    /// <param name="options">The address, the key, time-outs and retries; symbols and intervals are not used.</param>
    /// <param name="time">The clock, for time-outs and waits.</param>
    /// <exception cref="ArgumentException">The options are impossible; the message names the first problem.</exception>
    public MassiveMarket(MassiveRestOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _http = new MassiveHttp(options, time);
        _redactor = new KeyRedactor(options.ApiKey);
    }

    /// <summary>The built-in calendar, corrected by what Massive says of the NYSE's days to come: extra closed days and other hours. Pure.</summary>
    /// <param name="builtIn">What is known without it.</param>
    /// <param name="upcoming">What Massive says; days of other exchanges are passed over, and so is what makes no sense.</param>
    public static ITradingCalendar Correct(ITradingCalendar builtIn, IEnumerable<MassiveHoliday> upcoming) => CorrectedCalendar.Of(builtIn, upcoming);

    /// <summary>What the market does now.</summary>
    /// <exception cref="MassiveException">No answer, or one that makes no sense.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MassiveMarketStatus> NowAsync(CancellationToken cancellationToken) => AskAsync(NowPath, MassiveJson.Default.MassiveMarketStatus, cancellationToken);

    /// <summary>The days to come that are not like others.</summary>
    /// <exception cref="MassiveException">No answer, or one that makes no sense.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<IReadOnlyList<MassiveHoliday>> UpcomingAsync(CancellationToken cancellationToken) =>
        AskAsync(UpcomingPath, MassiveJson.Default.IReadOnlyListMassiveHoliday, cancellationToken);

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<T> AskAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var answer = await _http.GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (answer.Outcome != MassiveOutcome.Ok)
            throw new MassiveException($"{path}: {answer.Text}");
        try
        {
            return JsonSerializer.Deserialize(answer.Body.Span, type) ?? throw new MassiveException($"{path}: the answer is null");
        }
        catch (JsonException e)
        {
            throw new MassiveException(_redactor.Clean($"{path}: the answer makes no sense: {e.Message}"), e);
        }
    }
}
