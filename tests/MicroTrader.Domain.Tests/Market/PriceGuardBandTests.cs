using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Tests.Market;

/// <summary>The guard compares most prices with a band that it keeps; what it says is what the rule says that it is short for.</summary>
public sealed class PriceGuardBandTests
{
    private static readonly DateTimeOffset Open = new(2026, 6, 15, 13, 30, 0, TimeSpan.Zero);
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");

    [Theory]
    [InlineData(5)]
    [InlineData(0.02)]
    [InlineData(60)]
    [InlineData(1_000)]
    public void Prices_that_wander_and_leap_are_judged_as_the_limit_says(double limitPercent)
    {
        var seed = Environment.TickCount;
        var limit = (decimal)limitPercent;
        for (var run = 0; run < 300; run++)
        {
            var random = new Random(unchecked(seed + run));
            var guard = new PriceGuard(new PriceRules { MaxJumpPercent = limit });
            var plain = new PlainGuard(limit);
            var price = random.Next(4) switch { 0 => 0.0003m, 1 => 1.5m, 2 => 167.415m, _ => 999_999_990m };
            for (var i = 0; i < 400; i++)
            {
                var at = Open.AddMilliseconds(100 * i);
                var crossed = random.Next(10) == 0;
                var next = Next(random, price, limit);
                // What is far away is not always where the next one starts from: some come back.
                if (random.Next(3) > 0)
                    price = next;
                var tick = new Tick(Axsm, TickKind.Trade, at, next, 100m, crossed ? next * 1.1m : null, crossed ? next * 0.9m : null);
                var said = guard.Judge(tick, at);
                var expected = plain.Judge(next, crossed);
                Assert.True((said.Code, said.Confirms) == expected, $"seed {seed}, run {run}, tick {i}: {next} is {said.Code} ({said.Confirms}), not {expected}");
            }
        }
    }

    [Fact]
    public void What_is_near_the_highest_price_and_above_it_is_no_price()
    {
        var guard = new PriceGuard(new PriceRules { MaxJumpPercent = 5m });
        for (var i = 0; i < 3; i++)
            guard.Judge(new Tick(Axsm, TickKind.Trade, Open.AddSeconds(i), PriceRules.HighestPrice, 1m), Open.AddSeconds(i));

        Assert.Equal(PriceCode.NotAPrice, guard.Judge(new Tick(Axsm, TickKind.Trade, Open.AddSeconds(4), PriceRules.HighestPrice + 0.01m, 1m), Open.AddSeconds(4)).Code);
        Assert.Equal(PriceCode.Good, guard.Judge(new Tick(Axsm, TickKind.Trade, Open.AddSeconds(5), PriceRules.HighestPrice - 0.01m, 1m), Open.AddSeconds(5)).Code);
    }

    // Around the limit, within it, far beyond it, and often the same price once more.
    private static decimal Next(Random random, decimal price, decimal limit)
    {
        var percent = random.Next(6) switch
        {
            0 => 0m,
            1 => limit * random.Next(-100, 101) / 100m,
            2 => limit * random.Next(-70, 71) / 100m,
            3 => limit * (random.Next(2) == 0 ? -1m : 1m),
            4 => limit * random.Next(-300, 301) / 100m,
            _ => limit * random.Next(-10, 11) / 100m,
        };
        var next = price + (price * percent / 100m);
        next = random.Next(2) == 0 ? Math.Round(next, 4) : Math.Round(next, 2);
        return next is > 0 and <= PriceRules.HighestPrice ? next : price;
    }

    /// <summary>The rule, and nothing to make it fast.</summary>
    private sealed class PlainGuard(decimal limit)
    {
        private decimal? _base;
        private decimal? _suspect;
        private bool _quotesAreWrong;

        public (PriceCode Code, bool Confirms) Judge(decimal price, bool isCrossed)
        {
            var isWrong = isCrossed && !_quotesAreWrong;
            var flaw = isWrong ? PriceCode.CrossedQuote
                : _base is not { } from ? PriceCode.FirstOfDay
                : IsNear(price, from) ? PriceCode.Good : PriceCode.Jump;
            if (flaw == PriceCode.Good)
            {
                (_base, _suspect) = (price, null);
                return (PriceCode.Good, false);
            }

            if (_suspect is { } suspect && IsNear(price, suspect))
            {
                _quotesAreWrong |= flaw == PriceCode.CrossedQuote;
                (_base, _suspect) = (price, null);
                return (PriceCode.Good, true);
            }

            _suspect = price;
            return (flaw, false);
        }

        private bool IsNear(decimal price, decimal from) => Math.Abs(price - from) * 100m <= limit * from;
    }
}
