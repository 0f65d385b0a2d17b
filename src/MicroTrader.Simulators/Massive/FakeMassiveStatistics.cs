namespace MicroTrader.Simulators.Massive;

/// <summary>What happened since the start.</summary>
/// <param name="Requests">
/// What arrived, by <see cref="FakeMassivePlace"/>, whatever became of it: requests, connections (SocketConnect), auth and subscribe actions, and messages with data that
/// were due (SocketMessage).
/// </param>
/// <param name="Faults">How often each fault struck, by <see cref="FakeMassiveFaultKind"/>.</param>
/// <param name="Connections">The stream's connections in the order of arrival, those that are over included; of these the last 1000.</param>
public sealed record FakeMassiveStatistics(
    IReadOnlyDictionary<string, long> Requests,
    IReadOnlyDictionary<string, long> Faults,
    IReadOnlyList<FakeConnection> Connections);
