using FsCheck;
using FsCheck.Xunit;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>Amounts of several currencies under one limit: by a rate that a fill has told, or not at all; the seed in the message brings a case back.</summary>
public sealed class MixedCurrencyTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly Symbol Hut = Symbol.Parse("HUT");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly string[] Currencies = ["USD", "EUR", "GBP", "GBX", "CHF"];

    [Theory]
    // 800 EUR held at 1.25 USD per EUR: 1,000 USD.
    [InlineData("EUR", "800", "0.8", "USD", "200", null)]
    [InlineData("EUR", "800", "0.8", "USD", "200.01", DenialCode.TotalNotional)]
    [InlineData("EUR", "800", null, "USD", "0.01", DenialCode.MissingRate)]
    // 80,000 pence are 800 pounds, 1,000 dollars: the rate is per the account's dollar.
    [InlineData("GBX", "80000", "80", "USD", "200", null)]
    [InlineData("GBX", "80000", "80", "USD", "200.01", DenialCode.TotalNotional)]
    [InlineData("GBX", "80000", null, "USD", "200", DenialCode.MissingRate)]
    public void What_is_held_in_another_currency_is_changed_by_its_fills_rate(string held, string notional, string? rate, string asked, string price, DenialCode? expected)
    {
        var limits = new RiskLimits { MaxTotalNotional = 1_200m, NotionalCurrency = "USD", AccountCurrency = "USD" };
        var state = Held(held, decimal.Parse(notional), rate is null ? null : decimal.Parse(rate));

        Assert.Equal(expected, state.Judge(Request(asked, decimal.Parse(price)), limits, Now).Denial);
    }

    [Fact]
    public void Each_is_changed_by_its_own_rate_and_what_has_none_by_the_dearest()
    {
        var wulf = Symbol.Parse("WULF");
        var limits = new RiskLimits { MaxTotalNotional = 1_200m, NotionalCurrency = "USD", AccountCurrency = "USD" };
        foreach (var (first, second) in new[] { (Hut, wulf), (wulf, Hut) })
        {
            // 100 EUR at 2, and 100 at 1.25 USD per EUR: 325 USD.
            var state = RiskState.Initial.WithPosition(first.Exists(new PositionMoney(1, 100m, 1m, 100m, 0m, "EUR", 0.5m)), 1, Now)
                .WithPosition(second.Exists(new PositionMoney(1, 100m, 1m, 100m, 0m, "EUR", 0.8m)), 1, Now);

            Assert.Null(state.Judge(Request("USD", 875m), limits, Now).Denial);
            Assert.Equal(DenialCode.TotalNotional, state.Judge(Request("USD", 875.01m), limits, Now).Denial);
            Assert.Equal(2m, state.KnownWorth("EUR"));
        }
    }

    [Theory]
    [InlineData("0.0000009")]
    [InlineData("1000001")]
    public void What_cannot_be_a_rate_is_none_whoever_tells_it(string told)
    {
        var worth = decimal.Parse(told);
        var over = RiskState.Initial with { Counters = RiskState.Initial.Counters with { Worths = [new CurrencyWorth("EUR", worth)] } };

        Assert.Null(over.KnownWorth("EUR"));
        Assert.Null(Held("EUR", 100m, worth).KnownWorth("EUR"));
    }

    [Theory]
    [InlineData("0.000001")]
    [InlineData("1000000")]
    public void The_lowest_and_the_highest_rate_are_rates(string told) => Assert.Equal(1m / decimal.Parse(told), Held("EUR", 100m, decimal.Parse(told)).KnownWorth("EUR"));

    [Fact]
    public void A_pound_tells_what_a_penny_is_and_a_penny_what_a_pound_is()
    {
        Assert.Equal(0.0125m, Held("GBP", 100m, 0.8m).KnownWorth("GBX"));
        Assert.Equal(1.25m, Held("GBX", 100m, 80m).KnownWorth("GBP"));
    }

    [Fact]
    public void Of_each_currency_the_last_rate_of_a_trade_is_remembered_and_none_that_is_no_rate()
    {
        var counters = new[] { Taken("USD", 2m), Taken("CHF", 1.25m), Taken("USD", 1.6m), Taken("CHF", 0m), Taken("CHF", null) }.Aggregate(RiskCounters.Empty, (c, f) => c.Apply(f));

        Assert.Equal((0.625m, 0.8m), (counters.WorthOf("USD"), counters.WorthOf("CHF")));

        static TradeTaken Taken(string currency, decimal? rate) =>
            new(Hut, 1, new("HUT-1-B1"), 1m, currency, null, null, 0m, true, rate, Now, Now);
    }

    [Fact]
    public void Where_the_account_s_currency_is_not_known_no_other_counts_for_the_limit_s()
    {
        var limits = new RiskLimits { MaxNotional = 1_000m, NotionalCurrency = "USD" };

        Assert.Null(RiskState.Initial.Judge(Request("USD", 1m), limits, Now).Denial);
        Assert.Equal(DenialCode.MissingRate, RiskState.Initial.Judge(Request("EUR", 1m), limits, Now).Denial);
    }

    [Fact]
    public void Pence_and_pounds_need_no_rate()
    {
        var limits = new RiskLimits { MaxTotalNotional = 1_000m, NotionalCurrency = "GBP", AccountCurrency = "EUR" };
        var state = Held("GBX", 90_000m, null);

        Assert.Null(state.Judge(Request("GBX", 10_000m), limits, Now).Denial);
        Assert.Equal(DenialCode.TotalNotional, state.Judge(Request("GBX", 10_000.01m), limits, Now).Denial);
        Assert.Null(state.Judge(Request("GBP", 100m), limits with { MaxNotional = 100m }, Now).Denial);
        Assert.Equal(DenialCode.Notional, state.Judge(Request("GBX", 10_001m), limits with { MaxNotional = 100m }, Now).Denial);
    }

    [Fact]
    public void A_limit_for_one_entry_in_another_currency_denies_without_a_rate()
    {
        var limits = new RiskLimits { MaxNotional = 1_000_000m, NotionalCurrency = "USD", AccountCurrency = "EUR" };

        var verdict = RiskState.Initial.Judge(Request("CHF", 1m), limits, Now);
        Assert.Equal(DenialCode.MissingRate, verdict.Denial);
        Assert.Equal("no fill has told the rate of CHF to USD yet, and this entry is in CHF: the limit is in USD", verdict.Detail);
        Assert.Null(RiskState.Initial.Judge(Request("USD", 1m), limits, Now).Denial);
        Assert.Null(RiskState.Initial.Judge(Request("CHF", 1m), limits with { MaxNotional = null }, Now).Denial);
    }

    [Fact]
    public void The_open_loss_of_a_day_is_changed_by_the_position_s_own_rate()
    {
        var limits = new RiskLimits { MaxDailyLoss = 100m, AccountCurrency = "EUR" };
        var began = RiskState.Initial.CatchUp([], limits, Now).Aggregate(RiskState.Initial, (s, f) => s.Apply(f));
        Assert.Equal(-80m, Lost(1.25m).DayPnl(limits));
        // Until its fill has told it: the most that 100 dollars can be.
        Assert.Equal(-200m, Lost(null).DayPnl(limits));
        Assert.Equal(-200m, Lost(0m).DayPnl(limits));

        // So is what a day begins with.
        var held = RiskState.Initial.WithPosition(Hut.Exists(new PositionMoney(1, 1_000m, 10m, 100m, 0m, "USD", 1.25m)), 1, Now)
            .WithPosition(Axsm.Exists(new PositionMoney(1, 1_000m, 10m, 100m, 0m, "USD", 0.5m)), 1, Now).WithPrice(Hut, 90m).WithPrice(Axsm, 90m);
        Assert.Equal(-280m, Assert.IsType<TradingDayBegan>(Assert.Single(held.CatchUp([], limits, Now))).StartValue);

        RiskState Lost(decimal? rate) => began.WithPosition(Hut.Exists(new PositionMoney(1, 1_000m, 10m, 100m, 0m, "USD", rate)), 1, Now).WithPrice(Hut, 90m);
    }

    [Theory]
    [InlineData("HUF", "USD", "1000")]
    [InlineData("USD", "GBX", "0.02")]
    [InlineData("CZK", "GBP", "60")]
    [InlineData("CAD", "USD", "4")]
    [InlineData("BGN", "USD", "4")]
    [InlineData("RON", "USD", "10")]
    [InlineData("SEK", "USD", "25")]
    [InlineData("DKK", "GBX", "0.25")]
    public void Before_a_fill_has_told_it_a_foreign_unit_counts_for_the_most_that_it_can_be(string account, string currency, string most)
    {
        var limits = new RiskLimits { AccountCurrency = account, CashHoldBackPercent = 0m };
        Assert.Equal(decimal.Parse(most), RiskState.Initial.CostOf(Request(currency, 1m), limits));
        // A fill tells it before the trade is over.
        Assert.Equal(0.5m, Held(currency, 100m, 2m).CostOf(Request(currency, 1m), limits));
    }

    [Property(MaxTest = 300)]
    public void The_sum_is_that_of_the_true_rates_or_denied(DoNotSize<int> any)
    {
        var random = new Random(any.Item);
        var account = Currencies.Where(c => c != "GBX").ElementAt(random.Next(4));
        var unit = Currencies[random.Next(Currencies.Length)];
        var asked = Currencies[random.Next(Currencies.Length)];
        var pound = random.Next(50, 200) / 100m;
        var worths = Currencies.ToDictionary(c => c, c => c switch { "GBP" => pound, "GBX" => pound / 100m, _ => random.Next(50, 200) / 100m });
        var scale = worths[account];
        worths = worths.ToDictionary(w => w.Key, w => w.Value / scale);

        var told = new HashSet<string> { account };
        var state = RiskState.Initial;
        var positions = Enumerable.Range(1, random.Next(0, 5)).Select(i => (Symbol: Symbol.Parse($"S{i}"), Currency: Currencies[random.Next(5)], Notional: random.Next(1, 100_000) / 10m, Tells: random.Next(2) == 0)).ToList();
        foreach (var (symbol, currency, notional, tells) in positions)
        {
            state = state.WithPosition(symbol.Exists(new PositionMoney(1, notional, 1m, notional, 0m, currency, tells ? 1m / worths[currency] : null)), 1, Now);
            if (tells)
                told.Add(currency);
        }

        if (random.Next(2) == 0)
        {
            var over = Currencies[random.Next(5)];
            state = state with { Counters = state.Counters with { Worths = [new CurrencyWorth(over, worths[over])] } };
            told.Add(over);
        }

        var price = random.Next(1, 100_000) / 10m;
        var sum = positions.Sum(p => p.Notional * worths[p.Currency] / worths[unit]) + (price * worths[asked] / worths[unit]);
        var limits = new RiskLimits { MaxOpenPositions = 9, MaxQuantity = 9m, NotionalCurrency = unit, AccountCurrency = account };
        var verdicts = new[] { sum * 1.000001m, sum * 0.999999m }.Select(most => state.Judge(Request(asked, price), limits with { MaxTotalNotional = most }, Now).Denial);

        var isKnown = positions.Select(p => p.Currency).Append(asked).All(c => c == unit || Pounds(c) == Pounds(unit) || (IsTold(c) && IsTold(unit)));
        DenialCode?[] expected = isKnown ? [null, DenialCode.TotalNotional] : [DenialCode.MissingRate, DenialCode.MissingRate];
        if (!verdicts.SequenceEqual(expected))
            Assert.Fail($"seed {any.Item}: {string.Join(", ", verdicts)}; expected {string.Join(", ", expected)}");

        // A pound tells what a penny is, and the other way round.
        bool IsTold(string currency) => told.Any(t => Pounds(t) == Pounds(currency));
    }

    private static string Pounds(string currency) => currency == "GBX" ? "GBP" : currency;

    private static RiskState Held(string currency, decimal notional, decimal? rate) =>
        RiskState.Initial.WithPosition(Hut.Exists(new PositionMoney(1, notional, 1m, notional, 0m, currency, rate)), 1, Now);

    private static EntryRequest Request(string currency, decimal price) => new(Axsm, 1m, Now, price, currency);
}
