using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Tests.Positions;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Domain.Tests.Robot;

/// <summary>What a journal's facts tell of a trade and of its orders.</summary>
public sealed class ExplainerTests
{
    [Fact]
    public void A_trade_is_told_from_its_tick_to_its_result()
    {
        var bench = new Bench().Won();

        var explanation = Explain(bench, "AXSM-1");

        Assert.Equal(("AXSM-1", "AXSM", "AXSM_US_EQ", 1L, "CLOSED"), (explanation.Reference, explanation.Symbol, explanation.Ticker, explanation.TradeNumber, explanation.Status));
        Assert.Equal(["AXSM-1-B1", "AXSM-1-S1"], explanation.Orders.Select(o => o.Reference));
        Assert.Equal(["BUY", "SELL"], explanation.Orders.Select(o => o.Side));
        Assert.Equal(["tick", "signal", "risk", "intent"], explanation.Steps.Take(4).Select(s => s.Stage));
        Assert.Equal("result", explanation.Steps[^1].Stage);
        Assert.Contains("reason TP", explanation.Steps[^1].Text, StringComparison.Ordinal);
        Assert.Contains("P&L +2.00 USD (+1.27%)", explanation.Steps[^1].Text, StringComparison.Ordinal);
        Assert.Equal("TP", explanation.Trade!.CloseReason);
        Assert.Null(explanation.Blocked);
    }

    [Fact]
    public void The_steps_before_the_intent_say_what_was_decided_on()
    {
        var bench = new Bench();
        bench.Enter(1.5m, heldBefore: 2.25m);

        var steps = Explain(bench, "AXSM-1-B1").Steps;

        Assert.Equal("AXSM at 157.50 USD, by the feed's clock", steps[0].Text);
        Assert.Equal("+0.1 % over the window, 3 moves up in a row, volume 1.5 x the mean", steps[1].Text);
        Assert.Equal("granted", steps[2].Text);
        Assert.Equal("BUY 1.5 AXSM_US_EQ; the account held 2.25 before; the broker's clock is ours", steps[3].Text);
        Assert.All(steps, s => Assert.Equal("AXSM-1-B1", s.Reference));
    }

    [Fact]
    public void What_risk_looked_at_is_told_with_its_grant()
    {
        var bench = new Bench();
        bench.Enter();
        var look = new RiskLook(157.50m, null, null, 2, 4, 3, 15, 0, null, null, null, null, "USD");
        IPositionEvent[] facts = [.. bench.Journal.Select(f => f is EntryIntended e ? e with { Risk = look } : f)];

        Assert.Equal("granted: 157.50 USD; position 2 of 4; trade 3 of 15 within the hour", Explain(facts, "AXSM-1").Steps.Single(s => s.Stage == "risk").Text);
    }

    [Fact]
    public void An_order_is_told_with_its_own_facts_and_its_trades_alone()
    {
        var bench = new Bench().Won();

        var buy = Explain(bench, "AXSM-1-B1");
        var sell = Explain(bench, "AXSM-1-S1");

        Assert.All(buy.Steps, s => Assert.True(s.Reference is null or "AXSM-1-B1"));
        Assert.All(sell.Steps, s => Assert.True(s.Reference is null or "AXSM-1-S1"));
        Assert.Equal(["AXSM-1-B1"], buy.Orders.Select(o => o.Reference));
        Assert.DoesNotContain(sell.Steps, s => s.Stage is "tick" or "signal");
        Assert.StartsWith("SELL 1, TP", sell.Steps.First(s => s.Stage == "intent").Text, StringComparison.Ordinal);
        // What became of the trade is part of either.
        Assert.Equal("result", buy.Steps[^1].Stage);
        Assert.Equal("result", sell.Steps[^1].Stage);
    }

