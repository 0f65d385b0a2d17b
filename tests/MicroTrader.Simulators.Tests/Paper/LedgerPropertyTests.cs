using System.Text.Json.Nodes;
using MicroTrader.Simulators.Paper;
using Xunit.Abstractions;

namespace MicroTrader.Simulators.Tests.Paper;

public class LedgerPropertyTests(ITestOutputHelper output)
{
    private static readonly string[] Tickers = ["AXSM_US_EQ", "FB_US_EQ", "METAm_EQ", "VODl_EQ"];
    private static readonly string[] Kinds = ["market", "limit", "stop", "stop_limit"];
    private static readonly decimal[] Factors = [2m, 1.5m, 0.1m];

    [Fact]
    public async Task Money_and_shares_are_conserved_whatever_happens_to_orders_of_every_kind()
    {
        var met = new HashSet<PaperOrderType>();
        for (var round = 0; round < 8; round++)
        {
            var seed = Random.Shared.Next();
            output.WriteLine($"seed {seed}");
            met.UnionWith(await Run(seed));
        }

        // A sequence that never fills a kind proves nothing about it.
        Assert.Equal(Enum.GetValues<PaperOrderType>(), met.Order());
    }

    private static async Task<List<PaperOrderType>> Run(int seed)
    {
#pragma warning disable CA5394 // A repeatable sequence, not a secret.
        var random = new Random(seed);
        await using var bed = await PaperTestBed.Create(o => o with
        {
            Currency = "EUR",
            StartingCash = 20_000m,
            SpreadPercent = 0.2m,
            SlippagePercent = 0.1m,
            CashHoldBackPercent = seed % 3,
            CancelDelay = TimeSpan.FromMilliseconds(seed % 2 * 100),
            FaultSeed = seed,
            Sessions = seed % 2 == 0 ? null : [.. Enumerable.Range(0, 40).Select(i => new PaperSession(PaperTestBed.Start.AddSeconds(i), PaperTestBed.Start.AddSeconds(i + 0.7)))],
        });
        AddFates(bed.Broker.Faults);
        var prices = Tickers.ToDictionary(t => t, _ => 50m);
        for (var step = 0; step < 200; step++)
        {
            var ticker = Tickers[random.Next(Tickers.Length)];
            switch (random.Next(20))
            {
                case < 6:
                    prices[ticker] = decimal.Round(Math.Max(1m, prices[ticker] * (decimal)(0.8 + (random.NextDouble() * 0.4))), 4);
                    bed.Broker.PutPrice(ticker, prices[ticker]);
                    break;
                case < 13:
                    var kind = Kinds[random.Next(Kinds.Length)];
                    var quantity = decimal.Round((decimal)((random.NextDouble() * 60) - 25), 4);
                    using (var response = await bed.PostTo(kind, Body(kind, ticker, quantity, Near(prices[ticker]), Near(prices[ticker]), random.Next(2) == 0)))
                    {
                        Assert.True((int)response.StatusCode is 200 or 400, $"seed {seed} step {step}: {response.StatusCode}");
                    }

                    break;
                case 13 when random.Next(4) == 0:
                    bed.Broker.ApplySplit(ticker, Factors[random.Next(Factors.Length)]);
                    break;
                case 14 when random.Next(3) == 0:
                    bed.Broker.PayDividend(ticker, decimal.Round((decimal)random.NextDouble(), 4));
                    break;
                case 15 when bed.Broker.ReadLedger().Orders.LastOrDefault(o => o.IsPending) is { } pending:
                    bed.Broker.CancelByPerson(pending.Id);
                    break;
                default:
                    bed.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(400)));
                    break;
            }

            if (step is 70 or 140)
            {
                await bed.Restart();
                AddFates(bed.Broker.Faults);
            }

            Check(bed.Broker.ReadLedger(), $"seed {seed} step {step}");
        }

        var types = bed.Broker.ReadLedger().Orders.Where(o => o.FilledQuantity != 0).Select(o => o.Type).Distinct().ToList();
        decimal Near(decimal price) => decimal.Round(price * (decimal)(0.85 + (random.NextDouble() * 0.3)), 2);
#pragma warning restore CA5394
        return types;
    }

    private static string Body(string kind, string ticker, decimal quantity, decimal limit, decimal stop, bool lasting)
    {
        var body = new JsonObject { ["ticker"] = ticker, ["quantity"] = quantity };
        if (kind != "market")
        {
            body["timeValidity"] = lasting ? "GOOD_TILL_CANCEL" : "DAY";
        }

        if (kind is "limit" or "stop_limit")
        {
            body["limitPrice"] = limit;
        }

        if (kind is "stop" or "stop_limit")
        {
            body["stopPrice"] = stop;
        }

        return body.ToJsonString();
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
        var dividends = ledger.Dividends.Sum(d => d.Amount);
        Assert.True(ledger.StartingCash == ledger.Cash + invested - ledger.RealisedProfitLoss - dividends, $"{where}: {ledger.Cash} + {invested} - {ledger.RealisedProfitLoss}");
        Assert.True(ledger.Cash >= 0, $"{where}: cash {ledger.Cash}");
        Assert.True(ledger.ReservedForOrders >= 0 && ledger.ReservedForOrders <= ledger.Cash, $"{where}: reserved {ledger.ReservedForOrders} of {ledger.Cash}");

        var cash = ledger.StartingCash + dividends - ledger.Fills.Sum(f => f.Quantity > 0 ? f.NetValue : -f.NetValue);
        Assert.True(cash == ledger.Cash, $"{where}: fills say {cash}, books say {ledger.Cash}");
        var shares = ledger.Fills.GroupBy(f => f.Ticker).ToDictionary(g => g.Key, g => g.Sum(f => f.Quantity));
        foreach (var (ticker, quantity) in shares)
        {
            Assert.True(quantity >= 0, $"{where}: {ticker} {quantity}");
            Assert.True(quantity == (ledger.Holdings.SingleOrDefault(h => h.Ticker == ticker)?.Quantity ?? 0m), $"{where}: {ticker}");
        }

        foreach (var holding in ledger.Holdings)
        {
            var reserved = ledger.Orders.Where(o => o.IsPending && !o.IsBuy && o.Ticker == holding.Ticker).Sum(o => -o.RemainingQuantity);
            Assert.True(reserved + holding.QuantityInPies <= holding.Quantity, $"{where}: {holding.Ticker} {reserved} of {holding.Quantity} reserved");
        }

        foreach (var order in ledger.Orders)
        {
            var filled = ledger.Fills.Where(f => f.OrderId == order.Id).Sum(f => f.Quantity);
            Assert.True(filled == order.FilledQuantity && Math.Abs(filled) <= Math.Abs(order.Quantity), $"{where}: order {order.Id}");
            Assert.True(order.IsPending || order.ReservedCash == 0, $"{where}: order {order.Id} reserves {order.ReservedCash}");
            foreach (var fill in ledger.Fills.Where(f => f.OrderId == order.Id && order.LimitPrice is not null))
            {
                Assert.True(order.IsBuy ? fill.Price <= order.LimitPrice : fill.Price >= order.LimitPrice, $"{where}: order {order.Id} at {fill.Price}, limit {order.LimitPrice}");
            }

            Assert.True(order.Status != PaperOrderStatus.Filled || filled == order.Quantity, $"{where}: order {order.Id}");
        }
    }
}
