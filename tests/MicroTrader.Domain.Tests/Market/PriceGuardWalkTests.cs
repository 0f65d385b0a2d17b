using MicroTrader.Domain.Market;
using MicroTrader.Domain.Strategy;

namespace MicroTrader.Domain.Tests.Market;

/// <summary>Random walks with one wrong price in them: what is decided is what would be decided without it.</summary>
public sealed class PriceGuardWalkTests
{
    private static readonly DateTimeOffset Open = new(2026, 6, 15, 13, 30, 0, TimeSpan.Zero);
    // Ticks of each of the two days.
    private const int Days = 150;

    private static readonly Symbol Axsm = Symbol.Parse("AXSM");

    [Fact]
    public void One_wrong_price_never_enters_leaves_or_changes_what_comes_after()
    {
        var seed = Environment.TickCount;
        for (var run = 0; run < 2_000; run++)
        {
            var random = new Random(unchecked(seed + run));
            var ticks = Walk(random);
            // The first, the last, and anything between.
            var wrongAt = random.Next(0, ticks.Count);
            var factor = random.Next(4) switch { 0 => 1_000m, 1 => 0.001m, 2 => 1.2m, _ => 0.8m };
            var wrong = ticks[wrongAt] with { Price = Math.Round(ticks[wrongAt].Price * factor, 4), Time = ticks[wrongAt].Time.AddMilliseconds(-1), Volume = 100_000m };
            if (random.Next(2) == 0)
                wrong = wrong with { Kind = TickKind.SecondBar };

            // Between the day's first price and the one that would have confirmed it: the first is not confirmed, and missing is all that it can be.
            var without = Decide(wrongAt is 1 or Days + 1 ? [.. ticks.Where((_, i) => i != wrongAt - 1)] : ticks);
            var with = Decide([.. ticks.Take(wrongAt), wrong, .. ticks.Skip(wrongAt)]);
            Assert.True(with.Acts.SequenceEqual(without.Acts), $"seed {seed}, run {run}: wrong price {wrong.Price} at {wrongAt} of {ticks.Count}: {string.Join("; ", with.Acts.Except(without.Acts))} / {string.Join("; ", without.Acts.Except(with.Acts))}");
            Assert.True(with.Window == without.Window, $"seed {seed}, run {run}: the window differs");
        }
    }

    // Fewer than the limit apart, with bursts that the strategy enters on, over two days.
    private static List<Tick> Walk(Random random)
    {
        var ticks = new List<Tick>();
        var price = 100m;
        var at = Open;
        var burst = 0;
        for (var i = 0; i < 2 * Days; i++)
        {
            at = i == Days ? Open.AddDays(1) : at.AddMilliseconds(random.Next(50, 2_000));
            if (burst == 0 && random.Next(12) == 0)
                burst = 4;
            price = Math.Round(price * (1m + (burst > 0 ? random.Next(5, 40) : random.Next(-50, 51)) / 10_000m), 4);
            ticks.Add(new Tick(Axsm, TickKind.Trade, at, price, burst > 0 ? 500m + (100m * (4 - burst)) : 100m));
            burst = Math.Max(0, burst - 1);
        }

        return ticks;
    }

    // As the strategy's actor does it: guard, window, entries; TP and SL once something is held.
    private static (List<string> Acts, decimal Window) Decide(IEnumerable<Tick> ticks)
    {
        var guard = new PriceGuard(new PriceRules { StaleAfter = TimeSpan.FromSeconds(15) });
        var strategy = new MomentumStrategy(new MomentumParameters());
        var exits = new ExitParameters();
        var acts = new List<string>();
        decimal? held = null;
        foreach (var tick in ticks)
        {
            var verdict = guard.Judge(tick, tick.Time);
            if (verdict.IsWithheld)
                continue;
            if (verdict.Confirms)
                strategy.OnTick(guard.Confirmed);
            var accepted = verdict.IsAfterGap ? tick with { Traits = tick.Traits | TickTraits.AfterGap } : tick;
            strategy.OnTick(accepted);
            var code = strategy.Last.Code;
            if (held is { } paid)
            {
                if (verdict.MayExit && exits.Judge(paid, accepted.Price) is { } reason)
                {
                    acts.Add($"{accepted.Time:O} {reason} at {accepted.Price}");
                    held = null;
                }
            }
            else if (verdict.MayEnter && code == EntryCode.Enter)
            {
                acts.Add($"{accepted.Time:O} enter at {accepted.Price}");
                held = accepted.Price;
            }
        }

        return (acts, strategy.Last.Indicators.ChangePercent);
    }
}
