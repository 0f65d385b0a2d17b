using System.Globalization;
using MicroTrader.KillRunner;
using Xunit.Abstractions;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>Ten kills of a sitting with faults: every run another seed, which is printed.</summary>
public sealed class Sitting : IAsyncLifetime
{
    private readonly List<string> _said = [];
    private KillResult? _result;

    internal KillResult Result => _result!;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("microtrader-kill-").FullName;

    internal string Told => string.Join(Environment.NewLine, [.. _said, Result.ToString()]);

    internal KillEvidence Evidence(string? journal = null) => KillEvidence.Load(Path.Combine(Folder, "end"), journal ?? Path.Combine(Folder, "end", "journal.db"));

    public async Task InitializeAsync() =>
        _result = await KillSitting.RunAsync(new KillOptions(10, Random.Shared.Next(1, int.MaxValue), 0.1, Folder), _said.Add);

    public Task DisposeAsync()
    {
        // What differs is kept, to be looked into.
        if (_result is { Differences.Count: 0 })
            Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>kill -9 at random moments leaves no difference between journal and venue; and the comparison that says so finds one where there is one.</summary>
public sealed class KillTests(Sitting sitting, ITestOutputHelper output) : IClassFixture<Sitting>
{
    [Fact]
    public void Ten_kills_leave_no_difference_between_journal_commands_and_venue()
    {
        output.WriteLine(sitting.Told);
        Assert.True(sitting.Result.Differences.Count == 0, sitting.Told);
        Assert.Equal(10, sitting.Result.Kills.Values.Sum());
        // It was a sitting: something was traded, and something went wrong.
        Assert.True(sitting.Result.Orders > 0, sitting.Told);
        Assert.True(sitting.Result.Faults.Values.Sum() > 0, sitting.Told);
    }

    [Theory]
    [InlineData("pos-entry-intended/1", "without an intent before it")]
    [InlineData("pos-order-accepted/1", "is no intent's")]
    [InlineData("pos-order-settled/1", "missing in the journal")]
    public void A_fact_that_is_missing_is_found(string manifest, string words)
    {
        var journal = Copy();
        // The newest of an order that was filled: one that came to nothing leaves no trace at the venue.
        var sql = string.Create(CultureInfo.InvariantCulture, $"""
            DELETE FROM journal WHERE ordering = (SELECT max(j.ordering) FROM journal j WHERE j.manifest = '{manifest}' AND EXISTS (
                SELECT 1 FROM journal a JOIN journal s WHERE a.manifest = 'pos-order-accepted/1' AND s.manifest = 'pos-order-settled/1' AND CAST(s.message AS TEXT) LIKE '%"fillId"%'
                AND json_extract(CAST(a.message AS TEXT), '$.reference') = json_extract(CAST(j.message AS TEXT), '$.reference')
                AND json_extract(CAST(s.message AS TEXT), '$.reference') = json_extract(CAST(j.message AS TEXT), '$.reference')))
            """);
        Assert.Equal(1, JournalCopy.Run(journal, sql));
        Finds(sitting.Evidence(journal), words);
    }

    [Fact]
    public void An_order_that_was_intended_twice_is_found()
    {
        var journal = Copy();
        Assert.Equal(1, JournalCopy.Run(journal, """
            INSERT INTO journal (persistence_id, sequence_number, created, deleted, manifest, message, identifier)
            SELECT persistence_id, 1000000, created, deleted, manifest, message, identifier FROM journal WHERE manifest = 'pos-entry-intended/1' LIMIT 1
            """));
        Finds(sitting.Evidence(journal), "intended twice");
    }

    [Fact]
    public async Task An_order_at_the_venue_that_the_robot_never_sent_is_found()
    {
        // The sitting's own books, opened again: what is added there is added for good, in a copy.
        var folder = Directory.CreateDirectory(Path.Combine(sitting.Folder, "again")).FullName;
        foreach (var file in Directory.GetFiles(sitting.Folder, "paper.db*").Append(Path.Combine(sitting.Folder, "appsettings.json")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        VenueLedger ledger;
        using (var venue = await VenueProcess.StartAsync(sitting.Result.Options, folder))
        {
            await venue.PriceAsync("AXSM", Prices.Base("AXSM"));
            await venue.PlaceAsync("AXSM", 3m, "API");
            ledger = VenueLedger.Read(await venue.LedgerAsync());
        }

        Finds(sitting.Evidence() with { Ledger = ledger }, "is no intent's");
    }

    [Fact]
    public void Figures_that_are_off_by_a_cent_are_found()
    {
        var evidence = sitting.Evidence();
        var trade = evidence.Trades.First(t => t.Net is not null);
        Finds(evidence with { Trades = With(trade with { Net = trade.Net + 0.01m }) }, "net P&L is");
        Finds(evidence with { Trades = With(trade with { Pnl = trade.Pnl - 0.01m }) }, "P&L is");
        Finds(evidence with { Trades = With(trade with { EntryPrice = trade.EntryPrice + 0.0001m }) }, "entry price is");
        Finds(evidence with { Trades = With(trade with { Quantity = trade.Quantity + 1 }) }, "trades tells");
        Finds(evidence with { Trades = [.. evidence.Trades.Where(t => t != trade)] }, "trades does not tell of it");
        Finds(evidence with { Ledger = evidence.Ledger with { Cash = evidence.Ledger.Cash - 0.01m } }, "cash: ");
        Finds(evidence with { Ledger = evidence.Ledger with { Holdings = [new VenueHolding("AXSM_US_EQ", 1m)] } }, "the venue holds 1, positions tells 0");
        Finds(evidence with { Positions = [new ToldPosition("AXSM", "AXSM_US_EQ", "OPEN", 1m)] }, "the venue holds 0, positions tells 1");
        Finds(
            evidence with { Statistics = evidence.Statistics with { Requests = new Dictionary<string, long> { ["PlaceMarketOrder"] = 1_000_000 } } },
            "orders arrived at the venue");

        IReadOnlyList<ToldTrade> With(ToldTrade changed) => [.. evidence.Trades.Select(t => t == trade ? changed : t)];
    }

    private string Copy() => JournalCopy.Take(
        Path.Combine(sitting.Folder, "end", "journal.db"), Path.Combine(sitting.Folder, "sabotage", Guid.NewGuid().ToString("N"))).Path;

    private static void Finds(KillEvidence evidence, string words)
    {
        var found = Comparison.Compare(evidence);
        Assert.True(found.Any(d => d.Contains(words, StringComparison.Ordinal)), $"'{words}' was not found, but: {string.Join("; ", found)}");
    }
}
