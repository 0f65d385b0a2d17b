namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>The answer of GET /admin/statistics: what happened since the start.</summary>
/// <param name="Requests">Requests that arrived, by <see cref="PaperEndpoint"/>, whatever became of them.</param>
/// <param name="Faults">How often each fault struck, by its name in POST /admin/faults; fates that were usual are not counted.</param>
internal sealed record AdminStatistics(IReadOnlyDictionary<string, long> Requests, IReadOnlyDictionary<string, long> Faults);
