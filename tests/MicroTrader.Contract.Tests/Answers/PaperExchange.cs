namespace MicroTrader.Contract.Tests;

/// <summary>One request to the paper broker and its whole answer.</summary>
internal sealed record PaperExchange
{
    public required string Method { get; init; }

    /// <summary>The path from /api/v0 on, without the query.</summary>
    public required string Path { get; init; }

    public required string Query { get; init; }

    public required string RequestBody { get; init; }

    public required int Status { get; init; }

    public required string? ContentType { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required string Body { get; init; }

    /// <summary>The venue's clock when it answered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>True where the test made the broker fail on purpose.</summary>
    public required bool IsFault { get; init; }

    /// <summary>True where the paper broker has no such endpoint: it then has no limit to tell of either, unlike for an order that it does not find.</summary>
    public bool IsUnknownEndpoint => Status is 404 or 405 && !Headers.ContainsKey("x-ratelimit-limit");

    public override string ToString() => $"{Method} {Path}{Query} {RequestBody} -> {Status} {Body}";
}
