using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;
using MicroTrader.Trading212;

namespace MicroTrader.Host.Tests.Configuration;

public sealed class RunPlannerTests
{
    private static readonly (string, string)[] DemoKeys = [("Trading212:Demo:ApiKey", "demo-key"), ("Trading212:Demo:ApiSecret", "demo-secret")];
    private static readonly (string, string) Synthetic = ("Feed:AllowSyntheticOnPractice", "true");

    [Fact]
    public void A_shortened_pace_is_for_paper_brokers_on_this_machine()
    {
        var plan = Settings.Plan(("Broker:TimeScale", "0.1"));
        var robot = plan.Robot([], "journal.db");
        Assert.Equal(0.1, robot.TimeScale);
        Assert.Equal(TimeSpan.FromSeconds(3), robot.Reconciliation.SettleWindow);
        Assert.Equal(TimeSpan.FromSeconds(90), robot.Reconciliation.LateWatch);
        Assert.Equal(TimeSpan.FromMilliseconds(100), robot.Following.Poll);
        Assert.Equal(TimeSpan.FromSeconds(1), plan.Client(new BrokerAccess(new Uri("http://127.0.0.1/"), "k", "s")).WriteTimeout);

        (string, string)[] practice = [("Trading212:Demo:ApiKey", "k"), ("Trading212:Demo:ApiSecret", "s"), ("Feed:AllowSyntheticOnPractice", "true"), ("Broker:TimeScale", "0.5")];
        Assert.Equal(0.5, Settings.Plan([.. practice, ("Trading212:Demo:Environment", "http://127.0.0.1:5212")]).Robot([], "journal.db").TimeScale);
        const string refusal = "Broker:TimeScale: 0.5 is not allowed; 1, except against a paper broker on this machine";
        Assert.Equal(refusal, Settings.PlanRefusal(practice));
        Assert.Equal(refusal, Settings.PlanRefusal([.. practice, ("Trading212:Demo:Environment", "https://broker.example")]));
        Assert.Equal(refusal, Settings.PlanRefusal(("Trading212:Live", "true"), ("Trading212:Real:ApiKey", "k"), ("Trading212:Real:ApiSecret", "s"), ("Broker:TimeScale", "0.5")));
    }

    [Fact]
    public void Without_keys_it_is_SIM_with_synthetic_prices_and_the_paper_broker()
    {
        var plan = Settings.Plan();

        Assert.Equal((RunMode.Sim, FeedKind.Synthetic, "SIM", "paper"), (plan.Mode, plan.Feed, plan.ModeName, plan.Venue));
        Assert.Null(plan.Broker);
        Assert.Empty(plan.Notices);
        Assert.Equal(["AXSM", "DJT", "WULF", "HUT"], plan.Symbols.Select(s => s.Value));
    }

    [Fact]
    public void With_demo_keys_it_is_PRACTICE()
    {
        var plan = Settings.Plan([.. DemoKeys, Synthetic]);

        Assert.Equal((RunMode.Practice, "PRACTICE", "trading212"), (plan.Mode, plan.ModeName, plan.Venue));
        Assert.Equal(Trading212Environments.Demo, plan.Broker!.Address);
        Assert.Equal(Trading212Environments.Demo, plan.Client(plan.Broker).BaseAddress);
    }

    [Fact]
    public void SIM_that_is_asked_for_stays_SIM_with_demo_keys() => Assert.Equal(RunMode.Sim, Settings.Plan([.. DemoKeys, ("Trading:Mode", "sim")]).Mode);

    [Fact]
    public void A_demo_key_without_its_secret_is_refused_by_the_name_of_what_is_missing() =>
        Assert.StartsWith("TRADING212_DEMO_API_SECRET: missing", Settings.PlanRefusal(DemoKeys[0], Synthetic));

    [Fact]
    public void A_demo_secret_without_its_key_is_refused_by_the_name_of_what_is_missing() =>
        Assert.StartsWith("TRADING212_DEMO_API_KEY: missing", Settings.PlanRefusal(DemoKeys[1], Synthetic));

    [Fact]
    public void PRACTICE_without_keys_is_refused() => Assert.StartsWith("TRADING212_DEMO_API_KEY: missing", Settings.PlanRefusal(("Trading:Mode", "practice"), Synthetic));

