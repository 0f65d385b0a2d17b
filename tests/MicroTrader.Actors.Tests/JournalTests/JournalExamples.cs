using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Actors.Tests.JournalTests;

/// <summary>Of each type that the journal may hold: one example with every member set, and one with as few as may be.</summary>
internal static class JournalExamples
{
    private static readonly DateTimeOffset At = new(2026, 6, 15, 14, 30, 0, 123, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 6, 15);
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly OrderReference Buy = new("AXSM-17-B1");
    private static readonly OrderReference Sell = new("AXSM-17-S1");
    private static readonly EntrySignal Signal = new(Axsm, 157.50m, At, At.AddMilliseconds(3), 0.152381m, 3, 4.117647m);
    private static readonly EntrySignal Bare = new(Axsm, 157.50m, At, At, 0.1m, 3, null);
    private static readonly Fill FullFill = new(54_350_000_001, 1.5m, 157.50m, At.AddSeconds(1), 236.60m, "EUR", 1.0812m, [new Fee("CURRENCY_CONVERSION_FEE", 0.35m, "EUR")]);
    private static readonly Fill BareFill = new(null, 1m, 157.50m, At, null, null, null, []);
    private static readonly TradeResult Full = new(1.5m, 157.50m, 159.50m, 3.00m, 1.26984126984126984126984127m, "USD", 2.41m, "EUR", 0.70m);
    private static readonly TradeResult Few = new(1m, 157.50m, 159.50m, 2.00m, 1.27m, "USD", null, null, null);

