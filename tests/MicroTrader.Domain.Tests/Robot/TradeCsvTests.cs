using System.Globalization;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Domain.Tests.Robot;

public sealed class TradeCsvTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 14, 14, 20, 1, 250, TimeSpan.FromHours(2));

    private static readonly TradeView Won = new(
        "AXSM", 16, "LONG", 1.5m, 157.05m, 157.1m, Start, 159.1m, Start.AddSeconds(9), "TP", null, 9.0004, 3.00m, 1.2731m, "USD", -1.47m, "EUR", 0.15m, "AXSM-16-B1", 54250290001, 54250290002);

    [Fact]
    public void Every_field_has_a_column_whatever_the_machine_s_language()
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = german;
        try
        {
            var lines = TradeCsv.Of([Won]).Split("\r\n");

            Assert.Equal(["", "2"], [lines[2], $"{lines.Length - 1}"]);
            Assert.Equal(typeof(TradeView).GetConstructors().Max(c => c.GetParameters().Length), lines[0].Split(',').Length);
            Assert.Equal(
                "AXSM,AXSM-16,LONG,1.5,157.05,157.1,2026-10-14T12:20:01.250Z,159.1,2026-10-14T12:20:10.250Z,TP,,9,3,1.2731,USD,-1.47,0.15,EUR,AXSM-16-B1,54250290001,54250290002",
                lines[1]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_broker_s_words_break_no_line_and_become_no_formula()
    {
        Assert.Contains(",\"a \"\"b\"\", c\nd\",", TradeCsv.Of([Won with { CloseDetail = "a \"b\", c\nd" }]), StringComparison.Ordinal);
        Assert.Contains(",'=cmd|x,", TradeCsv.Of([Won with { CloseDetail = "=cmd|x" }]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_empty()
    {
        var nothing = new TradeView("DJT", 2, "LONG", 0m, 18.3m, null, null, null, Start, "REJECTED", "no", null, null, null, "USD", null, null, null, "DJT-2-B1", null, null);

        Assert.Equal("DJT,DJT-2,LONG,0,18.3,,,,2026-10-14T12:20:01.250Z,REJECTED,no,,,,USD,,,,DJT-2-B1,,", TradeCsv.Of([nothing]).Split("\r\n")[1]);
    }
}
