using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MicroTrader.Trading212;

/// <summary>Turns bodies into values. A body that cannot be read, or lacks what makes it evidence, is a failure in words, never an exception and never an empty answer.</summary>
internal sealed class AnswerReader
{
    private readonly SecretScrubber _scrubber;
    private readonly ProblemReader _problems;

    internal AnswerReader(SecretScrubber scrubber)
    {
        _scrubber = scrubber;
        _problems = new ProblemReader(scrubber);
    }

    internal Problem ReadProblem(int statusCode, byte[]? body) => _problems.Read(statusCode, body);

    /// <summary>Reads a JSON body.</summary>
    /// <returns>The value, or what is wrong in words.</returns>
    internal (T? Value, string? Flaw) ReadValue<T>(byte[] body, JsonTypeInfo<T> type, Func<T, string?> flawOf)
        where T : class
    {
        try
        {
            T? value = JsonSerializer.Deserialize(body, type);
            string? flaw = value is null ? "the answer is null" : flawOf(value);
            return flaw is null ? (value, null) : (null, _scrubber.Scrub(flaw));
        }
        catch (JsonException e)
        {
            return (null, _scrubber.Scrub(body.Length == 0 ? "the answer is empty" : $"the answer is not readable: {e.Message.ReplaceLineEndings(" ")}"));
        }
    }

    /// <summary>Reads what came of a read.</summary>
    internal ReadResult<T> Read<T>(string path, ReadAttempt attempt, JsonTypeInfo<T> type, Func<T, string?> flawOf)
        where T : class
    {
        if (attempt.Failure is { } kind || attempt.Info is not { } info || attempt.Body is not { } body)
            return new ReadResult<T>.Failed(attempt.Failure ?? ReadFailureKind.Unexpected, attempt.Detail, null, attempt.Info);
        if (info.StatusCode is >= 200 and <= 299)
        {
            (T? value, string? flaw) = ReadValue(body, type, flawOf);
            return value is not null
                ? new ReadResult<T>.Success(value, info)
                : new ReadResult<T>.Failed(ReadFailureKind.Malformed, $"GET {path}: {info.StatusCode}, but {flaw}", null, info);
        }

        Problem problem = _problems.Read(info.StatusCode, body);
        if (info.StatusCode == 404)
            return new ReadResult<T>.NotFound(problem, info);
        string said = problem.Detail.Length > 0 ? $"{problem.Title}: {problem.Detail}" : problem.Title;
        return new ReadResult<T>.Failed(KindOf(info.StatusCode), $"GET {path}: {info.StatusCode} {said}", problem, info);
    }

    private static ReadFailureKind KindOf(int statusCode) => statusCode switch
    {
        401 => ReadFailureKind.Unauthorized,
        403 => ReadFailureKind.Forbidden,
        408 => ReadFailureKind.Timeout,
        429 => ReadFailureKind.RateLimited,
        >= 500 => ReadFailureKind.ServerError,
        _ => ReadFailureKind.Unexpected,
    };
}
