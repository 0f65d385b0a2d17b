using MicroTrader.Domain.Market;
using Xunit.Abstractions;

namespace MicroTrader.MarketData.Tests;

public sealed class SyntheticPathTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly SyntheticFeedOptions Defaults = new();

    [Fact]
    public void The_default_symbols_trade_by_every_ending_within_ten_minutes()
    {
        var closes = Defaults.Symbols.SelectMany(s => Trades(s, Defaults.Seed, TimeSpan.FromMinutes(10))).OrderBy(t => t.ClosedAt).ToList();
        foreach (var trade in closes.Take(12))
            output.WriteLine(trade.ToString());
        Assert.True(closes[0].ClosedAt <= TimeSpan.FromSeconds(45));
        Assert.All(["TP", "SL", "TIME"], reason => Assert.True(closes.Count(t => t.Reason == reason) >= 4, reason));
        Assert.All(Defaults.Symbols, s => Assert.True(closes.Count(t => t.Symbol == s) >= 8, s.Value));
    }

    [Theory]
    [InlineData("AXSM", 1)]
    [InlineData("DJT", 2)]
    [InlineData("WULF", 3)]
    [InlineData("HUT", 4)]
    [InlineData("AAPL", 5)]
    [InlineData("F", long.MinValue)]
    public void Bursts_trigger_an_entry_and_nothing_else_does(string name, long seed)
    {
        var path = new SyntheticPath(Symbol.Parse(name), seed);
        var rule = new EntryRule();
        var (bursts, caught, inBurst, triggered) = (0, 0, false, false);
        for (var i = 0; i < 100_000; i++)
        {
            var step = path.Next();
            var enter = rule.OnStep(step);
            if (step.Regime == SyntheticRegime.Burst)
            {
                bursts += inBurst ? 0 : 1;
                inBurst = true;
                triggered |= enter;
                continue;
            }

            Assert.False(enter, $"an entry at step {i} in {step.Regime}");
            caught += inBurst && triggered ? 1 : 0;
            (inBurst, triggered) = (false, false);
        }

        Assert.True(bursts > 100_000 / 160 - 2);
        Assert.Equal(bursts - (inBurst ? 1 : 0), caught);
    }

    [Theory]
    [InlineData("AXSM")]
    [InlineData("DJT")]
    [InlineData("WULF")]
    [InlineData("HUT")]
    [InlineData("MSFT")]
    [InlineData("BRK.B")]
    public void The_first_burst_comes_within_15_s_and_the_next_every_20_to_40_s(string name)
    {
        for (var seed = 0L; seed < 50; seed++)
        {
            var path = new SyntheticPath(Symbol.Parse(name), seed);
            var starts = new List<int>();
            var before = SyntheticRegime.Quiet;
            for (var i = 1; i <= 2_400; i++)
            {
                var regime = path.Next().Regime;
                if (regime == SyntheticRegime.Burst && before != regime)
                    starts.Add(i);
                before = regime;
            }

            Assert.InRange(starts[0] * Interval, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(14));
            Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.InRange((pair.Second - pair.First) * Interval, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40)));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(12.60)]
    [InlineData(157.50)]
    [InlineData(90_000)]
    public void Every_ending_occurs_as_meant_at_any_price_even_if_the_fill_is_a_second_late(double start)
    {
        var reasons = new Dictionary<SyntheticRegime, Dictionary<string, int>>();
        for (var seed = 0L; seed < 20; seed++)
        {
            foreach (var trade in Trades(Symbol.Parse("X"), seed, TimeSpan.FromMinutes(10), (decimal)start, fillDelaySteps: 4))
            {
                var counts = reasons.TryGetValue(trade.Ending, out var known) ? known : reasons[trade.Ending] = [];
                counts[trade.Reason] = counts.GetValueOrDefault(trade.Reason) + 1;
            }
        }

        foreach (var (ending, counts) in reasons)
            output.WriteLine($"{ending}: {string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"))}");
        Assert.Equal(["TP"], reasons[SyntheticRegime.Rise].Keys);
        Assert.Equal(["SL"], reasons[SyntheticRegime.Fall].Keys);
        Assert.Equal(["TIME"], reasons[SyntheticRegime.Sideways].Keys);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(1000)]
    [InlineData(2000)]
    public void Bursts_and_endings_hold_at_every_interval(int intervalMs)
    {
        var interval = TimeSpan.FromMilliseconds(intervalMs);
        var trades = Enumerable.Range(0, 10).SelectMany(seed => Trades(Symbol.Parse("HUT"), seed, TimeSpan.FromMinutes(10), interval: interval)).ToList();
        Assert.True(trades.Count >= 80);
        Assert.All(trades, t => Assert.Equal(t.Ending switch { SyntheticRegime.Rise => "TP", SyntheticRegime.Fall => "SL", _ => "TIME" }, t.Reason));
        Assert.Equal(3, trades.Select(t => t.Reason).Distinct().Count());
    }

    [Fact]
    public void Prices_stay_plausible_over_days()
    {
        foreach (var symbol in Defaults.Symbols)
        {
            var start = SyntheticPrices.StartFor(symbol);
            var path = new SyntheticPath(symbol, Defaults.Seed);
            var (least, most) = (decimal.MaxValue, 0m);
            // Three days and nights.
            for (var i = 0; i < 3 * 345_600; i++)
            {
                var step = path.Next();
                least = Math.Min(least, step.Price);
                most = Math.Max(most, step.Price);
            }

            output.WriteLine($"{symbol}: {least} to {most}, from {start}");
            Assert.True(least > start * 0.93m && most < start * 1.07m);
        }
    }

    [Fact]
    public void Steps_are_whole_cents_and_whole_shares()
    {
        var path = new SyntheticPath(Symbol.Parse("WULF"), 7);
        for (var i = 0; i < 10_000; i++)
        {
            var step = path.Next();
            Assert.True(step.Price > 0 && decimal.Round(step.Price, 2) == step.Price && step.Volume >= 1 && decimal.Truncate(step.Volume) == step.Volume);
        }
    }

    [Fact]
    public void Another_seed_or_symbol_gives_another_sequence()
    {
        Assert.Equal(First("AXSM", 1), First("AXSM", 1));
        Assert.NotEqual(First("AXSM", 1), First("AXSM", 2));
        Assert.NotEqual(First("ABC", 1, 50m), First("ABD", 1, 50m));
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SyntheticPath(default, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SyntheticPath(Symbol.Parse("A"), 1, 4.99m));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SyntheticPath(Symbol.Parse("A"), 1, 10.005m));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SyntheticPath(Symbol.Parse("A"), 1, 10m, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Start_prices_are_known_or_follow_from_the_name()
    {
        Assert.Equal(157.50m, SyntheticPrices.StartFor(Symbol.Parse("AXSM")));
        for (var i = 0; i < 1_000; i++)
            Assert.InRange(SyntheticPrices.StartFor(Symbol.Parse($"S{i}")), 10m, 300m);
    }

    private static List<SyntheticStep> First(string symbol, long seed, decimal? start = null)
    {
        var path = new SyntheticPath(Symbol.Parse(symbol), seed, start);
        return [.. Enumerable.Range(0, 100).Select(_ => path.Next())];
    }

    // Trades a path by the default rules: enter on the signal, leave at +1.0 %, -0.5 % or after 10 s, from the fill's price.
    private static List<Trade> Trades(Symbol symbol, long seed, TimeSpan length, decimal? start = null, int fillDelaySteps = 0, TimeSpan? interval = null)
    {
        var every = interval ?? Interval;
        var path = new SyntheticPath(symbol, seed, start, every);
        var rule = new EntryRule();
        var trades = new List<Trade>();
        var ending = SyntheticRegime.Quiet;
        int? fillAt = null;
        var entry = 0m;
        for (var i = 1; i * every <= length; i++)
        {
            var step = path.Next();
            var enter = rule.OnStep(step);
            if (enter && fillAt is null)
                fillAt = i + fillDelaySteps;
            if (fillAt is null)
                continue;
            if (step.Regime is not (SyntheticRegime.Burst or SyntheticRegime.Quiet))
                ending = step.Regime;
            if (i <= fillAt)
            {
                entry = step.Price;
                continue;
            }

            var change = (step.Price - entry) / entry;
            var reason = change >= 0.01m ? "TP" : change <= -0.005m ? "SL" : (i - fillAt) * every >= TimeSpan.FromSeconds(10) ? "TIME" : null;
            if (reason is null)
                continue;
            trades.Add(new Trade(symbol, reason, ending, i * every, change));
            (fillAt, ending) = (null, SyntheticRegime.Quiet);
        }

        return trades;
    }

    private sealed record Trade(Symbol Symbol, string Reason, SyntheticRegime Ending, TimeSpan ClosedAt, decimal Change);
}
