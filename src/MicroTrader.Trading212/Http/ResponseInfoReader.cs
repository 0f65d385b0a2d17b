using System.Globalization;

namespace MicroTrader.Trading212;

/// <summary>Reads the headers of an answer. A header that is absent or makes no sense is as good as none; it never fails the answer.</summary>
internal static class ResponseInfoReader
{
    // 9999-12-31T23:59:59Z, the last second that DateTimeOffset holds.
    private const long LastUnixSecond = 253_402_300_799;
    private const long LongestPeriodSeconds = 366L * 24 * 60 * 60;

    internal static ResponseInfo Read(HttpResponseMessage response, TimeProvider time) => new()
    {
        StatusCode = (int)response.StatusCode,
        RateLimit = ReadRateLimit(response),
        ServerDate = response.Headers.Date?.ToUniversalTime(),
        ReceivedAt = time.GetUtcNow(),
        RetryAfter = response.Headers.RetryAfter?.Delta,
    };

    private static RateLimit? ReadRateLimit(HttpResponseMessage response)
    {
        long? limit = ReadNumber(response, "x-ratelimit-limit", int.MaxValue);
        long? period = ReadNumber(response, "x-ratelimit-period", LongestPeriodSeconds);
        long? remaining = ReadNumber(response, "x-ratelimit-remaining", int.MaxValue);
        long? reset = ReadNumber(response, "x-ratelimit-reset", LastUnixSecond);
        if (limit is null || period is null || remaining is null || reset is null)
            return null;
        long used = ReadNumber(response, "x-ratelimit-used", int.MaxValue) ?? Math.Max(0, limit.Value - remaining.Value);
        return new RateLimit((int)limit, TimeSpan.FromSeconds(period.Value), (int)remaining, DateTimeOffset.FromUnixTimeSeconds(reset.Value), (int)used);
    }

    private static long? ReadNumber(HttpResponseMessage response, string name, long most)
    {
        if (!response.Headers.TryGetValues(name, out IEnumerable<string>? values))
            return null;
        return long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= most ? number : null;
    }
}
