namespace MicroTrader.Host.Api;

/// <summary>Why a call was not done.</summary>
/// <param name="Error">In one line.</param>
internal sealed record ApiProblem(string Error);
