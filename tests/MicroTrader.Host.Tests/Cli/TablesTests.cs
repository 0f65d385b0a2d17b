using MicroTrader.Domain.Robot;
using MicroTrader.Host.Cli;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Cli;

public sealed class TablesTests
{
    [Fact]
    public void Columns_are_aligned()
    {
        var trade = new FixedRobot().Trades[0];

        var lines = Tables.Trades([trade, trade with { Symbol = "LONGER", Pnl = -12.5m, PnlPercent = -0.4567m }]).Split(Environment.NewLine);

        Assert.Equal(3, lines.Length);
        foreach (var column in new[] { "DIRECTION", "REASON", "P&L", "REFERENCE" })
        {
            var at = lines[0].IndexOf(column + (column == "REFERENCE" ? "" : " "), StringComparison.Ordinal);
            Assert.All(lines[1..], l => Assert.True(l[at - 1] == ' ' && l[at] != ' ', l));
        }

        Assert.Contains("-12.50 USD", lines[2]);
        Assert.Contains("-0.46", lines[2]);
    }

    [Fact]
    public void What_is_not_known_is_a_dash()
    {
        var nothing = new TradeView("DJT", 2, "LONG", 0m, 18.3m, null, null, null, FixedRobot.Start, "REJECTED", "no", null, null, null, "USD", null, null, null, "DJT-2-B1", null, null);

        Assert.Equal(
            ["DJT", "LONG", "0", "18.30", "-", "-", "-", "2026-10-14", "13:25:05", "-", "REJECTED", "-", "-", "-", "-", "-", "-", "DJT-2-B1"],
            Tables.Trades([nothing]).Split(Environment.NewLine)[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Prices_below_a_cent_keep_their_digits() =>
        Assert.Contains(" 0.5123 ", Tables.Positions([new FixedRobot().Positions[0] with { EntryPrice = 0.51234m }]));

    [Fact]
    public void Pairs_are_aligned() => Assert.Equal($"a    1{Environment.NewLine}bcd  2", Tables.Pairs([("a", "1"), ("bcd", "2")]));

    [Fact]
    public void Nothing_is_said_in_words() => Assert.Equal(("No positions.", "No trades.", ""), (Tables.Positions([]), Tables.Trades([]), Tables.Pairs([])));
}
