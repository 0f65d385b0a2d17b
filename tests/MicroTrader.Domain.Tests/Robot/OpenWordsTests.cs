using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Robot;
using MicroTrader.Domain.Tests.Positions;

namespace MicroTrader.Domain.Tests.Robot;

public class OpenWordsTests
{
    [Fact]
    public void A_sell_that_the_broker_has_is_told_apart_from_one_that_may_not_have_left()
    {
        var bench = new Bench().Held();
        Assert.Null(OpenWords.OnItsWay(PositionView.From(bench.State)!));
        bench.Exit(ExitReason.Time);
        Assert.Equal("an order is on its way and may still fill", OpenWords.OnItsWay(PositionView.From(bench.State)!));

        bench.Accept();
        var accepted = PositionView.From(bench.State)!;
        Assert.Equal($"its sell {accepted.ExitOrderId} is at the broker, whose record of the fill is awaited", OpenWords.OnItsWay(accepted));
        Assert.Equal($"AXSM x 1 (PENDING_CLOSE, bought at 157.50, {OpenWords.OnItsWay(accepted)})", OpenWords.Of([accepted]));
    }

    [Fact]
    public void Nothing_open_is_nothing() => Assert.Equal("nothing", OpenWords.Of([]));
}
