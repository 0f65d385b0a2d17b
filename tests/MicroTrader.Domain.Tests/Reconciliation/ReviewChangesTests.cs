using System.Globalization;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Reconciliation;

/// <summary>Shares of ours that the person sold, or that a corporate action changed.</summary>
public sealed class ReviewChangesTests
{
    [Fact]
    public void Shares_that_the_person_sold_whole_are_closed_by_the_person_and_counted_once()
    {
        var (bench, reads) = Held(1m);
        var sale = reads.PersonSells(1m);
        var changed = reads.Single<Finding.HoldingChanged>();

        Assert.Equal((AdjustmentReason.ClosedByYou, -1m, (decimal?)159m, 1L), (changed.Reason, changed.Quantity, changed.Price, changed.TradeNumber));
        Assert.Equal([sale.OrderId], changed.OrderIds);
        Assert.Equal("HoldingAdjusted TradeClosed", reads.Tell(changed));
        Assert.Equal(ExitReason.ClosedByYou, bench.Trade.CloseReason);
        Assert.Empty(reads.Review());
    }

    [Fact]
    public void Shares_that_the_person_sold_in_part_are_counted_once()
    {
        var (bench, reads) = Held(2m);
        reads.PersonSells(0.5m);
        reads.Account = 1.5m;
        Assert.Equal("HoldingAdjusted", reads.Tell(reads.Single<Finding.HoldingChanged>()));

        Assert.Equal(1.5m, bench.Trade.Held);
        Assert.Empty(reads.Review());
    }

    [Fact]
    public void Sales_are_weighted_in_the_price()
    {
        var (_, reads) = Held(2m);
        reads.PersonSells(0.5m, 160m);
        reads.PersonSells(1.5m, 164m);

        Assert.Equal((-2m, (decimal?)163m), (reads.Single<Finding.HoldingChanged>().Quantity, reads.Single<Finding.HoldingChanged>().Price));
    }

    [Theory]
    // Held before, bought and sold by the person since, shown by the account; what of ours went (we bought 2).
    [InlineData("5", "0", "5", "2", null)]
    [InlineData("5", "0", "4", "3", null)]
    [InlineData("5", "0", "6", "1", "-1")]
    [InlineData("5", "0", "7", "0", "-2")]
    [InlineData("0", "3", "3", "2", null)]
    [InlineData("0", "3", "4", "1", "-1")]
    [InlineData("5", "2", "9", "0", "-2")]
    [InlineData("0", "0", "0.5", "1.5", "-0.5")]
    // Reads that do not agree to the share wait: one of them is old.
    [InlineData("0", "0", "2", "1.5", null)]
    [InlineData("0", "0", "9", "0", null)]
    public void The_person_s_own_shares_go_first(string before, string bought, string sold, string account, string? gone)
    {
        var (_, reads) = Held(2m, Number(before));
        if (Number(bought) > 0)
            reads.ShowFilled(OrderSide.Buy, Number(bought), OrderOrigin.Other);
        reads.PersonSells(Number(sold));
        reads.Account = Number(account);

        if (gone is null)
            Assert.Empty(reads.Review());
        else
            Assert.Equal(Number(gone), reads.Single<Finding.HoldingChanged>().Quantity);
    }

    [Fact]
    public void A_second_sale_is_counted_on_from_the_first()
    {
        var (bench, reads) = Held(2m, heldBefore: 5m);
        reads.PersonSells(6m);
        reads.Account = 1m;
        reads.Tell(reads.Single<Finding.HoldingChanged>());
        Assert.Equal(1m, bench.Trade.Held);
        Assert.Empty(reads.Review());

        // Never more than the sales explain: an account that shows less for the moment waits.
        var second = reads.PersonSells(0.5m, 160m);
        reads.Account = 0m;
        Assert.Empty(reads.Review());
        reads.Account = 0.5m;
        Assert.Equal(-0.5m, reads.Single<Finding.HoldingChanged>().Quantity);
        reads.History.Remove(second);
        second = reads.PersonSells(1m, 160m);
        reads.Account = 0m;
        var changed = reads.Single<Finding.HoldingChanged>();
        Assert.Equal((-1m, (decimal?)160m), (changed.Quantity, changed.Price));
        Assert.Equal([second.OrderId], changed.OrderIds);
        Assert.Equal("HoldingAdjusted TradeClosed", reads.Tell(changed));
    }

    [Fact]
    public void A_holding_that_is_short_alone_or_a_sale_alone_may_be_stale()
    {
        var (_, reads) = Held(1m);
        Assert.Empty(reads.Review());

        reads.PersonSells(1m);
        reads.Account = 1m;
        Assert.Empty(reads.Review());
    }

