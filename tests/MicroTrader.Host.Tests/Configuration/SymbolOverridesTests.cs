using MicroTrader.Domain.Market;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

/// <summary>What one symbol has otherwise.</summary>
public sealed class SymbolOverridesTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly Symbol Hut = Symbol.Parse("HUT");

    [Fact]
    public void A_symbol_has_the_general_settings_and_its_own_over_them()
    {
        var plan = Settings.Plan(
            ("Strategy:WindowTicks", "20"), ("Exits:StopLossPercent", "0.7"), ("Symbols:AXSM:Strategy:RisingMoves", "5"), ("Symbols:axsm:Exits:MaxHold", "20s"),
            ("Symbols:AXSM:Exits:TrailingDistancePercent", "0.3"), ("Symbols:AXSM:Trading:Quantity", "2.5"));
        var own = plan.Of(Axsm);

        Assert.Equal((20, 5), (own.Momentum.WindowTicks, own.Momentum.RisingMoves));
        Assert.Equal((0.7m, TimeSpan.FromSeconds(20), 0.3m), (own.Exits!.StopLossPercent, own.Exits.MaxHold, own.Exits.TrailingDistancePercent));
        Assert.Equal((2.5m, null), (own.Sizing!.Quantity, own.Sizing.CashPerTrade));
        // Others have the general ones, and what the robot has of its own stays as it is.
        Assert.Equal((3, null, null), (plan.Of(Hut).Momentum.RisingMoves, plan.Of(Hut).Exits, plan.Of(Hut).Sizing));
        Assert.Equal((TimeSpan.FromSeconds(10), null), (plan.Exits.MaxHold, plan.Exits.TrailingDistancePercent));
    }

    [Fact]
    public void Risk_and_following_go_by_the_symbol_s_own_exits()
    {
        var plan = Settings.Plan(("Symbols:AXSM:Exits:MaxHold", "60s"), ("Symbols:AXSM:Exits:TakeProfitPercent", "3"));
        var instrument = new Instrument(new Ticker("AXSM_US_EQ"), "AXSM", "USD", "STOCK", "Axsome");
        var traded = plan.Traded(Axsm, instrument, null, null);
        var robot = plan.Robot([traded, plan.Traded(Hut, instrument with { Ticker = new Ticker("HUT_US_EQ") }, null, null)], "journal.db", "USD");

        Assert.Equal(TimeSpan.FromSeconds(42), robot.FollowingOf(Axsm).FiguresPatience);
        Assert.Equal(TimeSpan.FromSeconds(7), robot.FollowingOf(Hut).FiguresPatience);
        Assert.Equal(3m, robot.RiskOf(traded).TakeProfitPercent);
        Assert.Equal(1m, robot.RiskOf(null).TakeProfitPercent);
    }

    [Theory]
    [InlineData("Symbols:AXSM:Exits:MaxHolt", "20s", "Symbols:AXSM:Exits:MaxHolt: unknown setting (command line); did you mean Symbols:AXSM:Exits:MaxHold?")]
    [InlineData("Symbols:AXSM:Risk:Capital", "20", "Symbols:AXSM:Risk:Capital: unknown setting")]
    [InlineData("Symbols:AXSM", "20", "Symbols:AXSM: unknown setting")]
    [InlineData("Symbols:A XSM:Exits:MaxHold", "20s", "Symbols:A XSM:Exits:MaxHold: 'A XSM' is not a symbol")]
    [InlineData("Symbols:AXSM:Exits:MaxHold", "0s", "Symbols:AXSM:Exits:MaxHold: '0s' is not allowed (command line); allowed is a duration")]
    [InlineData("Symbols:AXSM:Strategy:WindowTicks", "many", "Symbols:AXSM:Strategy:WindowTicks: 'many' is not allowed (command line); allowed is a whole number from 4 to 500")]
    [InlineData("Symbols:AXSM:Strategy:RisingMoves", "15", "Symbols:AXSM:Strategy:RisingMoves: 15 is not allowed; less than its WindowTicks (15)")]
    [InlineData("Symbols:AXSM:Trading:Quantity", "2000", "Symbols:AXSM:Trading:Quantity: 2000 is not allowed; at most Risk:MaxQuantity (1000)")]
    public void A_bad_name_or_value_is_one_line(string key, string value, string expected) =>
        Assert.StartsWith(expected, Settings.PlanRefusal((key, value)));

    [Fact]
    public void A_symbol_that_is_not_traded_is_said() =>
        Assert.Contains(Settings.Plan(("Symbols:AXSN:Exits:MaxHold", "20s")).Notices, n => n.StartsWith("Symbols:AXSN has settings of its own", StringComparison.Ordinal));
}
