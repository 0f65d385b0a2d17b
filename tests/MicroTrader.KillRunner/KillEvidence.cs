using System.Text.Json;

namespace MicroTrader.KillRunner;

/// <summary>All that a comparison needs, kept as files so that a difference can be looked into, and the comparison itself be put to the test.</summary>
/// <param name="Journal">A copy of the journal's file.</param>
/// <param name="Trades">What <c>trades --json</c> told.</param>
/// <param name="Positions">What <c>positions --json</c> told.</param>
/// <param name="Ledger">The venue's books.</param>
/// <param name="Statistics">What arrived there, and which faults struck.</param>
internal sealed record KillEvidence(
    string Journal, IReadOnlyList<ToldTrade> Trades, IReadOnlyList<ToldPosition> Positions, VenueLedger Ledger, VenueStatistics Statistics)
{
    /// <summary>Orders that arrived at the venue, whatever became of them.</summary>
    public long Posts => Statistics.Requests["PlaceMarketOrder"];

    /// <summary>Collects it in a folder. No host may run on the journal.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="journal">The journal's file.</param>
    /// <param name="command">Runs a command of the executable to its end and gives what it wrote.</param>
    /// <param name="venue">The venue.</param>
    public static async Task<KillEvidence> CollectAsync(string folder, string journal, Func<string[], Task<string>> command, VenueProcess venue)
    {
        var copy = JournalCopy.Take(journal, folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "trades.json"), await command(["trades", "--json", "--journal", journal]));
        await File.WriteAllTextAsync(Path.Combine(folder, "positions.json"), await command(["positions", "--json", "--journal", journal]));
        await File.WriteAllTextAsync(Path.Combine(folder, "ledger.json"), await venue.LedgerAsync());
        await File.WriteAllTextAsync(Path.Combine(folder, "statistics.json"), await venue.StatisticsAsync());
        return Load(folder, copy.Path);
    }

    /// <summary>Reads what was collected.</summary>
    public static KillEvidence Load(string folder, string journal) => new(
        journal,
        JsonSerializer.Deserialize(Text(folder, "trades.json"), VenueJson.Default.ListToldTrade)!,
        JsonSerializer.Deserialize(Text(folder, "positions.json"), VenueJson.Default.ListToldPosition)!,
        VenueLedger.Read(Text(folder, "ledger.json")),
        VenueStatistics.Read(Text(folder, "statistics.json")));

    private static string Text(string folder, string name) => File.ReadAllText(Path.Combine(folder, name));
}
