using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>Each denial at its edge, leases, and which denial leads.</summary>
public sealed class RiskRulesTests
{
    private static readonly Symbol Axsm = Symbol.Parse("AXSM");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly RiskLimits Limits = new();

    [Fact]
    public void An_entry_within_every_limit_is_granted_a_lease()
    {
        var verdict = RiskState.Initial.Judge(Request(), Limits, Now);

        Assert.True(verdict.IsGranted);
        Assert.Equal(new RiskVerdict(null, Now.AddSeconds(5), null), verdict);
    }

    [Theory]
    [InlineData("0", DenialCode.Quantity)]
    [InlineData("-1", DenialCode.Quantity)]
    [InlineData("0.0001", null)]
    [InlineData("1000", null)]
    [InlineData("1000.0001", DenialCode.Quantity)]
    public void The_quantity_has_borders(string quantity, DenialCode? expected) =>
        Assert.Equal(expected, RiskState.Initial.Judge(Request(decimal.Parse(quantity)), Limits, Now).Denial);

    [Fact]
    public void A_size_that_the_instrument_does_not_allow_is_denied_with_a_code_of_its_own()
    {
        var verdict = RiskState.Initial.Judge(Request(0m) with { SizeProblem = "in words" }, Limits, Now);

        Assert.Equal((DenialCode.InstrumentLimits, "in words"), (verdict.Denial, verdict.Detail));
        // Also where there is a quantity; a price that is none leads.
        Assert.Equal(DenialCode.InstrumentLimits, RiskState.Initial.Judge(Request() with { SizeProblem = "in words" }, Limits, Now).Denial);
        Assert.Equal(DenialCode.MissingPrice, RiskState.Initial.Judge(Request() with { SizeProblem = "in words", Price = 0m }, Limits, Now).Denial);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(5_000, null)]
    [InlineData(5_001, DenialCode.StaleTick)]
    [InlineData(-5_000, null)]
    [InlineData(-5_001, DenialCode.StaleTick)]
    public void A_tick_has_an_age_at_which_it_is_too_old(int ageMs, DenialCode? expected) =>
        Assert.Equal(expected, RiskState.Initial.Judge(Request(age: TimeSpan.FromMilliseconds(ageMs)), Limits, Now).Denial);

    [Fact]
    public void A_symbol_with_a_position_gets_no_second()
    {
        var state = RiskState.Initial.WithPosition(Axsm.Exists(), 1, Now);
        Assert.Equal(DenialCode.PositionExists, state.Judge(Request(), Limits, Now).Denial);

        Assert.True(state.WithPosition(Axsm.Gone(), 1, Now).Judge(Request(), Limits, Now).IsGranted);
        Assert.True(RiskState.Initial.WithPosition(Axsm.Gone(), 1, Now).Judge(Request(), Limits, Now).IsGranted);
    }

    [Fact]
    public void A_grant_takes_the_symbol_s_place_until_its_lease_ends()
    {
        var verdict = RiskState.Initial.Judge(Request(), Limits, Now);
        var state = RiskState.Initial.Grant(Request(), verdict.LeaseUntil!.Value, 1);

        Assert.Equal(DenialCode.PositionExists, JudgeAt(state, Now).Denial);
        Assert.Equal(DenialCode.PositionExists, JudgeAt(state, Now.AddSeconds(4.999)).Denial);
        Assert.True(JudgeAt(state, Now.AddSeconds(5)).IsGranted);
    }

