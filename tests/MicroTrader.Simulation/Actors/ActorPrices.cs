using MicroTrader.Domain.Market;
using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Actors;

/// <summary>A feed of prices that the real strategy makes something of: noise, and now and then a burst with volume behind it.</summary>
internal sealed class ActorPrices(ActorRun run, Adversary adversary)
{
    private readonly Dictionary<string, (decimal Price, int Burst)> _last = [];

    /// <summary>Until when there are bursts.</summary>
    public DateTimeOffset BurstsUntil { get; set; } = DateTimeOffset.MaxValue;

    private SimRandom Random => adversary.Random;

    /// <summary>The first tick of each comes soon.</summary>
    public void Start()
    {
        foreach (var (symbol, ticker) in run.Symbols)
        {
            _last[ticker] = (Random.Between(500, 20_000) / 100m, 0);
            run.Broker.PutPrice(ticker, _last[ticker].Price);
            run.In(Random.Between(0, 3 * Span.Second), () => Tick(symbol, ticker));
        }
    }

    private void Tick(Symbol symbol, string ticker)
    {
        var pause = adversary.Strikes(FaultKind.FeedStops) ? Random.Between(5 * Span.Second, 60 * Span.Second) : Random.Between(200 * Span.Millisecond, 1_000 * Span.Millisecond);
        run.In(pause, () => Tick(symbol, ticker));
        var (price, burst) = _last[ticker];
        if (burst == 0 && run.Clock.GetUtcNow() < BurstsUntil && Random.Below(6) == 0)
            burst = 4;
        var change = burst > 0 ? Random.Between(8, 30) : Random.Between(-45, 45);
        price = Math.Max(1m, Math.Round(price * (1m + (change / 10_000m)), 2));
        _last[ticker] = (price, Math.Max(0, burst - 1));
        run.Broker.PutPrice(ticker, price);
        var at = run.Clock.GetUtcNow();
        if (adversary.Strikes(FaultKind.StaleTick))
            at = at.AddTicks(-Random.Between(3 * Span.Second, 60 * Span.Second));
        run.Tell(new Tick(symbol, TickKind.Trade, at, price, burst > 0 ? 500m + (200m * (4 - burst)) : 100m));
    }
}
