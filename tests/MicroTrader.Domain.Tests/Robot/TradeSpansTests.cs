using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Robot;

/// <summary>A trade's trace, from its facts alone.</summary>
public sealed class TradeSpansTests
{
    [Fact]
    public void A_trade_has_every_span_at_its_own_time()
    {
        var bench = new Bench();
        bench.Enter();
        var buy = bench.Last;
        bench.Wait(0.05).Do(new PositionCommand.RecordOutcome(buy, new OrderOutcome.Accepted(501)), Noted(buy, bench.Now.AddMilliseconds(-40), 35));
        bench.Wait(1);
        bench.Settle(157.50m);
        bench.Wait(5);
        bench.Exit(ExitReason.TakeProfit, 159.50m);
        var sell = bench.Last;
        bench.Wait(0.1).Do(new PositionCommand.RecordOutcome(sell, new OrderOutcome.Accepted(502)), Noted(sell, bench.Now.AddMilliseconds(-80), 70));
        bench.Wait(2);
        bench.Settle(159.50m);

        var spans = TradeSpans.Of(bench.Journal);

        Assert.Equal(
            ["tick", "signal", "risk", "intent", "POST", "confirm", "fill", "exit", "intent", "POST", "confirm", "fill", "close"],
            Sorted(spans).Select(s => s.Name));
        Assert.All(spans, s => Assert.True(s.From <= s.To, s.Name));
        var post = spans.First(s => s is { Name: "POST", Reference: "AXSM-1-B1" });
        Assert.Equal((Bench.Start.AddMilliseconds(10), TimeSpan.FromMilliseconds(35)), (post.From, post.To - post.From));
        Assert.Equal(TimeSpan.FromMilliseconds(50), Length(spans, "confirm", "AXSM-1-B1"));
        Assert.Equal(TimeSpan.FromSeconds(1), Length(spans, "fill", "AXSM-1-B1"));
        Assert.Equal(TimeSpan.FromMilliseconds(100), Length(spans, "confirm", "AXSM-1-S1"));
        Assert.Equal(TimeSpan.FromSeconds(2), Length(spans, "fill", "AXSM-1-S1"));
        Assert.Equal(bench.Now, spans.Single(s => s.Name == "close").To);
        Assert.Equal("TP", spans.Single(s => s.Name == "exit").Tags.Single(t => t.Key == "microtrader.reason").Value);
    }

    [Fact]
    public void An_entry_that_came_to_nothing_has_a_trace_without_a_fill()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Reject();

        Assert.Equal(["close", "confirm", "intent", "risk", "signal", "tick"], TradeSpans.Of(bench.Journal).Select(s => s.Name).Order(StringComparer.Ordinal));
    }

    // A confirmation that took until evidence told is as long as that.
    [Fact]
    public void A_lost_answer_is_confirmed_when_evidence_tells()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Wait(10);
        bench.Lose();
        bench.Wait(20);
        bench.Find();

        Assert.Equal(TimeSpan.FromSeconds(30), Length(TradeSpans.Of(bench.Journal), "confirm", "AXSM-1-B1"));
    }

    [Fact]
    public void Nothing_has_no_spans() => Assert.Empty(TradeSpans.Of([]));

    private static EvidenceNoted Noted(OrderReference reference, DateTimeOffset at, long ms) =>
        new(reference, [new EvidenceNote(at, "POST orders/market", "200: Accepted", ms)], at);

    private static TimeSpan Length(IReadOnlyList<TradeSpan> spans, string name, string reference)
    {
        var span = spans.Single(s => s.Name == name && s.Reference == reference);
        return span.To - span.From;
    }

    // By their beginning; of those that began together, in the order of a trade.
    private static IEnumerable<TradeSpan> Sorted(IReadOnlyList<TradeSpan> spans)
    {
        string[] order = ["tick", "signal", "risk", "exit", "intent", "POST", "confirm", "fill", "close"];
        return spans.OrderBy(s => s.Reference == "AXSM-1-S1" || s.Name is "exit" or "close" ? 1 : 0).ThenBy(s => s.Name == "close" ? 1 : 0).ThenBy(s => Array.IndexOf(order, s.Name));
    }
}
