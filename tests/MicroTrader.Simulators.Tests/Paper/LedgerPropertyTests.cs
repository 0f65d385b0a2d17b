using MicroTrader.Simulators.Paper;
using Xunit.Abstractions;

namespace MicroTrader.Simulators.Tests.Paper;

public class LedgerPropertyTests(ITestOutputHelper output)
{
    private static readonly string[] Tickers = ["AXSM_US_EQ", "FB_US_EQ", "METAm_EQ", "VODl_EQ"];

    [Fact]
    public async Task Money_and_shares_are_conserved_whatever_happens()
    {
        for (var round = 0; round < 5; round++)
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
        await using var bed = await PaperTestBed.Create(o => o with { Currency = "EUR", StartingCash = 20_000m, SpreadPercent = 0.2m, FaultSeed = seed });
        AddFates(bed.Broker.Faults);
        for (var step = 0; step < 120; step++)
        {
            var ticker = Tickers[random.Next(Tickers.Length)];
            switch (random.Next(10))
            {
                case < 3:
                    bed.Broker.PutPrice(ticker, decimal.Round((decimal)(5 + (random.NextDouble() * 300)), 4));
                    break;
                case < 6:
                    using (var response = await bed.Post(ticker, decimal.Round((decimal)((random.NextDouble() * 40) - 15), 4)))
                    {
                        Assert.True((int)response.StatusCode is 200 or 400, $"seed {seed} step {step}: {response.StatusCode}");
                    }

                    break;
                case 6 when bed.Broker.ReadLedger().Orders.LastOrDefault(o => o.IsPending) is { } pending:
                    bed.Broker.CancelByPerson(pending.Id);
                    break;
                default:
                    bed.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(400)));
                    break;
            }

            if (step is 40 or 80)
            {
                await bed.Restart();
                AddFates(bed.Broker.Faults);
            }

            Check(bed.Broker.ReadLedger(), $"seed {seed} step {step}");
        }
#pragma warning restore CA5394
    }

    private static void AddFates(PaperFaults faults)
    {
        faults.OrdersAtRate(PaperFate.Cancelled, 0.05);
        faults.OrdersAtRate(PaperFate.PartialThenCancelled(0.37m), 0.1);
        faults.OrdersAtRate(PaperFate.InTwoPieces(0.61m), 0.1);
        faults.OrdersAtRate(PaperFate.Delayed(TimeSpan.FromSeconds(2)), 0.1);
    }

    private static void Check(PaperLedger ledger, string where)
    {
        var invested = ledger.Holdings.Sum(h => h.TotalCost);
        Assert.True(ledger.StartingCash == ledger.Cash + invested - ledger.RealisedProfitLoss, $"{where}: {ledger.Cash} + {invested} - {ledger.RealisedProfitLoss}");
        Assert.True(ledger.Cash >= 0, $"{where}: cash {ledger.Cash}");
        Assert.True(ledger.ReservedForOrders >= 0, $"{where}: reserved {ledger.ReservedForOrders}");

        var cash = ledger.StartingCash - ledger.Fills.Sum(f => f.Quantity > 0 ? f.NetValue : -f.NetValue);
        Assert.True(cash == ledger.Cash, $"{where}: fills say {cash}, books say {ledger.Cash}");
        var shares = ledger.Fills.GroupBy(f => f.Ticker).ToDictionary(g => g.Key, g => g.Sum(f => f.Quantity));
        foreach (var (ticker, quantity) in shares)
        {
            Assert.True(quantity >= 0, $"{where}: {ticker} {quantity}");
            Assert.True(quantity == (ledger.Holdings.SingleOrDefault(h => h.Ticker == ticker)?.Quantity ?? 0m), $"{where}: {ticker}");
        }

        foreach (var order in ledger.Orders)
        {
            var filled = ledger.Fills.Where(f => f.OrderId == order.Id).Sum(f => f.Quantity);
            Assert.True(filled == order.FilledQuantity && Math.Abs(filled) <= Math.Abs(order.Quantity), $"{where}: order {order.Id}");
            Assert.True(order.Status != PaperOrderStatus.Filled || filled == order.Quantity, $"{where}: order {order.Id}");
        }
    }
}