    [Theory]
    [InlineData("Trading212:Demo:ApiKey", "TRADING212_DEMO_API_KEY", "two words")]
    [InlineData("Trading212:Demo:ApiKey", "TRADING212_DEMO_API_KEY", "two:words")]
    [InlineData("Trading212:Demo:ApiSecret", "TRADING212_DEMO_API_SECRET", "two words")]
    public void A_key_that_cannot_be_one_is_refused_and_not_repeated(string key, string name, string value)
    {
        var message = Settings.PlanRefusal([.. DemoKeys, Synthetic, (key, value)]);

        Assert.StartsWith(name + ": ", message);
        Assert.DoesNotContain(value, message);
        Assert.DoesNotContain("demo-", message);
    }

    [Fact]
    public void Made_up_prices_do_not_meet_practice_money_unasked() => Assert.StartsWith("Feed:AllowSyntheticOnPractice: ", Settings.PlanRefusal(DemoKeys));

    [Fact]
    public void Scripted_prices_do_not_meet_practice_money_unasked() =>
        Assert.StartsWith("Feed:AllowSyntheticOnPractice: ", Settings.PlanRefusal([.. DemoKeys, ("Feed:Kind", "script"), ("Feed:Data", "a.csv")]));

    [Theory]
    [InlineData("demo")]
    [InlineData("DEMO")]
    [InlineData("https://demo.trading212.com")]
    [InlineData("https://demo.trading212.com/")]
    [InlineData("https://DEMO.Trading212.com/api/v0")]
    public void The_demo_address_is_known_whatever_way_it_is_written(string environment) =>
        Assert.Equal(Trading212Environments.Demo, Settings.Plan([.. DemoKeys, Synthetic, ("Trading212:Demo:Environment", environment)]).Broker!.Address);

    [Theory]
    [InlineData("live")]
    [InlineData("LIVE")]
    [InlineData("https://live.trading212.com/api/v0")]
    [InlineData("https://LIVE.trading212.com")]
    [InlineData("https://live.trading212.com:8443/x")]
    [InlineData("https://live.trading212.com./api/v0")]
    [InlineData("http://live.trading212.com/api/v0")]
    public void A_live_address_does_not_meet_LIVE_false(string environment)
    {
        // With demo keys, with SIM asked for, and with no key at all.
        foreach (var more in new (string, string)[][] { [.. DemoKeys, Synthetic], [("Trading:Mode", "sim")], [] })
        {
            var message = Settings.PlanRefusal([.. more, ("Trading212:Demo:Environment", environment)]);

            Assert.StartsWith($"TRADING212_DEMO_ENVIRONMENT: '{environment}' contradicts LIVE=false; allowed is https://demo.trading212.com", message);
        }
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("Demo")]
    [InlineData("https://demo.trading212.com/api/v0")]
    [InlineData("https://DEMO.trading212.com.")]
    public void A_demo_address_does_not_meet_LIVE_true(string environment) =>
        Assert.StartsWith(
            $"TRADING212_LIVE_ENVIRONMENT: '{environment}' contradicts LIVE=true; allowed is https://live.trading212.com",
            Settings.PlanRefusal([.. LiveSettings(), ("Trading212:Real:Environment", environment)]));

    [Theory]
    [InlineData("practice")]
    [InlineData("ftp://demo.trading212.com")]
    [InlineData("demo.trading212.com")]
    [InlineData("/api/v0")]
    public void What_is_no_address_is_refused(string environment) =>
        Assert.StartsWith($"TRADING212_DEMO_ENVIRONMENT: '{environment}' is not allowed; allowed is demo, or", Settings.PlanRefusal([.. DemoKeys, ("Trading212:Demo:Environment", environment)]));

    [Fact]
    public void Keys_do_not_go_over_http_to_another_machine() =>
        Assert.Contains("keys go over https only", Settings.PlanRefusal([.. DemoKeys, ("Trading212:Demo:Environment", "http://broker.example/api/v0")]));

    [Fact]
    public void Http_to_this_machine_is_allowed() =>
        Assert.Equal(new Uri("http://127.0.0.1:5212/api/v0"), Settings.Plan([.. DemoKeys, Synthetic, ("Trading212:Demo:Environment", "http://127.0.0.1:5212")]).Broker!.Address);

