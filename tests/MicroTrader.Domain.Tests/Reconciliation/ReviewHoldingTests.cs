using System.Globalization;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Reconciliation;

/// <summary>Whether what is held is still there, and whether a sell that came to nothing may be sent anew.</summary>
public sealed class ReviewHoldingTests
{
    [Theory]
    [InlineData(ExitHoldKind.Refused)]
    [InlineData(ExitHoldKind.NotPlaced)]
    public void Shares_that_are_there_and_free_let_the_next_sell_go(ExitHoldKind kind)
    {
        var (bench, reads) = HeldBack(kind);
        reads.Account = 1m;
        var free = reads.Single<Finding.ExitFree>();

        Assert.Equal((1L, bench.Trade.ExitHold!.Since), (free.TradeNumber, free.Since));
        bench.Wait(5);
        Assert.Equal("ExitCleared ExitIntended", reads.Tell(free));
        Assert.Empty(reads.Review());
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(ExitHoldKind.Refused)]
    [InlineData(ExitHoldKind.NotPlaced)]
    public void Every_read_must_be_taken_after_the_sell_came_to_nothing(ExitHoldKind kind)
    {
        var (bench, reads) = HeldBack(kind);
        reads.Account = 1m;
        var early = bench.Trade.ExitHold!.Since.AddTicks(-1);
        foreach (var change in new Func<Evidence, Evidence>[] { e => e with { HoldingsReadAt = early }, e => e with { PendingReadAt = early }, e => e with { HistoryReadAt = early } })
            Assert.Contains("not read since", Assert.IsType<Finding.Wait>(reads.Single(change)).Why);
    }

    [Theory]
    [InlineData(OrderOrigin.Api)]
    [InlineData(OrderOrigin.Other)]
    [InlineData(OrderOrigin.NotGiven)]
    public void Shares_that_a_pending_order_of_anyone_reserves_wait_for_as_long_as_it_is_there(OrderOrigin origin)
    {
        var (bench, reads) = HeldBack(ExitHoldKind.Refused);
        reads.Account = 1m;
        var order = reads.ShowPending(OrderSide.Sell, 0.5m, origin);
        bench.Wait(86_400);
        Wait($"order {order.OrderId} reserves shares", reads);

        // A side that the broker did not say may be a sale.
        reads.Pending[0] = order with { Side = null, Origin = OrderOrigin.Other };
        Wait("reserves shares", reads);
        reads.Pending[0] = order with { Side = OrderSide.Buy, Origin = OrderOrigin.Other };
        Assert.IsType<Finding.ExitFree>(reads.Single());
        reads.Pending[0] = order with { Ticker = new("DJT_US_EQ"), Origin = OrderOrigin.Other };
        Assert.IsType<Finding.ExitFree>(reads.Single());
    }

    [Theory]
    [InlineData(ExitHoldKind.Refused, "0")]
    [InlineData(ExitHoldKind.Refused, "0.9999")]
    [InlineData(ExitHoldKind.NotPlaced, "0")]
    public void Shares_that_do_not_show_wait_for_the_settle_window_then_need_the_person(ExitHoldKind kind, string account)
    {
        var (bench, reads) = HeldBack(kind);
        reads.Account = decimal.Parse(account, CultureInfo.InvariantCulture);
        Wait("the settle window ends", reads);
        bench.Wait((bench.Trade.ExitHold!.Since.AddSeconds(30) - bench.Now).TotalSeconds);
        var until = bench.Now;
        Assert.IsType<Finding.Wait>(reads.Single(e => e with { HoldingsReadAt = until.AddTicks(-1) }));

        var missing = reads.Single<Finding.NeedsPerson>();
        Assert.Equal((BlockCode.SharesMissing, (OrderReference?)null), (missing.Code, missing.Reference));
        Assert.Empty(missing.OrderIds);
        Assert.Equal($"the account shows {account} shares, the robot bought 1, and no sale explains it", missing.Detail);
        Assert.Equal("PositionBlocked", reads.Tell(missing));
        Assert.Empty(reads.Review());
    }

    [Fact]
    public void A_lost_sell_beside_the_person_s_own_shares_needs_the_person()
    {
        var (bench, reads) = HeldBack(ExitHoldKind.NotPlaced);
        reads.Account = 1.0001m;
        var uncertain = reads.Single<Finding.NeedsPerson>();

        Assert.Equal((BlockCode.ExitUncertain, (OrderReference?)null), (uncertain.Code, uncertain.Reference));
        Assert.Contains("AXSM-1-S1", uncertain.Detail);
        Assert.Equal("PositionBlocked", reads.Tell(uncertain));
        Assert.Empty(bench.Wait(600).CheckDue().Events);
        bench.Resolve(Resolution.Mine);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void A_refused_sell_beside_the_person_s_own_shares_exists_for_sure_not_and_goes_again()
    {
        var (_, reads) = HeldBack(ExitHoldKind.Refused);
        reads.Account = 7m;

        Assert.IsType<Finding.ExitFree>(reads.Single());
    }

    [Fact]
    public void The_history_must_reach_back_before_the_shares_were_bought()
    {
        var (_, reads) = HeldBack(ExitHoldKind.Refused);
        reads.Account = 1m;
        // Skew of 5 s: nothing of this trade is older.
        Assert.Empty(reads.Review(e => e with { HistoryCompleteSince = Bench.Start.AddSeconds(-5) }));
        Assert.IsType<Finding.ExitFree>(reads.Single(e => e with { HistoryCompleteSince = Bench.Start.AddSeconds(-5).AddTicks(-1) }));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("history")]
    [InlineData("history, how far")]
    [InlineData("holdings")]
    public void One_read_that_failed_tells_nothing_of_what_is_held(string failed)
    {
        foreach (var bench in new[] { HeldBack(ExitHoldKind.Refused).Bench, HeldBack(ExitHoldKind.NotPlaced).Bench, new Bench().Held() })
        {
            var reads = new Reads(bench.Wait(3600));
            reads.PersonSells(1m);
            Assert.NotEmpty(reads.Review());

            Assert.Empty(reads.Review(e => failed switch
            {
                "pending" => e with { Pending = null },
                "history" => e with { History = null },
                "holdings" => e with { Holdings = null },
                _ => e with { HistoryCompleteSince = null },
            }));
        }
    }

    [Fact]
    public void A_holding_is_only_judged_while_it_rests()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.Close);
        foreach (var reads in new[] { new Reads(bench), new Reads(Asked.Shares()), new Reads(Provisional()) })
        {
            reads.PersonSells(1m);
            Assert.Empty(reads.Review());
        }
    }

    private static Bench Provisional()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.Estimate(157m);
        return bench;
    }

    private static (Bench Bench, Reads Reads) HeldBack(ExitHoldKind kind)
    {
        var bench = new Bench().Held();
        bench.Wait(5).Exit(ExitReason.StopLoss);
        if (kind == ExitHoldKind.Refused)
        {
            bench.Reject(code: PositionRules.NotOwnedCode);
        }
        else
        {
            bench.Lose();
            bench.Wait(1).NotPlace();
        }

        Assert.Equal(kind, bench.Trade.ExitHold!.Kind);
        return (bench.Wait(1), new Reads(bench));
    }

    private static void Wait(string why, Reads reads)
    {
        // One by API is another program's, too.
        Assert.Contains(why, Assert.Single(reads.Review().OfType<Finding.Wait>()).Why);
        Assert.DoesNotContain(reads.Review(), f => f is Finding.ExitFree);
    }
}
