using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Backtest.Model;

/// <summary>
/// How old one symbol's prices are, and the venue's own price where they say nothing about now: what the robot's strategy does beside judging ticks. Only for
/// settings under which age matters.
/// </summary>
internal sealed class PriceAge
{
    private readonly Robot _robot;
    private readonly SymbolJudge _judge;
    private readonly Ticker _ticker;
    private readonly Mailbox _box;
    private readonly WithheldCounts _withheld;
    private readonly Action<ExitReason, decimal> _leave;
    private readonly PriceFreshness _freshness;
    private readonly PriceGuard _venueGuard;
    private readonly ModelTimer _look;
    private bool _wants;

    /// <summary>Begins to watch.</summary>
    /// <param name="robot">The robot.</param>
    /// <param name="judge">The symbol's judge.</param>
    /// <param name="ticker">What the venue calls it.</param>
    /// <param name="box">Handles what the symbol's strategy is told.</param>
    /// <param name="withheld">Counts what is not believed.</param>
    /// <param name="leave">Leaves the position by a price of the venue.</param>
    public PriceAge(Robot robot, SymbolJudge judge, Ticker ticker, Mailbox box, WithheldCounts withheld, Action<ExitReason, decimal> leave)
    {
        _robot = robot;
        _judge = judge;
        _ticker = ticker;
        _box = box;
        _withheld = withheld;
        _leave = leave;
        var rules = robot.Settings.Prices;
        // A recording keeps its own hours. It is watched from the start on, as the robot does, though it is known only with its first tick.
        _freshness = new PriceFreshness(rules.StaleAfter, null, false, robot.StartedAt);
        _venueGuard = new PriceGuard(rules with { StaleAfter = null });
        _look = new ModelTimer(robot.Clock, () => robot.Pump.Post(box, LookAtAge));
        LookAtAge();
    }

    /// <summary>Whether the newest price says nothing about now.</summary>
    public bool IsStale => _freshness.State == PriceState.Stale;

    private DateTimeOffset Now => _robot.Clock.Now;

    /// <summary>A tick was taken in. True where something follows that the pump must carry out.</summary>
    public bool OnPriced(bool wasLate, DateTimeOffset now)
    {
        var isBack = _freshness.Take(_judge.IsLate ? now : _judge.LastTickAt!.Value, now);
        if (isBack)
            LookAtAge();
        return (isBack || wasLate != _judge.IsLate) && AskVenue();
    }

    /// <summary>The judge was told how the position stands.</summary>
    public void OnPosition()
    {
        if (_judge.Held is { EntryPrice: { } paid, OpenedAt: { } openedAt })
            _venueGuard.Know(paid, openedAt);
        AskVenue();
    }

    private void LookAtAge()
    {
        if (_freshness.Look(Now))
            OnStale();
        _look.ArmAt(_freshness.NextLook);
    }

    private void OnStale()
    {
        // The venue's first price is measured by the recording's last.
        if (_judge is { LastPrice: { } last, LastTickAt: { } at, IsLate: false })
            _venueGuard.Know(last, at);
        AskVenue();
    }

    private bool AskVenue()
    {
        var wants = _judge.Held.EntryPrice is not null && (_judge.IsLate || IsStale);
        if (_robot.BrokerPrices is not { } prices || wants == _wants)
            return false;
        _wants = wants;
        prices.Want(_judge.Symbol, _ticker, wants, tick => _robot.Pump.Post(_box, () => OnVenuePrice(tick)));
        return true;
    }

    private void OnVenuePrice(Tick tick)
    {
        if (!_wants)
            return;
        var verdict = _venueGuard.Judge(tick, Now);
        _withheld.Take(verdict);
        if (verdict.IsWithheld || _judge.Held.EntryPrice is null)
            return;
        _robot.Risk.See(_judge.Symbol, tick.Price);
        if (verdict.MayExit && _judge.OnOtherPrice(tick.Price) is { } reason)
            _leave(reason, tick.Price);
    }
}