    [Theory]
    [InlineData("https://some:words@demo.trading212.com/api/v0")]
    [InlineData("https://demo.trading212.com/api/v0?key=words")]
    [InlineData("https://demo.trading212.com/api/v0#words")]
    public void An_address_with_keys_in_it_is_refused_and_not_repeated(string environment)
    {
        var message = Settings.PlanRefusal([.. DemoKeys, ("Trading212:Demo:Environment", environment)]);

        Assert.StartsWith("TRADING212_DEMO_ENVIRONMENT: ", message);
        Assert.DoesNotContain("words", message);
    }

    [Theory]
    [InlineData("Trading212:Real:ApiKey", "TRADING212_API_KEY: missing")]
    [InlineData("Trading212:Real:ApiSecret", "TRADING212_API_SECRET: missing")]
    [InlineData("Trading:LiveConfirmation", "Trading:LiveConfirmation: LIVE needs it to read 'I trade real money'")]
    [InlineData("Risk:Capital", "Risk:Capital: LIVE needs it")]
    public void LIVE_without_one_of_its_guards_is_refused(string missing, string refusal) =>
        Assert.StartsWith(refusal, Settings.PlanRefusal([.. LiveSettings().Where(s => s.Key != missing)]));

    [Theory]
    [InlineData("i trade real money")]
    [InlineData("yes")]
    [InlineData("I trade real money!")]
    public void LIVE_with_other_words_is_refused(string words) =>
        Assert.StartsWith("Trading:LiveConfirmation: ", Settings.PlanRefusal([.. LiveSettings(), ("Trading:LiveConfirmation", words)]));

    [Fact]
    public void LIVE_without_capital_above_0_is_refused() => Assert.StartsWith("Risk:Capital: ", Settings.PlanRefusal([.. LiveSettings(), ("Risk:Capital", "0")]));

    [Theory]
    [InlineData("auto")]
    [InlineData("synthetic")]
    public void Made_up_prices_never_meet_real_money(string feed)
    {
        var message = Settings.PlanRefusal([.. LiveSettings(), Synthetic, ("Feed:Kind", feed)]);

        Assert.StartsWith("Feed:Kind: synthetic prices never meet real money", message);
        Assert.DoesNotContain("live-", message);
    }

    [Fact]
    public void Scripted_prices_never_meet_real_money() =>
        Assert.StartsWith("Feed:Kind: script prices never meet real money", Settings.PlanRefusal([.. LiveSettings(), Synthetic, ("Feed:Kind", "script"), ("Feed:Data", "a.csv")]));

    [Theory]
    [InlineData("sim")]
    [InlineData("practice")]
    public void LIVE_true_contradicts_another_mode(string mode) =>
        Assert.StartsWith($"LIVE: true contradicts Trading:Mode {mode}", Settings.PlanRefusal([.. LiveSettings(), ("Trading:Mode", mode)]));

    [Fact]
    public void Live_mode_without_LIVE_true_is_refused() =>
        Assert.StartsWith("Trading:Mode: live needs LIVE=true", Settings.PlanRefusal([.. LiveSettings().Where(s => s.Key != "Trading212:Live"), ("Trading:Mode", "live")]));

    [Fact]
    public void Recorded_prices_never_meet_real_money() =>
        Assert.StartsWith("Feed:Kind: replay trades with the paper broker only", Settings.PlanRefusal([.. LiveSettings(), ("Feed:Data", "x")]));

    [Fact]
    public void Recorded_prices_never_meet_practice_money() =>
        Assert.StartsWith("Feed:Kind: replay trades with the paper broker only", Settings.PlanRefusal([.. DemoKeys, Synthetic, ("Trading:Mode", "practice"), ("Feed:Data", "x")]));

    [Fact]
    public void Demo_keys_do_not_turn_a_replay_into_PRACTICE()
    {
        var plan = Settings.Plan([.. DemoKeys, ("Feed:Data", "x")]);

        Assert.Equal((RunMode.Replay, FeedKind.Replay, "REPLAY", "paper"), (plan.Mode, plan.Feed, plan.ModeName, plan.Venue));
        Assert.Null(plan.Broker);
    }

    [Fact]
    public void A_replay_takes_the_symbols_of_its_recording_unless_told() =>
        Assert.Equal((0, 1), (Settings.Plan(("Feed:Data", "x")).Symbols.Count, Settings.Plan(("Feed:Data", "x"), ("Feed:OnlySymbols", "IBM")).Symbols.Count));

