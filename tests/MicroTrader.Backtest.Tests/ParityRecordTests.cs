using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;
using MicroTrader.MarketData;
using Xunit.Abstractions;

namespace MicroTrader.Backtest.Tests;

/// <summary>Robot and backtest trade alike on what a record of a live run may hold, and over closes, nights and days.</summary>
public sealed class ParityRecordTests(ITestOutputHelper output)
{
    private static readonly string[] Four = ["AXSM", "DJT", "WULF", "HUT"];

    // Every symbol falls silent for 25 s of each 90 s, in turn: age matters, and the venue is asked for the price of what is held, within the same limits.
    [Theory]
    [InlineData(41, "Feed:BrokerPrices=on Feed:StaleAfter=5s")]
    [InlineData(42, "Feed:BrokerPrices=on Feed:StaleAfter=3s Exits:MaxHold=30s Strategy:WindowTicks=6 Strategy:RisingMoves=1 Strategy:MinVolumeRatio=0")]
    [InlineData(43, "Feed:StaleAfter=5s")]
    public async Task Prices_that_fall_silent_give_the_same_trades(long seed, string settings) =>
        await CompareAsync(seed, settings, Days.Ticks(seed, Days.Monday, 4_800, Four).Where(t => !IsSilent(t)));

    // The venue has the newest price, the robot's comes so late that it is not believed: what is held is left by the venue's.
    [Theory]
    [InlineData(44, "Feed:BrokerPrices=on Feed:StaleAfter=5s")]
    [InlineData(45, "Feed:BrokerPrices=on Feed:StaleAfter=5s Exits:MaxHold=300s Exits:TakeProfitPercent=0.3 Exits:StopLossPercent=0.2")]
    public async Task Prices_that_come_too_late_are_replaced_by_the_venue_s_alike(long seed, string settings) => await CompareAsync(
        seed, settings, Days.Ticks(seed, Days.Monday, 4_800, Four).Select(t => IsSilent(t) ? t with { Tick = t.Tick with { Time = t.Tick.Time - TimeSpan.FromSeconds(8) } } : t));

    [Fact]
    public async Task A_source_that_is_late_all_day_is_left_by_the_venue_s_price_alike()
    {
        var trades = await CompareAsync(
            46,
            "Feed:BrokerPrices=on Feed:StaleAfter=5s Feed:AcceptDelayedPrices=true Exits:TakeProfitPercent=0.3 Exits:StopLossPercent=0.2",
            Days.Ticks(46, Days.Monday, 4_800, Four).Select(t => t.Tick.Symbol.Value is "DJT" or "HUT" ? Late(t) : t));
        // By TP and SL only the venue's price can have left these.
        Assert.Contains(trades, t => t.Symbol is "DJT" or "HUT" && t.CloseReason is "TP" or "SL");

        static RecordedTick Late(RecordedTick t) => t with { Tick = t.Tick with { Time = t.Tick.Time - TimeSpan.FromMinutes(15), Traits = TickTraits.Delayed } };
    }

    [Theory]
    [InlineData(47, "Feed:MaxJumpPercent=0.5")]
    [InlineData(48, "Risk:MaxSpreadPercentOfTakeProfit=15 Trading:CashPerTrade=5000")]
    public async Task Quotes_and_gaps_give_the_same_trades(long seed, string settings)
    {
        var n = 0;
        await CompareAsync(seed, settings, Days.Ticks(seed, Days.Monday, 4_800, Four).Select(t => Quoted(t, ++n)));

        // Spreads of 0 to 0.3 %, now and then crossed or far from the price, and a gap in between.
        static RecordedTick Quoted(RecordedTick t, int n)
        {
            var half = Math.Round(t.Tick.Price * (n % 4) * 0.0005m, 4);
            var (bid, ask) = n % 97 == 0 ? (t.Tick.Price + 1m, t.Tick.Price - 1m) : n % 211 == 0 ? (t.Tick.Price * 1.1m, t.Tick.Price * 1.11m) : (t.Tick.Price - half - 0.001m, t.Tick.Price + half + 0.001m);
            return t with { Tick = t.Tick with { Bid = bid, Ask = ask, Traits = n % 503 == 0 ? TickTraits.AfterGap : TickTraits.None } };
        }
    }

    [Theory]
    [InlineData(49, TickKind.MinuteBar, 60, "Exits:MaxHold=300s")]
    [InlineData(50, TickKind.SecondBar, 1, "Exits:TrailingDistancePercent=0.2 Exits:FlatTicks=12 Exits:FlatChangePercent=0.05 Trading:CashPerTrade=20000")]
    public async Task Bars_give_the_same_trades(long seed, TickKind kind, int seconds, string settings) => await CompareAsync(
        seed,
        settings + " Strategy:WindowTicks=6 Strategy:RisingMoves=2 Strategy:MinVolumeRatio=0",
        Days.Ticks(seed, Days.Monday, 1_000, Four, TimeSpan.FromSeconds(seconds)).Select(t => t with { Tick = t.Tick with { Kind = kind, Basis = PriceBasis.Bar } }));