    [Fact]
    public void A_grant_that_became_a_position_does_not_expire()
    {
        var state = RiskState.Initial.Grant(Request(), Now.AddSeconds(5), 1).WithPosition(Axsm.Exists(), 1, Now);

        Assert.Equal(DenialCode.PositionExists, JudgeAt(state, Now.AddDays(1)).Denial);
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, DenialCode.TooManyPositions)]
    [InlineData(5, DenialCode.TooManyPositions)]
    public void Positions_and_leases_together_fill_the_cap(int taken, DenialCode? expected)
    {
        var state = Enumerable.Range(0, taken).Aggregate(
            RiskState.Initial,
            (s, i) => i % 2 == 0 ? s.WithPosition(Symbol.Parse($"S{i}").Exists(), 1, Now) : s.Grant(Request() with { Symbol = Symbol.Parse($"S{i}") }, Now.AddSeconds(1), 1));

        Assert.Equal(expected, state.Judge(Request(), Limits, Now).Denial);
    }

    [Fact]
    public void A_lease_that_ended_frees_its_place_under_the_cap()
    {
        var limits = Limits with { MaxOpenPositions = 1 };
        var state = RiskState.Initial.Grant(Request() with { Symbol = Symbol.Parse("DJT") }, Now.AddSeconds(5), 1);

        Assert.Equal(DenialCode.TooManyPositions, JudgeAt(state, Now.AddSeconds(4.999), limits).Denial);
        Assert.True(JudgeAt(state, Now.AddSeconds(5), limits).IsGranted);
    }

    [Fact]
    public void Until_everything_is_ready_nothing_is_granted_and_the_denial_names_what_is_missing()
    {
        var state = RiskState.Initial with { NotReady = ["reconciliation", "position AXSM"] };
        var verdict = state.Judge(Request(), Limits, Now);

        Assert.Equal((DenialCode.NotReady, "waiting for position AXSM, reconciliation"), (verdict.Denial, verdict.Detail));
        Assert.Null(verdict.LeaseUntil);
        Assert.True((state with { NotReady = [] }).Judge(Request(), Limits, Now).IsGranted);
    }

    [Theory]
    [InlineData(TradingState.Active, null)]
    [InlineData(TradingState.ExitOnly, DenialCode.ExitOnly)]
    [InlineData(TradingState.Stopped, DenialCode.Stopped)]
    public void The_trading_state_decides_over_entries(TradingState trading, DenialCode? expected)
    {
        var verdict = RiskState.Initial.Apply(new TradingStateChanged(trading, "the person", Now)).Judge(Request(), Limits, Now);

        Assert.Equal(expected, verdict.Denial);
        if (expected is not null)
            Assert.Contains("(the person)", verdict.Detail);
    }

    [Fact]
    public void While_the_robot_drains_nothing_is_granted() =>
        Assert.Equal(DenialCode.Draining, (RiskState.Initial with { Draining = true }).Judge(Request(), Limits, Now).Denial);

    [Fact]
    public void The_denials_lead_in_one_order()
    {
        // Everything is wrong at once; what leads is put right, one after the other.
        var limits = Limits with { MaxOpenPositions = 1 };
        var state = (RiskState.Initial with { NotReady = ["x"], Draining = true, TradingState = TradingState.Stopped })
            .WithPosition(Axsm.Exists(), 1, Now);
        var request = new EntryRequest(Axsm, 0m, Now.AddHours(-1), 157.50m, "USD");
        var seen = new List<DenialCode?>();
        void See() => seen.Add(state.Judge(request, limits, Now).Denial);

        See();
        state = state with { NotReady = [] };
        See();
        state = state with { TradingState = TradingState.ExitOnly };
        See();
        state = state with { TradingState = TradingState.Active };
        See();
        state = state with { Draining = false };
        See();
        request = request with { Quantity = 1m };
        See();
        request = request with { TickAt = Now };
        See();
        state = state.WithPosition(Axsm.Gone(), 1, Now).WithPosition(Symbol.Parse("DJT").Exists(), 1, Now);
        See();
        state = state.WithPosition(Symbol.Parse("DJT").Gone(), 1, Now);
        See();

        Assert.Equal(
            [
                DenialCode.NotReady, DenialCode.Stopped, DenialCode.ExitOnly, DenialCode.Draining, DenialCode.Quantity, DenialCode.StaleTick,
                DenialCode.PositionExists, DenialCode.TooManyPositions, null,
            ],
            seen);
    }

    [Fact]
    public void A_change_of_state_is_remembered_with_its_reason_and_time()
    {
        var state = RiskState.Initial.Apply(new TradingStateChanged(TradingState.ExitOnly, "flatten", Now));

        Assert.Equal((TradingState.ExitOnly, "flatten", Now), (state.TradingState, state.Reason, state.Since!.Value));
        Assert.Throws<InvalidOperationException>(() => state.Apply(new Stranger(Now)));
    }

    private static EntryRequest Request(decimal quantity = 1m, TimeSpan age = default) => new(Axsm, quantity, Now - age, 157.50m, "USD");

    private static RiskVerdict JudgeAt(RiskState state, DateTimeOffset at, RiskLimits? limits = null) =>
        state.Judge(new EntryRequest(Axsm, 1m, at, 157.50m, "USD"), limits ?? Limits, at);

    private sealed record Stranger(DateTimeOffset At) : IRiskEvent;

    [Theory]
    [InlineData(SessionDenial.Closed, DenialCode.MarketClosed)]
    [InlineData(SessionDenial.NearClose, DenialCode.NearClose)]
    [InlineData(SessionDenial.NotRegular, DenialCode.NotRegularSession)]
    [InlineData(SessionDenial.JustOpened, DenialCode.JustOpened)]
    public void The_market_s_hours_deny_with_a_code_of_their_own(SessionDenial session, DenialCode expected)
    {
        var verdict = RiskState.Initial.Judge(Request(), Limits, Now, new SessionVerdict(session, "in words", null));

        Assert.Equal((expected, "in words"), (verdict.Denial, verdict.Detail));
    }

    [Fact]
    public void What_a_position_said_before_its_answer_does_not_take_its_lease_away()
    {
        var state = RiskState.Initial.Grant(Request(), Now.AddSeconds(5), question: 7);
        var limits = Limits with { MaxOpenPositions = 1 };
        var other = Request() with { Symbol = Symbol.Parse("DJT") };

        Assert.Equal(DenialCode.TooManyPositions, state.WithPosition(Axsm.Gone(), 6, Now).Judge(other, limits, Now).Denial);
        Assert.True(state.WithPosition(Axsm.Gone(), 7, Now).Judge(other, limits, Now).IsGranted);
    }
}
