using MicroTrader.Domain.Calendar;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Tests.Configuration;

/// <summary>Where prices come from, which are believed, and what a start refuses of them.</summary>
public sealed class PricePlanTests
{
    private static readonly (string, string) Key = ("Massive:ApiKey", "massive-key");
    private static readonly (string, string) Stream = ("Massive:Transport", "stream");

    private static readonly (string, string)[] Live =
    [
        Key, ("Trading212:Live", "true"), ("Trading212:Real:ApiKey", "live-key"), ("Trading212:Real:ApiSecret", "live-secret"),
        ("Trading:LiveConfirmation", RunPlanner.LiveWords), ("Risk:Capital", "1000"),
    ];

    [Theory]
    [InlineData("auto", FeedKind.Massive)]
    [InlineData("synthetic", FeedKind.Synthetic)]
    [InlineData("massive", FeedKind.Massive)]
    public void With_a_key_real_prices_are_the_usual_ones(string kind, FeedKind expected)
    {
        var plan = Settings.Plan(Key, ("Feed:Kind", kind));
        Assert.Equal((RunMode.Sim, expected), (plan.Mode, plan.Feed));
        Assert.DoesNotContain(plan.Notices, n => n.Contains("massive-key", StringComparison.Ordinal));
    }

    [Fact]
    public void FAKE_TICKS_goes_before_the_key() =>
        Assert.Equal(FeedKind.Synthetic, RunPlanner.Plan(Settings.Load(env: "POLYGON_API_KEY=k\nFAKE_TICKS=true")).Feed);

    [Fact]
    public void Real_prices_without_a_key_are_refused_by_its_name() =>
        Assert.StartsWith("Massive:ApiKey (POLYGON_API_KEY): is empty", Settings.PlanRefusal(("Feed:Kind", "massive")));

    [Fact]
    public void Practice_money_takes_real_prices_without_being_asked() =>
        Assert.Equal((RunMode.Practice, FeedKind.Massive), Settings.Plan(Key, ("Trading212:Demo:ApiKey", "k"), ("Trading212:Demo:ApiSecret", "s")) is var plan ? (plan.Mode, plan.Feed) : default);

    [Fact]
    public void The_settings_reach_the_feed()
    {
        var plan = Settings.Plan(
            Key, ("Massive:BaseUrl", "http://127.0.0.1:1/v"), ("Massive:SnapshotPath", "/p"), ("Massive:FetchInterval", "4s"), ("Massive:Timeout", "3s"), ("Massive:DelayTolerance", "90s"),
            ("Massive:StreamUrl", "ws://127.0.0.1:2/s"), ("Massive:Channels", "A, AM"), ("Session:RegularOnly", "false"), ("Trading:Symbols", "AXSM,HUT"));
        var rest = MassivePlan.Rest(plan.Options, plan.Symbols);
        Assert.Equal(
            ("massive-key", new Uri("http://127.0.0.1:1/v"), "/p", TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(90), true),
            (rest.ApiKey, rest.BaseUrl, rest.SnapshotPath, rest.Interval, rest.Timeout, rest.DelayTolerance, rest.ExtendedHours));
        Assert.Equal(["AXSM", "HUT"], rest.Symbols.Select(s => s.Value));
        var stream = MassivePlan.Stream(plan.Options, plan.Symbols);
        Assert.Equal((new Uri("ws://127.0.0.1:2/s"), MassiveChannels.SecondBars | MassiveChannels.MinuteBars, true), (stream.Url, stream.Channels, stream.ExtendedHours));
    }

    [Theory]
    [InlineData("", "wss://socket.massive.com/stocks")]
    [InlineData("realtime", "wss://socket.massive.com/stocks")]
    [InlineData("Delayed", "wss://delayed.massive.com/stocks")]
    public void The_streams_have_names(string name, string address) =>
        Assert.Equal(new Uri(address), MassivePlan.Stream(Settings.Plan(Key, Stream, ("Massive:StreamUrl", name)).Options, Settings.Plan().Symbols).Url);

    [Theory]
    [InlineData("Massive:BaseUrl", "words", "Massive:BaseUrl (POLYGON_BASE_URL): is no address")]
    [InlineData("Massive:BaseUrl", "http://prices.example", "Massive:BaseUrl (POLYGON_BASE_URL): ")]
    [InlineData("Massive:BaseUrl", "https://user:words@prices.example", "Massive:BaseUrl (POLYGON_BASE_URL): ")]
    [InlineData("Massive:StreamUrl", "words", "Massive:StreamUrl: is no address")]
    [InlineData("Massive:StreamUrl", "https://prices.example", "Massive:StreamUrl: ")]
    [InlineData("Massive:SnapshotPath", "snapshot?apiKey=words", "Massive:SnapshotPath (POLYGON_SNAPSHOT_PATH): ")]
    [InlineData("Massive:Channels", "ticks", "Massive:Channels: 'ticks' is not allowed")]
    [InlineData("Massive:Channels", "quotes", "Massive:Channels: ")]
    [InlineData("Trading:Currency", "EUR", "Trading:Currency: 'EUR' is not allowed")]
    [InlineData("Feed:Data", "a.csv", "Feed:Data: massive prices read no data")]
    public void What_the_feed_could_not_use_is_refused_by_its_setting(string key, string value, string expected)
    {
        var message = Settings.PlanRefusal(Key, Stream, ("Feed:Kind", "massive"), (key, value));
        Assert.StartsWith(expected, message);
        Assert.DoesNotContain("massive-key", message);
        Assert.DoesNotContain("user:", message);
    }

