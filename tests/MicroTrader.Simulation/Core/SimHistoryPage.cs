namespace MicroTrader.Simulation.Core;

/// <summary>A page of the venue's history.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">The next page's cursor; null after the last.</param>
internal sealed record SimHistoryPage(IReadOnlyList<SimHistoryItem> Items, int? Next);
