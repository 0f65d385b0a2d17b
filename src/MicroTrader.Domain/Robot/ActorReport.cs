namespace MicroTrader.Domain.Robot;

/// <summary>One actor's report of itself.</summary>
/// <param name="Actor">Its path within the system.</param>
/// <param name="Fields">What it has to say, by name.</param>
public sealed record ActorReport(string Actor, IReadOnlyDictionary<string, string> Fields);
