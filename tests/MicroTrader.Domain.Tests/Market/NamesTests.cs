using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Tests.Market;

/// <summary>Symbols, tickers, references and the words for reasons.</summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("AXSM", "AXSM")]
    [InlineData("  axsm\t", "AXSM")]
    [InlineData("brk.b", "BRK.B")]
    [InlineData("BF-A", "BF-A")]
    [InlineData("Z9", "Z9")]
    [InlineData("F", "F")]
    [InlineData("ABCDEFGHIJKL", "ABCDEFGHIJKL")]
    public void A_symbol_is_read_in_any_case_with_space_around_it(string text, string expected)
    {
        Assert.True(Symbol.TryParse(text, out var symbol));
        Assert.Equal(expected, symbol.Value);
        Assert.Equal(symbol, Symbol.Parse(text));
        Assert.Equal(expected, $"{symbol}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ABCDEFGHIJKLM")]
    [InlineData("1AXSM")]
    [InlineData(".A")]
    [InlineData("-A")]
    [InlineData("AX SM")]
    [InlineData("AXSM_US_EQ")]
    [InlineData("AX,SM")]
    [InlineData("ÄX")]
    [InlineData("A\u0660")]
    public void What_is_no_symbol_is_refused_with_what_is_allowed(string? text)
    {
        Assert.False(Symbol.TryParse(text, out var symbol));
        Assert.Equal(default, symbol);
        var error = Assert.Throws<FormatException>(() => Symbol.Parse(text!));
        Assert.StartsWith($"'{text}' is not a symbol: ", error.Message);
        Assert.Contains("1 to 12", error.Message);
    }

    [Fact]
    public void No_name_at_all_is_empty_text()
    {
        Assert.Equal(("", "", ""), (default(Symbol).ToString(), default(Ticker).ToString(), default(OrderReference).ToString()));
        Assert.NotEqual(default, Symbol.Parse("A"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_ticker_and_a_reference_need_text(string? text)
    {
        Assert.ThrowsAny<ArgumentException>(() => new Ticker(text!));
        Assert.ThrowsAny<ArgumentException>(() => new OrderReference(text!));
    }

    [Fact]
    public void A_ticker_is_taken_as_the_broker_writes_it()
    {
        Assert.Equal("METAl_EQ", new Ticker("METAl_EQ").ToString());
        Assert.NotEqual(new Ticker("METAL_EQ"), new Ticker("METAl_EQ"));
        Assert.Equal(new Ticker("METAl_EQ"), new Ticker("METAl_EQ"));
    }

    [Theory]
    [InlineData(OrderSide.Buy, 17, 1, "AXSM-17-B1")]
    [InlineData(OrderSide.Sell, 17, 1, "AXSM-17-S1")]
    [InlineData(OrderSide.Sell, 1_234_567, 12, "AXSM-1234567-S12")]
    public void A_reference_names_symbol_trade_side_and_attempt(OrderSide side, long trade, int attempt, string expected)
    {
        var reference = OrderReference.For(Symbol.Parse("AXSM"), trade, side, attempt);

        Assert.Equal(expected, reference.Value);
        Assert.Equal(new OrderReference(expected), reference);
    }

    [Fact]
    public void Every_reason_has_its_own_word()
    {
        var words = Enum.GetValues<ExitReason>().Select(r => r.Code()).ToList();

        Assert.Equal(["TP", "SL", "TIME", "CLOSE", "FLATTEN", "SESSION_END", "REJECTED", "NOT_EXECUTED", "NOT_PLACED", "CANCELLED", "CLOSED_BY_YOU", "HANDED_OVER", "TRAIL", "FLAT"], words);
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ExitReason)99).Code());
    }
}
