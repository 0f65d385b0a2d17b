namespace MicroTrader.Simulators.Massive.Admin;

/// <summary>Why an admin request is refused.</summary>
internal sealed record AdminRefusal(string Error);
