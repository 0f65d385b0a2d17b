using System.Globalization;
using MicroTrader.Domain.Robot;
using Xunit.Abstractions;

namespace MicroTrader.Backtest.Tests;

/// <summary>The robot on recording's time with the paper broker, and the backtest, trade alike: to the tick and the cent, order numbers included.</summary>
public sealed class ParityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, "AXSM")]
    [InlineData(2, "AXSM,DJT,WULF,HUT")]
    [InlineData(3, "AXSM,DJT,WULF,HUT")]
    public async Task A_synthetic_hour_gives_the_same_trades(long seed, string symbols)
    {
        using var folder = new TempFolder();
        var data = Both.Write(folder.File("day.csv"), seed, 14_400, symbols.Split(','));
        await CompareAsync(folder, [data], $"seed {seed}");
    }

    // What decides when a fill is known, and at which price: delays, spread, costs, FX, limits, other exits.
    public static TheoryData<long, string> Variants => new()
    {
        { 11, "Paper:FillDelay=0s" },
        { 12, "Paper:FillDelay=1700ms" },
        { 13, "Paper:FillDelay=20s" },
        { 14, "Paper:SpreadPercent=0.1 Paper:SlippagePercent=0.03" },
        { 15, "Paper:Currency=EUR Exits:TakeProfitPercent=2" },
        { 16, "Trading:CashPerTrade=40000 Risk:MaxOrdersPerMinute=" },
        { 17, "Exits:TrailingDistancePercent=0.2 Exits:TrailingActivatePercent=0.1 Exits:FlatTicks=8 Exits:FlatChangePercent=0.05" },
        { 18, "Risk:CoolDown=90s Risk:MaxTradesPerHour=15 Risk:MaxOpenPositions=2" },
        { 19, "Risk:Capital=200 Risk:MaxDailyLossPercent=1" },
        { 20, "Exits:MaxHold=300s Exits:StopLossPercent=3 Exits:TakeProfitPercent=5" },
        { 21, "Symbols:AXSM:Exits:MaxHold=2s Symbols:HUT:Strategy:WindowTicks=6 Symbols:WULF:Trading:Quantity=3.5" },
        { 23, "Paper:StartingCash=600 Trading:CashPerTrade=190 Risk:CashHoldBackPercent=10" },
        { 24, "Paper:StartingCash=600 Trading:CashPerTrade=190 Paper:Currency=EUR Exits:TakeProfitPercent=2" },
        { 25, "Risk:CashHoldBackPercent= Trading:CashPerTrade=40000 Risk:MaxQuantity=100000" },
        { 26, "Feed:MaxJumpPercent=0.3 Feed:StaleAfter=1s" },
        { 27, "Session:Gate=on" },
        { 22, "Broker:FirstFillPoll=50ms Broker:FillPoll=700ms Reconciliation:Interval=17s" },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Settings_give_the_same_trades(long seed, string settings)
    {
        using var folder = new TempFolder();
        var data = Both.Write(folder.File("day.csv"), seed, 4_800, "AXSM", "DJT", "WULF", "HUT");
        await CompareAsync(folder, [data], $"seed {seed}, {settings}", [.. settings.Split(' ').Select(s => (s.Split('=')[0], s.Split('=')[1]))]);
    }

    // Real seconds and trades of October 2013: rows out of order, marked rows, many trades at one moment.
    [Theory]
    [InlineData("second", "ibm", "20131009_trade.zip")]
    [InlineData("second", "aig", "20131009_trade.zip")]
    [InlineData("tick", "aig", "20131007_trade.zip")]
    public async Task A_recorded_day_gives_the_same_trades(string kind, string symbol, string file)
    {
        if (Repository.Recorded(kind, symbol, file) is not { } path)
        {
            output.WriteLine("skipped: the recordings are not beside this checkout");
            return;
        }

        using var folder = new TempFolder();
        await CompareAsync(folder, [path], $"{kind} {symbol} {file}");
    }

    [Theory]
    [InlineData(31, "Exits:MaxHold=10s")]
    [InlineData(32, "Exits:MaxHold=30s")]
    public async Task However_fast_entries_come_none_is_held_beyond_its_rules(long seed, string hold)
    {
        using var folder = new TempFolder();
        string[] symbols = ["AXSM", "DJT", "WULF", "HUT", "AAPL", "MSFT", "NVDA", "AMD", "TSLA", "AMZN"];
        var data = Both.Write(folder.File("day.csv"), seed, 2_400, symbols);
        var settings = $"{hold} Risk:MaxOpenPositions=10 Risk:MaxOrdersPerMinute= Strategy:WindowTicks=6 Strategy:RisingMoves=1 Strategy:MinChangePercent=0.01 Strategy:MinVolumeRatio=0";
        var trades = await CompareAsync(folder, [data], $"seed {seed}, {hold}", [.. settings.Split(' ').Select(s => (s.Split('=')[0], s.Split('=')[1]))]);

        // docs/architecture.md, "How long a share is held at the most": on this clock no request takes time, but the venue's fill of the sell does.
        var most = TimeSpan.Parse($"00:00:{hold.Split('=')[1].TrimEnd('s')}", CultureInfo.InvariantCulture) + TimeSpan.FromSeconds(1);
        Assert.All(trades, t => Assert.True(t.CloseTime - t.EntryTime <= most, $"seed {seed}: {Both.Show(t)} was held for {t.CloseTime - t.EntryTime}"));
        Assert.True(trades.Count > 20);
    }

    private Task<IReadOnlyList<TradeView>> CompareAsync(TempFolder folder, string[] data, string what, params (string Key, string Value)[] settings) =>
        Both.CompareAsync(output, folder, data, what, settings);
}
