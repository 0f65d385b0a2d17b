namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>An admin request that cannot be done; the message is the problem document's detail.</summary>
internal sealed class AdminException(string message) : Exception(message);
