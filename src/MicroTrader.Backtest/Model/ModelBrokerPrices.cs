using MicroTrader.Domain.Market;

namespace MicroTrader.Backtest.Model;

/// <summary>
/// Reads the venue's own prices of what is held, for symbols whose recording is silent or late, as the robot does: one read serves all, and while an order is
/// under way only what others read is used.
/// </summary>
internal sealed class ModelBrokerPrices
{
    private readonly ModelGateway _gateway;
    private readonly TimeSpan _pace;
    private readonly Dictionary<Symbol, Need> _needs = [];
    private readonly Mailbox _box = new();
    private readonly Mailbox _supervisorBox = new();
    private readonly ModelTimer _next;

    public ModelBrokerPrices(ModelGateway gateway, double timeScale)
    {
        _gateway = gateway;
        _pace = BrokerPriceWatch.Pace * timeScale;
        _next = new ModelTimer(gateway.Clock, () => gateway.Pump.Post(_box, Ask));
        // What is read for others comes by way of the robot's supervisor.
        gateway.OnHoldings = seen => gateway.Pump.Post(_supervisorBox, () => gateway.Pump.Post(_box, () => OnRead(seen)));
    }

    private DateTimeOffset Now => _gateway.Clock.Now;

    /// <summary>Says whether a symbol's price is wanted, and who is told it.</summary>
    public void Want(Symbol symbol, Ticker ticker, bool isWanted, Action<Tick> told) => _gateway.Pump.Post(_box, () =>
    {
        if (isWanted)
        {
            _needs.TryAdd(symbol, new Need(ticker, new BrokerPriceWatch(), told));
            if (_next.Due is null)
                Ask();
            return;
        }

        _needs.Remove(symbol);
        if (_needs.Count == 0)
            _next.ArmAt(null);
    });

    private void Ask()
    {
        if (_needs.Count == 0)
            return;
        _next.ArmAt(Now + BrokerPriceWatch.Patience);
        _gateway.ReadPrices(_box, OnRead);
    }

    private void OnRead(HoldingsSeen? seen)
    {
        if (_needs.Count == 0)
            return;
        _next.ArmAt(Now + _pace);
        if (seen is null)
            return;
        foreach (var (symbol, need) in _needs)
        {
            if (need.Watch.Take(symbol, seen.Holdings.GetValueOrDefault(need.Ticker)?.CurrentPrice, seen.ReadAt, Now) is { } tick)
                need.Told(tick);
        }
    }

    private sealed record Need(Ticker Ticker, BrokerPriceWatch Watch, Action<Tick> Told);
}
