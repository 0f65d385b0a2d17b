namespace MicroTrader.Trading212;

/// <summary>
/// Why the venue refused. Always present on a refusal: where the answer is no problem document, <see cref="Detail"/> holds the start of what came instead.
/// </summary>
/// <param name="Type">The venue's name of the problem, for example /api-errors/selling-equity-not-owned; empty when it gave none.</param>
/// <param name="Title">A short text; the status code in words when the venue gave none.</param>
/// <param name="Status">The status in the document; the HTTP status code when it has none.</param>
/// <param name="Detail">The explanation; empty when there is none.</param>
/// <param name="Reason">What <paramref name="Type"/>, or else <paramref name="Detail"/>, means.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, ProblemReason Reason);