    [Theory]
    [InlineData(51, "Risk:MaxOpenPositions=3")]
    [InlineData(52, "Risk:MaxOpenPositions=8 Risk:MaxOrdersPerMinute= Exits:MaxHold=20s")]
    [InlineData(53, "Risk:MaxOpenPositions=8 Paper:StartingCash=1000 Trading:CashPerTrade=190 Risk:CashHoldBackPercent=10")]
    public async Task Symbols_that_signal_at_once_give_the_same_trades(long seed, string settings)
    {
        string[] symbols = [.. Four, "AAPL", "MSFT", "NVDA", "AMD"];
        var trades = await CompareAsync(seed, settings, Days.Ticks(seed, Days.Monday, 2_400, symbols, alike: true));
        Assert.Contains(trades.GroupBy(t => t.EntryTime), g => g.Count() > 1);
    }

    // From 3:40 p.m. to 4:10 p.m.; the market closes at 4.
    [Theory]
    [InlineData(54, "Session:Gate=on Session:NoEntryBeforeClose=121s", true)]
    [InlineData(55, "Session:Gate=on Session:FlatBeforeClose=0s Session:NoEntryBeforeClose=0s", false)]
    [InlineData(56, "Session:Gate=on Session:RegularOnly=false", false)]
    public async Task The_close_gives_the_same_trades(long seed, string settings, bool leaves)
    {
        string[] symbols = [.. Four, "SPY"];
        var trades = await CompareAsync(
            seed, settings + " Exits:MaxHold=300s Exits:TakeProfitPercent=3 Exits:StopLossPercent=2", Days.Ticks(seed, Days.Monday.AddHours(5).AddMinutes(40), 7_200, symbols));
        Assert.Equal(leaves, trades.Any(t => t.CloseReason == "SESSION_END"));
    }

    // The end of a day, its night and the next day, twice over: a leap of 3 % between them.
    [Theory]
    [InlineData(57, "Risk:Capital=200 Risk:MaxDailyLossPercent=1")]
    [InlineData(58, "Risk:CoolDown=600s Risk:MaxLossesInRow=1 Session:Gate=on")]
    [InlineData(59, "Session:Gate=on Session:FlatBeforeClose=0s Session:NoEntryBeforeClose=0s Exits:MaxHold=300s")]
    public async Task Days_and_their_nights_give_the_same_trades(long seed, string settings) => await CompareAsync(
        seed,
        settings,
        Enumerable.Range(0, 3).SelectMany(day => new[] { Days.Monday.AddDays(day).AddMinutes(-35), Days.Monday.AddDays(day).AddHours(5.9) }.SelectMany((at, part) =>
            Days.Ticks(seed + day + (10 * part), at, 2_000, Four).Select(t => t with { Tick = t.Tick with { Price = Math.Round(t.Tick.Price * (1m + (0.03m * day)), 2) } }))));

    // A day's loss and a cool-down that reach over New York's midnight, for a robot that keeps no hours.
    [Theory]
    [InlineData(60, "Risk:Capital=200 Risk:MaxDailyLossPercent=0.5")]
    [InlineData(61, "Risk:CoolDown=300s Risk:MaxLossesInRow=1")]
    public async Task Midnight_gives_the_same_trades(long seed, string settings) =>
        await CompareAsync(seed, settings, Days.Ticks(seed, new DateTimeOffset(2026, 6, 16, 3, 50, 0, TimeSpan.Zero), 4_800, Four));

    [Theory]
    [InlineData(62, "Trading:Currency=GBX Paper:Currency=GBP Risk:MaxCostPercentOfTakeProfit=", "VOD")]
    [InlineData(63, "Trading:Currency=GBX Paper:Currency=USD Risk:MaxCostPercentOfTakeProfit= Trading:CashPerTrade=5000", "VOD")]
    [InlineData(64, "Trading:Currency=CAD Instruments:Pins:HUT=HUT_CA_EQ Risk:MaxCostPercentOfTakeProfit= Session:Gate=on Session:RegularOnly=false", "HUT")]
    public async Task Other_currencies_give_the_same_trades(long seed, string settings, string symbol) =>
        await CompareAsync(seed, settings, Days.Ticks(seed, Days.Monday.AddHours(5).AddMinutes(40), 7_200, [symbol]));

    private async Task<IReadOnlyList<TradeView>> CompareAsync(long seed, string settings, IEnumerable<RecordedTick> ticks)
    {
        using var folder = new TempFolder();
        var data = Days.Record(folder.File("day.csv"), ticks);
        return await Both.CompareAsync(output, folder, [data], $"seed {seed}, {settings}", [.. settings.Split(' ').Select(s => (s.Split('=')[0], s.Split('=')[1]))]);
    }

    private static bool IsSilent(RecordedTick t) =>
        (int)((t.KnownAt - Days.Monday).TotalSeconds + (20 * Array.IndexOf(Four, t.Tick.Symbol.Value))) % 90 >= 65;
}