    public static IReadOnlyDictionary<string, (object Full, object Minimal)> ByManifest { get; } = new Dictionary<string, (object, object)>
    {
        ["pos-entry-intended/1"] = (
            new EntryIntended(17, Buy, new Ticker("AXSM_US_EQ"), "USD", 1.5m, Signal, -1250, 2.25m, At),
            new EntryIntended(1, Buy, new Ticker("AXSM_US_EQ"), "USD", 1m, Bare, 0, null, At)),
        ["pos-exit-intended/1"] = (
            new ExitIntended(Sell, 1.5m, ExitReason.TakeProfit, 159.50m, -1250, At),
            new ExitIntended(Sell, 1m, ExitReason.Time, null, 0, At)),
        ["pos-exit-requested/1"] = (new ExitRequested(ExitReason.StopLoss, 156.71m, At), new ExitRequested(ExitReason.Flatten, null, At)),
        ["pos-order-accepted/1"] = (new OrderAccepted(Buy, 54_250_294_524, At), new OrderAccepted(Buy, 1, At)),
        ["pos-order-rejected/1"] = (
            new OrderRejected(Buy, "insufficient-free-for-stocks-buy", "Not \"enough\" cash, zu wenig für 1 Stück", At),
            new OrderRejected(Buy, "", "", At)),
        ["pos-order-not-executed/1"] = (new OrderNotExecuted(Buy, "RateLimited: too many requests", At), new OrderNotExecuted(Buy, "", At)),
        ["pos-order-unknown/1"] = (new OrderOutcomeUnknown(Sell, "no answer", At), new OrderOutcomeUnknown(Sell, "", At)),
        ["pos-order-found/1"] = (new OrderFound(Sell, 54_250_294_525, "history", At), new OrderFound(Sell, 1, "pending", At)),
        ["pos-order-not-placed/1"] = (new OrderNotPlaced(Buy, At.AddMinutes(15), At), new OrderNotPlaced(Buy, At, At)),
        ["pos-fill-estimated/1"] = (new OrderFillEstimated(Buy, 1.5m, 157.4321m, At.AddSeconds(-1), At), new OrderFillEstimated(Buy, 1m, 157m, At, At)),
        ["pos-order-settled/1"] = (new OrderSettled(Buy, "FILLED", [FullFill, BareFill], At), new OrderSettled(Buy, "CANCELLED", [], At)),
        ["pos-trade-closed/1"] = (
            new TradeClosed(17, ExitReason.TakeProfit, "the broker's words", Full, At),
            new TradeClosed(1, ExitReason.NotPlaced, null, null, At)),
        ["pos-blocked/1"] = (
            new PositionBlocked(BlockCode.Ambiguous, "orders 54250294524, 54250294525 could all be AXSM-17-B1", Buy, [54_250_294_524, 54_250_294_525], At),
            new PositionBlocked(BlockCode.SharesMissing, "", null, [], At)),
        ["pos-resolved/1"] = (
            new PositionResolved(Resolution.Mine, 54_250_294_524, [54_250_294_525], "order 54250294524 is AXSM-17-B1; it is followed and its shares leave by the rules", At),
            new PositionResolved(Resolution.NotMine, null, [], "", At)),
        ["pos-holding-adjusted/1"] = (
            new HoldingAdjusted(AdjustmentReason.ClosedByYou, -1.5m, 158.25m, [54_250_294_526], "you sold 1.5 shares of the robot's (order 54250294526)", At),
            new HoldingAdjusted(AdjustmentReason.CorporateAction, 1m, null, [], "", At)),
        ["pos-exit-cleared/1"] = (
            new ExitCleared("the account holds 1.5 shares, none is reserved, and complete reads show no sale", At),
            new ExitCleared("", At)),
        ["pos-late-entry-adopted/1"] = (
            new LateEntryAdopted(18, Buy, new Ticker("AXSM_US_EQ"), "USD", 1.5m, Signal, -1250, At, 54_250_294_524, At.AddMinutes(20)),
            new LateEntryAdopted(2, Buy, new Ticker("AXSM_US_EQ"), "USD", 1m, Bare, 0, At, 1, At)),
        ["pos-evidence/1"] = (
            new EvidenceNoted(
                Buy,
                [
                    new EvidenceNote(At.AddMilliseconds(4), "POST orders/market", "Unknown: no answer", 10_003, 1),
                    new EvidenceNote(At.AddSeconds(11), "GET orders, positions, history/orders", "0 pending, 0 shares held, 0 orders in the history", 120, 3),
                    new EvidenceNote(At.AddSeconds(41), "verdict", "NotPlaced: complete reads over the settle window show no such order", null, 1),
                ],
                At.AddSeconds(42)),
            new EvidenceNoted(Buy, [], At)),
        ["pos-state/1"] = (FullState, PositionState.Empty(Axsm)),
        ["risk-foreign-orders/1"] = (
            new ForeignOrdersSeen([54_250_294_530, 54_250_294_531], "another program trades this account", At),
            new ForeignOrdersSeen([], "", At)),
        ["risk-trading-state/1"] = (new TradingStateChanged(TradingState.ExitOnly, "flatten", At), new TradingStateChanged(TradingState.Stopped, "", At)),
        ["risk-day-began/1"] = (new TradingDayBegan(Day, -12.345m, At), new TradingDayBegan(Day, 0m, At)),
        ["risk-trade-taken/1"] = (
            new TradeTaken(Axsm, 17, Buy, 3.00m, "USD", 2.41m, "EUR", 2.41m, true, 1.0812m, At.AddSeconds(-1), At),
            new TradeTaken(Axsm, 1, Buy, 0m, "USD", null, null, 0m, false, null, At, At)),
        ["risk-cool-down/1"] = (new CoolDownBegan(At.AddSeconds(90), 3, At), new CoolDownBegan(At, 1, At)),
        ["risk-daily-loss/1"] = (new DailyLossReached(Day, -50.25m, 50m, At), new DailyLossReached(Day, -1m, 1m, At)),
        ["risk-state/1"] = (
            new RiskSnapshot(
                TradingState.ExitOnly,
                "flatten",
                At,
                new RiskCounters([new CountedTrade(Axsm, 17), new CountedTrade(Symbol.Parse("HUT"), 3)], -12.345m, new DayAccount(Day, 1.25m, 4, 1, 50m), 3, At.AddSeconds(90), [new CurrencyWorth("USD", 0.9249m)])),
            new RiskSnapshot(TradingState.Active, "start", null, RiskCounters.Empty)),
    };