    [Theory]
    [InlineData("replay")]
    [InlineData("script")]
    public void A_feed_that_reads_data_needs_some(string feed) => Assert.StartsWith($"Feed:Data: missing; --feed {feed} needs", Settings.PlanRefusal(("Feed:Kind", feed)));

    [Fact]
    public void Synthetic_prices_read_no_data() => Assert.StartsWith("Feed:Data: synthetic", Settings.PlanRefusal(("Feed:Kind", "synthetic"), ("Feed:Data", "x")));

    [Fact]
    public void A_script_is_one_file() => Assert.StartsWith("Feed:Data: a script is one file", Settings.PlanRefusal(("Feed:Kind", "script"), ("Feed:Data", "a.csv,b.csv")));

    [Theory]
    [InlineData("max", null)]
    [InlineData("MAX", null)]
    [InlineData("1x", 1.0)]
    [InlineData("60X", 60.0)]
    [InlineData("0.01", 0.01)]
    [InlineData("1000000x", 1_000_000.0)]
    public void A_speed_is_read(string text, double? speed) => Assert.Equal(speed, Settings.Plan(("Feed:Data", "x"), ("Feed:Speed", text)).Speed);

    [Theory]
    [InlineData("fast")]
    [InlineData("0x")]
    [InlineData("0.009x")]
    [InlineData("1000001x")]
    [InlineData("-1x")]
    [InlineData("x")]
    [InlineData("1xx")]
    [InlineData("")]
    public void An_impossible_speed_is_refused(string text) => Assert.StartsWith($"Feed:Speed: '{text}' is not allowed", Settings.PlanRefusal(("Feed:Data", "x"), ("Feed:Speed", text)));

    [Theory]
    [InlineData("AXSM,axsm", "AXSM stands there twice")]
    [InlineData("AXSM,4U", "'4U' is not a symbol")]
    [InlineData("AX SM", "'AX SM' is not a symbol")]
    [InlineData("ABCDEFGHIJKLM", "'ABCDEFGHIJKLM' is not a symbol")]
    [InlineData("", "is empty")]
    [InlineData(" , ,", "is empty")]
    public void Impossible_symbols_are_refused(string symbols, string refusal) =>
        Assert.StartsWith($"Trading:Symbols: {refusal}", Settings.PlanRefusal(("Trading:Symbols", symbols)));

    [Fact]
    public void Symbols_are_taken_in_any_case_with_blanks_around() =>
        Assert.Equal(["AXSM", "BRK.B"], Settings.Plan(("Trading:Symbols", " axsm , brk.b ,")).Symbols.Select(s => s.Value));

    [Fact]
    public void More_rising_moves_than_the_window_holds_are_refused()
    {
        Settings.Plan(("Strategy:WindowTicks", "4"), ("Strategy:RisingMoves", "3"));
        Assert.StartsWith("Strategy:RisingMoves: 4 is not allowed; less than Strategy:WindowTicks (4)", Settings.PlanRefusal(("Strategy:WindowTicks", "4"), ("Strategy:RisingMoves", "4")));
    }

    [Fact]
    public void A_quantity_above_the_limit_is_refused()
    {
        Settings.Plan(("Trading:Quantity", "10"), ("Risk:MaxQuantity", "10"));
        Assert.StartsWith("Trading:Quantity: 10.5 is not allowed; at most Risk:MaxQuantity (10)", Settings.PlanRefusal(("Trading:Quantity", "10.5"), ("Risk:MaxQuantity", "10")));
    }

    [Fact]
    public void A_session_that_is_flat_before_it_stops_entering_is_refused()
    {
        Settings.Plan(("Session:NoEntryBeforeClose", "5m"), ("Session:FlatBeforeClose", "5m"));
        Assert.StartsWith("Session:FlatBeforeClose: ", Settings.PlanRefusal(("Session:NoEntryBeforeClose", "5m"), ("Session:FlatBeforeClose", "301s")));
    }

    [Fact]
    public void The_paper_venue_keeps_no_hours_unless_told_and_a_real_one_does()
    {
        Assert.Null(Settings.Plan().Session);
        Assert.Null(Settings.Plan(("Feed:Data", "x")).Session);
        Assert.NotNull(Settings.Plan(("Session:Gate", "on")).Session);
        Assert.NotNull(Settings.Plan([.. DemoKeys, Synthetic]).Session);
        Assert.Null(Settings.Plan([.. DemoKeys, Synthetic, ("Session:Gate", "off")]).Session);
    }

