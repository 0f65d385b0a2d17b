using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>What brings a symbol to need the person, and that nothing is sent for it until the person has spoken.</summary>
public sealed class BlockTests
{
    public static TheoryData<BlockCode> Codes() => [.. Enum.GetValues<BlockCode>()];

    [Fact]
    public void Every_code_resolution_and_word_has_its_own_text()
    {
        Assert.Equal(
            ["AMBIGUOUS", "CONTRADICTION", "LATE_ORDER", "OVERSOLD", "EXIT_UNCERTAIN", "SHARES_MISSING", "CORPORATE_ACTION"],
            Enum.GetValues<BlockCode>().Select(c => c.Word()));
        Assert.Equal(["mine", "not-mine", "sell"], Enum.GetValues<Resolution>().Select(r => r.Word()));
        Assert.All(Enum.GetValues<Resolution>(), r => Assert.Equal(r, InterventionWords.ParseResolution(r.Word())));
        Assert.All(["", "Mine", "not mine", "sell ", "yes"], text => Assert.Null(InterventionWords.ParseResolution(text)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((BlockCode)99).Word());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Resolution)99).Word());
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_question_is_journalled_as_it_was_put(BlockCode code)
    {
        var bench = new Bench().Held();
        var decision = bench.Wait(1).NeedPerson(code, bench.Last, 7, 8);

        Assert.Equal("PositionBlocked", Bench.Names(decision));
        var block = bench.State.Blocked!;
        Assert.Equal((code, $"{code} in words", (OrderReference?)bench.Last, bench.Now), (block.Code, block.Detail, block.Reference, block.Since));
        Assert.Equal([7L, 8L], block.OrderIds);
        Assert.Equal(PositionStatus.Open, bench.State.Status);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_blocked_symbol_makes_no_entry(BlockCode code)
    {
        var bench = new Bench().Won();
        bench.NeedPerson(code);

        var decision = bench.Wait(3600).Enter();
        Assert.Equal($"the symbol needs you: {code.Word()}", decision.Ignored);
        Assert.Empty(decision.Events);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_blocked_symbol_sells_nothing_whatever_is_wanted(BlockCode code)
    {
        var bench = new Bench().Held();
        bench.NeedPerson(code);
        Assert.Null(bench.State.NextDue(bench.Context));
        Assert.Empty(bench.Wait(60).CheckDue().Events);
        Assert.Empty(bench.Do(new PositionCommand.Recover()).Events);

        // The wish is kept.
        Assert.Equal("ExitRequested", Bench.Names(bench.Exit(ExitReason.Flatten)));
        Assert.Empty(bench.Wait(60).CheckDue().Events);
        Assert.Empty(bench.Journal.OfType<ExitIntended>());
    }

    [Fact]
    public void A_sell_that_comes_to_nothing_while_the_symbol_is_blocked_is_not_followed_by_another()
    {
        foreach (var end in new Func<Bench, PositionDecision>[] { b => b.NotExecute(), b => b.Reject(), b => { b.Accept(); return b.Settle(0m, 0m); } })
        {
            var bench = new Bench().Held();
            bench.Exit(ExitReason.StopLoss);
            bench.NeedPerson(BlockCode.Contradiction, Asked.Buy, 7);
            end(bench);

            Assert.Equal(PositionStatus.Open, bench.State.Status);
            Assert.Empty(bench.Wait(600).CheckDue().Events);
            Assert.Single(bench.Journal.OfType<ExitIntended>());
        }
    }

    [Fact]
    public void Evidence_that_frees_a_held_back_sell_of_a_blocked_symbol_sends_nothing()
    {
        var bench = Asked.Shares();

        Assert.Equal("ExitCleared", Bench.Names(bench.ClearExit()));
        Assert.Empty(bench.Wait(600).CheckDue().Events);
    }

    [Fact]
    public void Facts_of_a_blocked_symbol_are_still_taken_in()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.TakeProfit);
        bench.NeedPerson(BlockCode.Contradiction, Asked.Buy, 7);
        bench.Accept();

        Assert.Equal("OrderSettled TradeClosed", Bench.Names(bench.Settle(159m)));
        Assert.Equal((PositionStatus.Closed, BlockCode.Contradiction), (bench.State.Status, bench.State.Blocked!.Code));
    }

    [Fact]
    public void The_same_question_is_put_once_and_one_about_more_orders_anew()
    {
        var bench = Asked.UnknownBuy();
        Assert.StartsWith("blocked already", bench.NeedPerson(BlockCode.Ambiguous, Asked.Buy, 201).Ignored);
        var since = bench.State.Blocked!.Since;
        Assert.Equal("PositionBlocked", Bench.Names(bench.Wait(5).NeedPerson(BlockCode.Ambiguous, Asked.Buy, 200, 202)));

        Assert.Equal([200L, 201L, 202L], bench.State.Blocked!.OrderIds);
        Assert.Equal(since, bench.State.Blocked.Since);
        Assert.Null(bench.State.Blocked.Waiting);
        // Another reason about the same order is told, and is the one that shows.
        Assert.Equal("PositionBlocked", Bench.Names(bench.NeedPerson(BlockCode.Contradiction, Asked.Buy, 200)));
        Assert.Equal((BlockCode.Contradiction, 3), (bench.State.Blocked!.Code, bench.State.Blocked.OrderIds.Count));
    }

    [Fact]
    public void A_question_about_another_order_waits_until_the_first_is_answered()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.NotPlace();
        bench.Wait(900).Enter();
        bench.Lose();
        bench.NeedPerson(BlockCode.Ambiguous, bench.Last, 200, 201);
        bench.Wait(1).NeedPerson(BlockCode.LateOrder, Asked.Buy, 300);
        bench.Wait(1).NeedPerson(BlockCode.SharesMissing);
        bench.NeedPerson(BlockCode.LateOrder, Asked.Buy, 301);
        Assert.StartsWith("blocked already", bench.NeedPerson(BlockCode.LateOrder, Asked.Buy, 300).Ignored);

        var block = bench.State.Blocked!;
        Assert.Equal([BlockCode.Ambiguous, BlockCode.LateOrder, BlockCode.SharesMissing], block.Questions().Select(q => q.Code));
        Assert.Equal([200L, 201L], block.OrderIds);
        Assert.Contains("order 300 is not in question", bench.Resolve(Resolution.Mine, 300).Ignored);

        // The answer to one says nothing of the others: their orders stay unknown until they are asked about.
        bench.Resolve(Resolution.Mine, 200);
        Assert.Equal((BlockCode.LateOrder, Bench.Start.AddSeconds(901)), (bench.State.Blocked!.Code, bench.State.Blocked.Since));
        Assert.Equal([300L, 301L], bench.State.Blocked.OrderIds);
        Assert.Equal([200L, 201L], bench.State.RecentOrderIds.Order());
        bench.Settle(157.5m);
        Assert.Empty(bench.Wait(60).CheckDue().Events);
        Assert.Equal("PositionResolved", Bench.Names(bench.Resolve(Resolution.NotMine)));
        Assert.Equal(BlockCode.SharesMissing, bench.State.Blocked!.Code);
        Assert.Equal("PositionResolved ExitIntended", Bench.Names(bench.Resolve(Resolution.Mine)));
        bench.EndsAndTradesAgain();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_answer_with_an_order_that_is_another_one_of_ours_needs_the_person(bool unknown)
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss);
        if (unknown)
            bench.Lose();
        Assert.Equal("PositionBlocked", Bench.Names(bench.Outcome(new OrderOutcome.Accepted(100))));

        Assert.Equal(("the broker accepted AXSM-1-S1 as order 100, which is another one of ours", BlockCode.Contradiction), (bench.State.Blocked!.Detail, bench.State.Blocked.Code));
        // It cannot be two of ours, whoever says so; the other two words lead on.
        Assert.Equal("order 100 is AXSM-1-B1 already", bench.Resolve(Resolution.Mine).Ignored);
        Assert.NotNull(bench.State.Blocked);
        var decision = bench.Resolve(Resolution.NotMine);
        Assert.Equal($"PositionResolved {(unknown ? "" : "OrderOutcomeUnknown ")}OrderNotPlaced ExitCleared ExitIntended", Bench.Names(decision));
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void An_answer_for_a_given_up_order_that_names_one_of_ours_needs_the_person()
    {
        // The sell that was given up turned up, and was taken for the one after it.
        var bench = Asked.LostSell();
        bench.ClearExit();
        bench.Lose();
        bench.Do(new PositionCommand.RecordFound(bench.Last, 200, "history"));
        Assert.Equal("PositionBlocked", Bench.Names(bench.Outcome(new OrderOutcome.Accepted(200), Asked.Sell)));

        Assert.Equal((BlockCode.Contradiction, (OrderReference?)Asked.Sell), (bench.State.Blocked!.Code, bench.State.Blocked.Reference));
        Assert.Equal("order 200 is AXSM-1-S2 already", bench.Resolve(Resolution.Mine).Ignored);
        bench.Resolve(Resolution.NotMine);
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void An_answer_for_an_order_that_the_person_disowned_needs_the_person_again()
    {
        var bench = Asked.UnknownBuy();
        bench.Resolve(Resolution.NotMine);
        Assert.Equal(PositionStatus.Closed, bench.State.Status);
        Assert.Equal("PositionBlocked", Bench.Names(bench.Outcome(new OrderOutcome.Accepted(200), Asked.Buy)));

        // The shares are there: they are not forgotten.
        Assert.Equal("PositionResolved OrderFound", Bench.Names(bench.Resolve(Resolution.Mine)));
        bench.EndsAndTradesAgain();
    }

    [Fact]
    public void What_was_seen_is_journalled_first_and_only_beside_what_follows_from_it()
    {
        var bench = new Bench();
        bench.Enter();
        var seen = new EvidenceNoted(bench.Last, [new EvidenceNote(bench.Now, "POST orders/market", "200", 120)], bench.Now);

        Assert.Equal("EvidenceNoted OrderAccepted", Bench.Names(bench.Do(new PositionCommand.RecordOutcome(bench.Last, new OrderOutcome.Accepted(7)), seen)));
        Assert.Empty(bench.Do(new PositionCommand.RecordOutcome(bench.Last, new OrderOutcome.Accepted(7)), seen).Events);
        Assert.Equal("OrderSettled", Bench.Names(bench.Do(new PositionCommand.RecordSettlement(bench.Last, "FILLED", [bench.Fill(1m, 157m)]), seen with { Notes = [] })));
    }
}