    /// <summary>Types that grew members later: an example of each that has them. Its first golden file stays as it was.</summary>
    public static IReadOnlyDictionary<string, object> Grown { get; } = new Dictionary<string, object>
    {
        ["risk-state/1"] = new RiskSnapshot(
            TradingState.Stopped, "stop-all", At, RiskCounters.Empty, [54_250_294_530], new SharedAccount("another program trades this account: order 54250294530, Buy 3 HUT_US_EQ", At.AddSeconds(-5))),
        ["pos-entry-intended/1"] = new EntryIntended(17, Buy, new Ticker("AXSM_US_EQ"), "USD", 1.5m, Signal, -1250, 2.25m, At)
        {
            Risk = new RiskLook(236.25m, 202.31m, 4_750.50m, 2, 4, 3, 15, 1, -3.20m, 250m, 0.3125m, 0.5m, "EUR"),
        },
        ["pos-state/1"] = FullState with
        {
            Trade = FullState.Trade! with
            {
                Adjustments =
                [
                    new HoldingAdjusted(AdjustmentReason.ClosedByYou, -0.5m, 158.25m, [54_250_294_526], "you sold 0.5 shares of the robot's (order 54250294526)", At.AddSeconds(3)),
                    new HoldingAdjusted(AdjustmentReason.HandedOver, -1m, null, [], "handed over to you", At.AddSeconds(8)),
                ],
                ExitHold = new ExitHold(ExitHoldKind.NotPlaced, At.AddSeconds(6)),
            },
            Blocked = new Block(
                BlockCode.Contradiction,
                "two stories",
                Sell,
                [54_250_294_525, 54_250_294_527],
                At.AddSeconds(9),
                [new Block(BlockCode.CorporateAction, "a split", null, [54_250_294_528], At.AddSeconds(10))]),
            GivenUp =
            [
                new GivenUpOrder(
                    new OrderState(new OrderReference("AXSM-16-B1"), OrderSide.Buy, 1m, OrderStatus.NotPlaced, At.AddMinutes(-20), 0, null, null, At.AddMinutes(-19), "no answer", 0m, null, null, []),
                    new Ticker("AXSM_US_EQ"),
                    "USD",
                    Bare),
            ],
        },
        ["pos-exit-intended/1"] = new ExitIntended(Sell, 1.5m, ExitReason.StopLoss, 156.50m, -1250, At, PriceBasis.Broker),
        ["pos-exit-requested/1"] = new ExitRequested(ExitReason.StopLoss, 156.50m, At, PriceBasis.Broker),
    };

    private static PositionState FullState => new(
        Axsm,
        PositionStatus.PendingClose,
        new TradeState(
            17,
            new Ticker("AXSM_US_EQ"),
            "USD",
            Signal,
            2.25m,
            [
                new OrderState(Buy, OrderSide.Buy, 1.5m, OrderStatus.Settled, At, -1250, 54_250_294_524, At.AddSeconds(1), At.AddSeconds(2), "FILLED", 1.5m, 157.50m, At.AddSeconds(1), [FullFill]),
                new OrderState(Sell, OrderSide.Sell, 1.5m, OrderStatus.Unknown, At.AddSeconds(4), 0, null, null, At.AddSeconds(5), "no answer", 0m, null, null, []),
            ],
            new PendingExit(ExitReason.TakeProfit, 159.50m, At.AddSeconds(4)),
            At.AddSeconds(6),
            2,
            At.AddSeconds(7),
            ExitReason.TakeProfit,
            "the broker's words",
            Few),
        At.AddMinutes(15),
        [54_250_294_523, 54_250_294_524]);
}