    [Theory]
    [InlineData("Trading:Currency", "usd")]
    [InlineData("Trading:Currency", "US")]
    [InlineData("Trading:Currency", "DOLLAR")]
    [InlineData("Paper:Currency", "eur")]
    [InlineData("Paper:Currency", "")]
    public void A_word_that_is_no_currency_is_refused(string key, string value) => Assert.StartsWith($"{key}: '{value}' is not allowed", Settings.PlanRefusal((key, value)));

    [Fact]
    public void Nothing_of_a_plan_shows_a_secret()
    {
        var plan = Settings.Plan([.. DemoKeys, Synthetic, ("Massive:ApiKey", "massive-key")]);

        foreach (var text in new[] { plan.ToString(), plan.Broker!.ToString(), plan.Client(plan.Broker).ToString(), plan.Options.ToString(), plan.Options.Trading212.Demo.ToString() })
        {
            Assert.DoesNotContain("demo-key", text);
            Assert.DoesNotContain("demo-secret", text);
            Assert.DoesNotContain("massive-key", text);
        }
    }

    [Fact]
    public void The_settings_reach_what_runs()
    {
        var plan = Settings.Plan(
            ("Strategy:WindowTicks", "20"), ("Strategy:RisingMoves", "5"), ("Strategy:MinChangePercent", "0.2"), ("Strategy:MinVolumeRatio", "2"),
            ("Exits:TakeProfitPercent", "2"), ("Exits:StopLossPercent", "0.7"), ("Exits:MaxHold", "20s"), ("Risk:MaxOpenPositions", "2"), ("Risk:MaxQuantity", "9"),
            ("Risk:MaxTickAge", "7s"), ("Risk:Lease", "8s"), ("Trading:Quantity", "3"), ("Trading:EntryDeadline", "4s"), ("Broker:FirstFillPoll", "600ms"), ("Broker:FillPoll", "2s"),
            ("Broker:ReadTimeout", "11s"), ("Broker:WriteTimeout", "12s"), ("Broker:ConnectTimeout", "13s"), ("Reconciliation:SettleWindow", "31s"), ("Reconciliation:ClockSkew", "6s"),
            ("Reconciliation:LateWatch", "16m"), ("Reconciliation:Interval", "2m"), ("Reconciliation:Retry", "9s"), ("Reporting:StateInterval", "3m"), ("Reporting:ReasonInterval", "4m"), ("Journal:SnapshotEvery", "50"));

        Assert.Equal((20, 5, 0.2m, 2m), (plan.Momentum.WindowTicks, plan.Momentum.RisingMoves, plan.Momentum.MinChangePercent, plan.Momentum.MinVolumeRatio));
        Assert.Equal((2m, 0.7m, TimeSpan.FromSeconds(20)), (plan.Exits.TakeProfitPercent, plan.Exits.StopLossPercent, plan.Exits.MaxHold));
        var robot = plan.Robot([], "journal.db");
        Assert.Equal((2, 9m, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8)), (robot.Risk.MaxOpenPositions, robot.Risk.MaxQuantity, robot.Risk.MaxTickAge, robot.Risk.Lease));
        Assert.Equal((TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(6), TimeSpan.FromMinutes(16)), (robot.Reconciliation.SettleWindow, robot.Reconciliation.ClockSkew, robot.Reconciliation.LateWatch));
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(9)), (robot.ReconcileInterval, robot.ReconcileRetry));
        Assert.Equal((3m, TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(600), TimeSpan.FromSeconds(2)), (robot.Quantity, robot.EntryDeadline, robot.Following.FirstPoll, robot.Following.Poll));
        Assert.Equal((TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(4), 50), (robot.ReportInterval, robot.MindInterval, robot.SnapshotEvery));
        Assert.Equal(plan.Exits, robot.Exits);
        var client = plan.Client(new BrokerAccess(Trading212Environments.Demo, "k", "s"));
        Assert.Equal((TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(13)), (client.ReadTimeout, client.WriteTimeout, client.ConnectTimeout));
    }

    private static (string Key, string Value)[] LiveSettings() =>
    [
        ("Trading212:Live", "true"), ("Trading212:Real:ApiKey", "live-key"), ("Trading212:Real:ApiSecret", "live-secret"),
        ("Trading:LiveConfirmation", RunPlanner.LiveWords), ("Risk:Capital", "1000"),
    ];
}