    [Theory]
    [InlineData("5s", "10s", false)]
    [InlineData("6s", "10s", true)]
    [InlineData("30s", "1m", false)]
    [InlineData("30s", "10s", true)]
    public void Polls_further_apart_than_half_of_TIME_stop_real_money_unless_that_is_accepted(string interval, string hold, bool stops)
    {
        (string, string)[] pace = [("Massive:FetchInterval", interval), ("Exits:MaxHold", hold)];
        if (!stops)
        {
            Assert.Equal(RunMode.Live, Settings.Plan([.. Live, .. pace]).Mode);
            Assert.Empty(Settings.Plan([Key, .. pace]).Notices);
            return;
        }

        var refusal = Settings.PlanRefusal([.. Live, .. pace]);
        Assert.StartsWith("Massive:FetchInterval: a snapshot each", refusal);
        Assert.Contains("Feed:AcceptSlowPolls", refusal);
        Assert.StartsWith("Massive:FetchInterval: a snapshot each", Assert.Single(Settings.Plan([Key, .. pace]).Notices));
        Assert.StartsWith("Massive:FetchInterval: a snapshot each", Assert.Single(Settings.Plan([.. Live, .. pace, ("Feed:AcceptSlowPolls", "true")]).Notices));
        Assert.Empty(Settings.Plan([.. Live, .. pace, Stream]).Notices);
    }

    [Fact]
    public void The_delayed_stream_stops_real_money_unless_that_is_accepted()
    {
        (string, string)[] delayed = [Stream, ("Massive:StreamUrl", "wss://delayed.massive.com/stocks")];
        var refusal = Settings.PlanRefusal([.. Live, .. delayed]);
        Assert.StartsWith("Massive:StreamUrl: the delayed stream gives prices 15 minutes late", refusal);
        Assert.Contains("Feed:AcceptDelayedPrices", refusal);
        var accepted = Settings.Plan([.. Live, .. delayed, ("Feed:AcceptDelayedPrices", "true")]);
        Assert.Single(accepted.Notices);
        Assert.True(accepted.Prices.AcceptDelayed);
        Assert.Contains("nothing is entered", Assert.Single(Settings.Plan([Key, .. delayed]).Notices));
    }

    [Theory]
    [InlineData("massive", "rest", "4s", 15.0)]
    [InlineData("massive", "rest", "30s", 90.0)]
    [InlineData("massive", "stream", "30s", 15.0)]
    [InlineData("synthetic", "rest", "30s", 15.0)]
    [InlineData("script", "rest", "30s", null)]
    public void What_is_stale_follows_the_feed_s_own_pace(string kind, string transport, string interval, double? seconds)
    {
        (string, string)[] settings = [Key, ("Feed:Kind", kind), ("Massive:Transport", transport), ("Massive:FetchInterval", interval), .. kind == "script" ? [("Feed:Data", "a.csv")] : Array.Empty<(string, string)>()];
        Assert.Equal(seconds, Settings.Plan(settings).Prices.StaleAfter?.TotalSeconds);
        Assert.Equal(7, Settings.Plan([.. settings, ("Feed:StaleAfter", "7s")]).Prices.StaleAfter?.TotalSeconds);
    }

    [Fact]
    public void A_stream_of_minutes_may_be_silent_for_longer() =>
        Assert.Equal(TimeSpan.FromMinutes(3), Settings.Plan(Key, Stream, ("Massive:Channels", "minutebars")).Prices.StaleAfter);

    [Fact]
    public void A_recording_is_stale_only_where_that_is_said()
    {
        Assert.Null(Settings.Plan(("Feed:Data", "a.csv")).Prices.StaleAfter);
        Assert.Equal(TimeSpan.FromSeconds(7), Settings.Plan(("Feed:Data", "a.csv"), ("Feed:StaleAfter", "7s")).Prices.StaleAfter);
    }

    [Fact]
    public void A_replay_is_not_recorded_again() => Assert.StartsWith("Feed:Record: ", Settings.PlanRefusal(("Feed:Data", "a.csv"), ("Feed:Record", "records")));

    [Theory]
    [InlineData("auto", true)]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public void The_broker_s_own_prices_serve_where_there_is_a_broker_outside(string setting, bool onLive)
    {
        Assert.Equal(onLive, Settings.Plan([.. Live, Stream, ("Feed:BrokerPrices", setting)]).BrokerPrices);
        Assert.Equal(setting == "on", Settings.Plan(Key, ("Feed:BrokerPrices", setting)).BrokerPrices);
    }

    [Fact]
    public void Only_real_prices_keep_the_market_s_hours()
    {
        Assert.IsType<NyseCalendar>(Settings.Plan(Key).PriceHours);
        Assert.Null(Settings.Plan().PriceHours);
        var robot = Settings.Plan(Key, ("Feed:MaxJumpPercent", "3"), ("Feed:MaxOutsideQuotePercent", "4"), ("Session:RegularOnly", "false")).Robot([], "journal.db");
        Assert.Equal((3m, 4m, true), (robot.Prices.MaxJumpPercent, robot.Prices.MaxOutsideQuotePercent, robot.PricesOutsideRegular));
        Assert.NotNull(robot.PriceHours);
    }
}
