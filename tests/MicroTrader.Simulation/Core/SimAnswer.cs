namespace MicroTrader.Simulation.Core;

/// <summary>What an answer's headers say.</summary>
/// <param name="Remaining">Requests left in the venue's window.</param>
/// <param name="ResetAt">When its window ends, by the venue's clock.</param>
/// <param name="ServerDate">The venue's clock, cut off to whole seconds.</param>
internal sealed record SimHeaders(int Remaining, DateTimeOffset ResetAt, DateTimeOffset ServerDate);

/// <summary>What came of a read.</summary>
/// <param name="Value">What was read; null where the read failed or what was asked for is not there.</param>
/// <param name="IsNotFound">404.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
/// <param name="Headers">The answer's headers; null where there was none.</param>
internal sealed record SimAnswer(object? Value, bool IsNotFound, string? Failure, SimHeaders? Headers);