    [Fact]
    public void Only_what_the_person_sold_since_and_that_was_filled_counts()
    {
        var (bench, reads) = Held(1m);
        var sale = reads.PersonSells(1m);
        foreach (var other in new[]
        {
            sale with { CreatedAt = Bench.Start.AddSeconds(-5).AddTicks(-1) },
            sale with { CreatedAt = null },
            sale with { Fills = [] },
            sale with { Side = null },
            sale with { Side = OrderSide.Buy },
            sale with { Ticker = new("DJT_US_EQ") },
            sale with { Origin = OrderOrigin.NotGiven },
            sale with { OrderId = bench.Trade.Entry.OrderId!.Value },
        })
        {
            reads.History[0] = other;
            Assert.Empty(reads.Review());
        }

        // Another program's sale is told as that.
        reads.History[0] = sale with { Origin = OrderOrigin.Api };
        Assert.IsType<Finding.Foreign>(reads.Single());
        reads.History[0] = sale with { CreatedAt = Bench.Start.AddSeconds(-5) };
        Assert.IsType<Finding.HoldingChanged>(reads.Single());
    }

    [Fact]
    public void Where_it_is_not_known_what_was_held_before_nothing_is_the_person_s_for_certain()
    {
        var (_, reads) = Held(1m, null);
        reads.PersonSells(1m);

        Assert.Empty(reads.Review());
    }

    [Fact]
    public void A_refused_sell_is_explained_by_the_person_s_sale()
    {
        var (bench, reads) = Held(1m);
        bench.Exit(ExitReason.StopLoss);
        bench.Reject(code: PositionRules.NotOwnedCode);
        bench.Wait(3600);
        reads.PersonSells(1m);

        Assert.Equal("HoldingAdjusted TradeClosed", reads.Tell(reads.Single<Finding.HoldingChanged>()));
        bench.EndsAndTradesAgain();
    }

    [Theory]
    // Ours, the person's beside it, moved by the action; ours after it.
    [InlineData("1", "0", "1", "2")]
    [InlineData("1", "9", "10", "2")]
    [InlineData("4", "0", "-3", "1")]
    [InlineData("4", "36", "-30", "1")]
    [InlineData("1", "0", "0.5", "1.5")]
    [InlineData("1", "7", "4", "1.5")]
    [InlineData("8", "0", "-7.9992", "0.0008")]
    public void A_split_changes_ours_and_theirs_alike_and_is_counted_once(string ours, string theirs, string moved, string after)
    {
        var (bench, reads) = Held(Number(ours), Number(theirs));
        var split = reads.Split(Number(moved));
        reads.Account = Number(ours) + Number(theirs) + Number(moved);
        var changed = reads.Single<Finding.HoldingChanged>();

        Assert.Equal((AdjustmentReason.CorporateAction, Number(after) - Number(ours), (decimal?)null), (changed.Reason, changed.Quantity, changed.Price));
        Assert.Equal([split.OrderId], changed.OrderIds);
        Assert.Equal("HoldingAdjusted", reads.Tell(changed));
        Assert.Equal(Number(after), bench.Trade.Held);
        Assert.Empty(reads.Review());
    }

    public static TheoryData<string, string, string, string, string> Uncertain() => new()
    {
        // Ours, theirs, moved, the account after it.
        { "a part that is no whole ten thousandth", "1", "2", "-2", "1" },
        { "a third", "1", "0", "-0.66666", "0.33334" },
        { "nothing left", "1", "0", "-1", "0" },
        { "fewer before than ours", "2", "0", "2", "3" },
    };

    [Theory]
    [MemberData(nameof(Uncertain))]
    public void A_split_that_cannot_be_shared_out_for_certain_needs_the_person(string why, string ours, string theirs, string moved, string account)
    {
        var (bench, reads) = Held(Number(ours), Number(theirs));
        var split = reads.Split(Number(moved));
        reads.Account = Number(account);
        var asked = reads.Single<Finding.NeedsPerson>();

        Assert.Equal((BlockCode.CorporateAction, (OrderReference?)null), (asked.Code, asked.Reference));
        Assert.Equal([split.OrderId], asked.OrderIds);
        Assert.Equal("PositionBlocked", reads.Tell(asked));
        bench.Resolve(Resolution.Mine);
        Assert.DoesNotContain(reads.Review(), f => f is Finding.NeedsPerson or Finding.HoldingChanged);
        Assert.NotEmpty(why);
    }

    [Fact]
    public void A_split_beside_anything_else_that_moved_the_holding_needs_the_person()
    {
        var (_, reads) = Held(1m);
        reads.Split(1m);
        reads.Split(2m);
        reads.Account = 4m;
        Assert.Equal(2, reads.Single<Finding.NeedsPerson>().OrderIds.Count);

        (_, reads) = Held(1m);
        var split = reads.Split(1m);
        reads.ShowFilled(OrderSide.Buy, 1m, OrderOrigin.Other);
        reads.Account = 3m;
        Assert.Equal([split.OrderId], reads.Single<Finding.NeedsPerson>().OrderIds);
    }

    [Fact]
    public void An_action_that_moved_nothing_says_nothing()
    {
        var (_, reads) = Held(1m);
        reads.History.Add(reads.Split(1m) with { OrderId = 7, CorporateQuantity = 0m });
        reads.History.RemoveAt(0);
        reads.Account = 1m;

        Assert.Empty(reads.Review());
    }

    private static (Bench Bench, Reads Reads) Held(decimal quantity, decimal? heldBefore = 0m)
    {
        var bench = new Bench();
        bench.Enter(quantity, heldBefore: heldBefore);
        bench.Accept();
        bench.Settle(157.5m);
        return (bench, new Reads(bench));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
