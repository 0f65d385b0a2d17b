using System.Text.Json.Nodes;
using MicroTrader.Simulators.Paper;
using Xunit.Abstractions;

namespace MicroTrader.Simulators.Tests.Paper;

public class PaginationPropertyTests(ITestOutputHelper output)
{
    private const string Ticker = PaperTestBed.Ticker;

    [Fact]
    public async Task Every_fill_is_given_exactly_once_while_others_arrive_at_the_same_time()
    {
        for (var round = 0; round < 6; round++)
        {
            var seed = Random.Shared.Next();
            output.WriteLine($"seed {seed}");
            await Run(seed);
        }
    }

    private static async Task Run(int seed)
    {
#pragma warning disable CA5394 // A repeatable sequence, not a secret.
        var random = new Random(seed);
        await using var bed = await PaperTestBed.Create(o => o with { FillDelay = TimeSpan.Zero, FaultSeed = seed, NextPagePathHasPrefix = seed % 2 == 0 });
        bed.Broker.PutPrice(Ticker, 10m);
        bed.Broker.PutPrice("FB_US_EQ", 10m);
        bed.Broker.Faults.OrdersAtRate(PaperFate.InTwoPieces(0.5m), 0.2);
        bed.Broker.Faults.OrdersAtRate(PaperFate.Cancelled, 0.1);
        for (var i = 0; i < 30 + random.Next(40); i++)
        {
            Insert(i);
        }

        var before = History(bed.Broker.ReadLedger());
        using var enough = new CancellationTokenSource();
        var inserting = Task.Run(() =>
        {
            for (var i = 0; !enough.IsCancellationRequested && i < 2_000; i++)
            {
                Insert(i);
            }
        });

        var seen = new List<string>();
        var limit = 1 + random.Next(12);
        var path = $"equity/history/orders?limit={limit}";
        while (path is not null)
        {
            var page = await bed.Get(path);
            var items = page["items"]!.AsArray();
            Assert.True(items.Count <= limit && (items.Count == limit || page["nextPagePath"] is null), $"seed {seed}: a page of {items.Count}");
            seen.AddRange(items.Select(i => Key(i!)));
            path = page["nextPagePath"]?.GetValue<string>().Replace("/api/v0/", "/", StringComparison.Ordinal)[1..];
        }

        await enough.CancelAsync();
        await inserting;
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(before.Except(seen));
#pragma warning restore CA5394

        void Insert(int i)
        {
            bed.Broker.PlaceByPerson(i % 3 == 0 ? "FB_US_EQ" : Ticker, 1m);
            bed.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private static string Key(JsonNode item) => $"{item["order"]!["id"]} {item["fill"]?["id"]}";

    private static HashSet<string> History(PaperLedger ledger) =>
    [
        .. ledger.Fills.Where(f => !ledger.Orders.Single(o => o.Id == f.OrderId).IsPending).Select(f => $"{f.OrderId} {f.Id}"),
        .. ledger.Orders.Where(o => !o.IsPending && o.FilledQuantity == 0).Select(o => $"{o.Id} "),
    ];
}