    [Fact]
    public void Requests_and_verdicts_are_steps_of_their_own_at_their_own_times()
    {
        var at = Bench.Start;
        var reference = new OrderReference("AXSM-1-B1");
        EvidenceNote[] sent = [new(at.AddMilliseconds(2), "POST orders/market", "Unknown: no answer", 10_003)];
        EvidenceNote[] read =
        [
            new(at.AddSeconds(11), "GET orders, positions, history/orders", "0 pending, 0 shares held, 0 orders in the history", 120, 3),
            new(at.AddSeconds(41), "verdict", "NotPlaced: complete reads over the settle window show no such order"),
        ];
        var bench = new Bench();
        bench.Enter();
        IPositionEvent[] facts =
        [
            .. bench.Journal,
            new EvidenceNoted(reference, sent, at.AddSeconds(10)),
            new OrderOutcomeUnknown(reference, "no answer", at.AddSeconds(10)),
            new EvidenceNoted(reference, read, at.AddSeconds(42)),
            new OrderNotPlaced(reference, at.AddMinutes(15), at.AddSeconds(42)),
            new TradeClosed(1, ExitReason.NotPlaced, null, null, at.AddSeconds(42)),
        ];

        var steps = Explain(facts, "AXSM-1-B1").Steps;

        Assert.Equal(["tick", "signal", "risk", "intent", "request", "outcome", "request", "verdict", "evidence", "result"], steps.Select(s => s.Stage));
        Assert.Equal(("POST orders/market: Unknown: no answer", 10_003L, 2.0, 1), (steps[4].Text, steps[4].DurationMs!.Value, steps[4].SinceIntentMs, steps[4].Times));
        Assert.Equal((120L, 3), (steps[6].DurationMs!.Value, steps[6].Times));
        Assert.Equal("CLOSED without a trade, reason NOT_PLACED", steps[^1].Text);
    }

    [Fact]
    public void Fills_are_told_with_price_account_FX_and_fees()
    {
        var bench = new Bench();
        bench.Enter(1.5m);
        bench.Accept();
        var fill = new Fill(7, 1.5m, 157.5025m, Bench.Start.AddSeconds(1), 218.61m, "EUR", 1.0812m, [new Fee("CURRENCY_CONVERSION_FEE", 0.33m, "EUR")]);
        bench.Do(new PositionCommand.RecordSettlement(bench.Last, "FILLED", [fill]));

        var step = Explain(bench, "AXSM-1").Steps.Single(s => s.Stage == "fill");

        Assert.Equal(
            "1.5 at 157.5025 USD, 14:00:01.000Z by the broker's clock; 218.61 EUR on the account, FX 1.0812 USD per EUR, fees 0.33 EUR (CURRENCY_CONVERSION_FEE)", step.Text);
    }

    [Fact]
    public void A_block_and_its_resolution_belong_to_the_order_in_question()
    {
        var bench = Blocked();

        var before = Explain(bench, "AXSM-1-B1");
        Assert.Equal("needs you: AMBIGUOUS: two orders", before.Steps[^1].Text);
        Assert.Equal("AMBIGUOUS", before.Blocked!.Code);

        bench.Wait(60);
        bench.Do(new PositionCommand.Resolve(Resolution.Mine, 501));
        var after = Explain(bench, "AXSM-1-B1");

        Assert.Null(after.Blocked);
        Assert.Contains(after.Steps, s => s is { Stage: "resolved", Reference: "AXSM-1-B1" } && s.Text.StartsWith("you said mine (order 501): ", StringComparison.Ordinal));
        Assert.Contains(after.Steps, s => s.Stage == "evidence" && s.Text == "order 501 is this one (source: you)");
    }

