using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Tests.Positions;

/// <summary>Positions about which a person is asked, each reached by a real trade, and how every one of them has to end.</summary>
internal static class Asked
{
    public static readonly OrderReference Buy = new("AXSM-1-B1");
    public static readonly OrderReference Sell = new("AXSM-1-S1");

    /// <summary>PENDING; orders 200 and 201 could both be the buy.</summary>
    public static Bench UnknownBuy()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.NeedPerson(BlockCode.Ambiguous, Buy, 200, 201);
        return bench;
    }

    /// <summary>CLOSED; order 200 is the buy that was given up, and its watch is over.</summary>
    public static Bench LateBuy()
    {
        var bench = new Bench();
        bench.Enter();
        bench.Lose();
        bench.NotPlace();
        bench.Wait(901);
        bench.Do(new PositionCommand.RecordFound(Buy, 200, "history"));
        Assert.Equal(BlockCode.LateOrder, bench.State.Blocked!.Code);
        return bench;
    }

    /// <summary>PENDING_CLOSE; orders 200 and 201 could both be the sell.</summary>
    public static Bench UnknownSell()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.Lose();
        bench.NeedPerson(BlockCode.Ambiguous, Sell, 200, 201);
        return bench;
    }

    /// <summary>OPEN; order 200 could be the sell that was given up.</summary>
    public static Bench LateSellOfOpen()
    {
        var bench = LostSell();
        bench.NeedPerson(BlockCode.LateOrder, Sell, 200);
        return bench;
    }

    /// <summary>CLOSED; order 200 is a sell that was given up, the next one sold the shares.</summary>
    public static Bench LateSellOfClosed()
    {
        var bench = LostSell();
        bench.ClearExit();
        bench.Accept();
        bench.Settle(156m);
        bench.Do(new PositionCommand.RecordFound(Sell, 200, "history"));
        Assert.Equal((PositionStatus.Closed, BlockCode.LateOrder), (bench.State.Status, bench.State.Blocked!.Code));
        return bench;
    }

    /// <summary>Order 200 is the buy of trade 1, which was given up; trade 2 is over, or OPEN.</summary>
    public static Bench BuyOfEarlier(bool open)
    {
        var bench = new Bench();
        bench.Enter(3m);
        bench.Lose();
        bench.NotPlace();
        bench.Wait(900);
        _ = open ? bench.Held() : bench.Won();
        bench.Do(new PositionCommand.RecordFound(Buy, 200, "history"));
        Assert.Equal((2L, BlockCode.LateOrder), (bench.State.TradeNumber, bench.State.Blocked!.Code));
        return bench;
    }

    /// <summary>Order 200 is a sell of trade 1, which was given up; trade 2 is over, or OPEN.</summary>
    public static Bench SellOfEarlier(bool open)
    {
        var bench = LostSell();
        bench.ClearExit();
        bench.Accept();
        bench.Settle(156m);
        bench.Wait(900);
        _ = open ? bench.Held() : bench.Won();
        bench.Do(new PositionCommand.RecordFound(Sell, 200, "history"));
        Assert.Equal((2L, BlockCode.LateOrder), (bench.State.TradeNumber, bench.State.Blocked!.Code));
        return bench;
    }

    /// <summary>OPEN; a sell was refused for want of shares, or nobody knows where they went.</summary>
    public static Bench Shares(BlockCode code = BlockCode.SharesMissing)
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.Reject(code: PositionRules.NotOwnedCode);
        bench.NeedPerson(code);
        return bench.Wait(60);
    }

    /// <summary>PENDING_CLOSE; two sells of one share were filled, for one that was bought.</summary>
    public static Bench Oversold()
    {
        var bench = LostSell();
        bench.ClearExit();
        bench.Accept();
        bench.Find(Sell);
        bench.Settle(160m);
        bench.Settle(150m, order: Sell);
        Assert.Equal(BlockCode.Oversold, bench.State.Blocked!.Code);
        return bench;
    }

    /// <summary>OPEN; a sell's answer was lost and it was given up.</summary>
    public static Bench LostSell()
    {
        var bench = new Bench().Held();
        bench.Exit(ExitReason.StopLoss, 156m);
        bench.Lose();
        bench.NotPlace();
        return bench;
    }

    /// <summary>Lets the broker do what is left to do: the position must come to its end, and be ready for the next trade.</summary>
    public static void EndsAndTradesAgain(this Bench bench)
    {
        Assert.Null(bench.State.Blocked);
        for (var i = 0; i < 20 && bench.State.Status != PositionStatus.Closed; i++)
        {
            if (bench.Trade.Orders.FirstOrDefault(o => o.IsUncertain) is { } sent)
                bench.Accept(sent.Reference);
            else if (bench.Trade.Orders.FirstOrDefault(o => !o.IsFinal) is { } accepted)
                bench.Settle(158m, order: accepted.Reference);
            else
                bench.Wait(61).CheckDue();
        }

        Assert.Equal((PositionStatus.Closed, 0m), (bench.State.Status, bench.Trade.Held));
        Assert.Null(bench.State.Blocked);
        Assert.Equal("EntryIntended", Bench.Names(bench.Wait(900).Enter()));
        Assert.Equal(Bench.Text(bench.State), Bench.Text(PositionState.Empty(Bench.Axsm).ApplyAll(bench.Journal)));
    }
}
