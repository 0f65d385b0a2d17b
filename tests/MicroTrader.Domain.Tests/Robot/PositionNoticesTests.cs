using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Robot;

/// <summary>What of a position's facts a person is told, wherever they are.</summary>
public sealed class PositionNoticesTests
{
    [Fact]
    public void A_trade_that_wins_is_told_twice()
    {
        var notices = Notices(new Bench().Won());

        Assert.Equal([NoticeKind.TradeOpened, NoticeKind.TradeClosed], notices.Select(n => n.Kind));
        Assert.Equal("Bought 1 AXSM at 157.50 USD", notices[0].Text);
        Assert.Equal("Closed AXSM: +2.00 USD (+1.27%), reason TP, net +2.00 USD", notices[1].Text);
        Assert.All(notices, n => Assert.Equal(("AXSM", NoticeWeight.Informational), (n.Symbol, n.Weight)));
        Assert.Equal(("AXSM-1-B1", "AXSM-1-S1"), (notices[0].Reference, notices[1].Reference));
    }

    [Fact]
    public void A_fill_that_is_only_estimated_says_so_and_is_told_once()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Accept();
        bench.Estimate(157.55m);
        bench.Settle(157.50m);

        var opened = Assert.Single(Notices(bench));
        Assert.Equal("Bought 1 AXSM at 157.55 USD, provisionally", opened.Text);
    }

    [Fact]
    public void An_entry_that_was_refused_is_told_with_the_broker_s_words()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Reject();

        var rejected = Assert.Single(Notices(bench));
        Assert.Equal(NoticeKind.TradeRejected, rejected.Kind);
        Assert.Contains("REJECTED", rejected.Text, StringComparison.Ordinal);
        Assert.Contains("Insufficient free funds", rejected.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sell_that_came_to_nothing_is_urgent_and_says_what_is_still_held()
    {
        var bench = new Bench().Held(2m);
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.NotExecute();

        var failed = Notices(bench)[^1];
        Assert.Equal((NoticeKind.ExitFailed, NoticeWeight.Urgent, "AXSM-1-S1"), (failed.Kind, failed.Weight, failed.Reference));
        Assert.Contains("2 shares are still held", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_answer_is_told_and_so_is_that_a_person_must_say()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.NeedPerson(BlockCode.Ambiguous, bench.Last, 501, 502);

        var notices = Notices(bench);
        Assert.Equal([NoticeKind.InDoubt, NoticeKind.NeedsYou], notices.Select(n => n.Kind));
        Assert.StartsWith("The buy of AXSM has no certain outcome", notices[0].Text, StringComparison.Ordinal);
        Assert.Equal(NoticeWeight.Urgent, notices[1].Weight);
        Assert.Contains("resolve AXSM mine, not-mine or sell", notices[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_has_a_word_of_its_own()
    {
        Assert.Equal(Enum.GetValues<NoticeKind>().Length, NoticeWords.All.Count);
        Assert.All(NoticeWords.All, w => Assert.Matches("^[a-z]+(-[a-z]+)*$", w.Key));
    }

    private static List<RobotNotice> Notices(Bench bench)
    {
        var notices = new List<RobotNotice>();
        var state = PositionState.Empty(Bench.Axsm);
        foreach (var fact in bench.Journal)
        {
            var before = state;
            state = state.Apply(fact);
            if (PositionNotices.Of(before, state, fact) is { } notice)
                notices.Add(notice);
        }

        return notices;
    }
}