    [Fact]
    public void An_order_that_became_a_trade_of_its_own_is_told_through_both()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.Do(new PositionCommand.RecordNotPlaced(bench.Last));
        bench.Wait(16 * 60);
        bench.Do(new PositionCommand.RecordFound(new OrderReference("AXSM-1-B1"), 777, "history"));
        Assert.Equal(BlockCode.LateOrder, bench.State.Blocked!.Code);
        bench.Enter();
        Assert.Equal(1, bench.State.TradeNumber);
        bench.Do(new PositionCommand.Resolve(Resolution.NotMine, null));
        bench.Wait(1);
        bench.Enter();
        bench.Do(new PositionCommand.RecordOutcome(bench.Last, new OrderOutcome.Rejected("no", "not today")));
        bench.Wait(1);
        bench.Do(new PositionCommand.RecordFound(new OrderReference("AXSM-1-B1"), 778, "history"));
        bench.Do(new PositionCommand.Resolve(Resolution.Mine, null));
        Assert.Equal(3, bench.State.TradeNumber);

        var order = Explain(bench, "AXSM-1-B1");
        var adopted = Explain(bench, "AXSM-3");

        Assert.Equal((3L, "PENDING"), (order.TradeNumber, order.Status));
        Assert.Contains(order.Steps, s => s.Stage == "tick");
        Assert.Contains(order.Steps, s => s.Text == "order 778, given up before, is the robot's: it becomes trade 3");
        Assert.DoesNotContain(adopted.Steps, s => s.Stage == "tick");
        Assert.Equal("AXSM-1-B1", Assert.Single(adopted.Orders).Reference);
        Assert.Equal("REJECTED", Explain(bench, "AXSM-2").Trade!.CloseReason);
        Assert.Equal("NOT_PLACED", Explain(bench, "AXSM-1").Trade!.CloseReason);
    }

    [Fact]
    public void What_the_facts_do_not_know_has_no_explanation()
    {
        var bench = new Bench().Won();
        foreach (var unknown in new[] { "AXSM-2", "AXSM-1-B2", "AXSM-1-S2", "AXSM-0" })
            Assert.Null(Explainer.Explain(TradeReference.Parse(unknown)!, bench.Journal));
        Assert.Equal(["AXSM-1", "AXSM-1-B1", "AXSM-1-S1"], Explainer.Names(Bench.Axsm, bench.Journal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("AXSM-17-B1", "AXSM", 17, "AXSM-17-B1")]
    [InlineData(" axsm-17-s12 ", "AXSM", 17, "AXSM-17-S12")]
    [InlineData("brk-b-3", "BRK-B", 3, null)]
    [InlineData("BRK.B-3-B1", "BRK.B", 3, "BRK.B-3-B1")]
    [InlineData("X-1-2", "X-1", 2, null)]
    public void A_reference_is_read_in_any_case(string text, string symbol, long number, string? order) =>
        Assert.Equal(new TradeReference(Symbol.Parse(symbol), number, order), TradeReference.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("AXSM")]
    [InlineData("AXSM-")]
    [InlineData("17-B1")]
    [InlineData("AXSM-17-X1")]
    [InlineData("AXSM-17-B")]
    [InlineData("AXSM-99999999999999999999-B1")]
    [InlineData("TOO.LONG.TO.BE.A.SYMBOL-1")]
    public void Anything_else_is_none(string? text) => Assert.Null(TradeReference.Parse(text));

    [Fact]
    public void The_nearest_names_take_the_fewest_changes() =>
        Assert.Equal(["AXSM-17-B1", "AXSM-17", "AXSM-7-B1"], NearestNames.To("axsm-17-b", ["DJT-2", "AXSM-7-B1", "AXSM-17", "WULF-17-B1", "AXSM-17-B1"]));

    internal static Bench Blocked()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.Wait(5);
        bench.Do(new PositionCommand.NeedPerson(BlockCode.Ambiguous, "two orders", bench.Last, [501, 502]));
        return bench;
    }

    private static Explanation Explain(Bench bench, string reference) => Explain(bench.Journal, reference);

    private static Explanation Explain(IEnumerable<IPositionEvent> facts, string reference) => Explainer.Explain(TradeReference.Parse(reference)!, facts)!;
}
