using System.Globalization;
using MicroTrader.Actors;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Gateway;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Reconciliation;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Strategy;
using MicroTrader.MarketData;
using MicroTrader.Trading212;
using Instrument = MicroTrader.Domain.Market.Instrument;

namespace MicroTrader.Host.Configuration;

/// <summary>Whose money, and whose prices: what the start may show and must guard.</summary>
internal enum RunMode
{
    /// <summary>The paper broker.</summary>
    Sim,

    /// <summary>A recording, with the paper broker.</summary>
    Replay,

    /// <summary>Trading 212, practice money.</summary>
    Practice,

    /// <summary>Trading 212, real money.</summary>
    Live,
}

/// <summary>A broker's address and keys. It never shows the keys.</summary>
internal sealed record BrokerAccess(Uri Address, string ApiKey, string ApiSecret)
{
    /// <inheritdoc/>
    public override string ToString() => Address.ToString();
}

/// <summary>What a run is going to do: the settings, checked as a whole.</summary>
internal sealed record RunPlan
{
    /// <summary>The settings that it was made from.</summary>
    public required TraderOptions Options { get; init; }

    /// <summary>Whose money.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>Whose prices; never <see cref="FeedKind.Auto"/>.</summary>
    public required FeedKind Feed { get; init; }

    /// <summary>What is traded; empty for a recording that says it itself.</summary>
    public required IReadOnlyList<Symbol> Symbols { get; init; }

    /// <summary>Files and folders of a recording or a script.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>How many seconds of a recording pass in one; null for as fast as possible.</summary>
    public required double? Speed { get; init; }

    /// <summary>Where orders go; null for the paper broker of the host's own.</summary>
    public required BrokerAccess? Broker { get; init; }

    /// <summary>Where the page and the API are, and who may reach them.</summary>
    public required WebPlan Web { get; init; }

    /// <summary>What the person should know before the start.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>The mode in capitals.</summary>
    public string ModeName => Mode.ToString().ToUpperInvariant();

    /// <summary>The venue as the journal knows it.</summary>
    public string Venue => Broker is null ? "paper" : "trading212";

    /// <summary>When the strategy enters.</summary>
    public MomentumParameters Momentum => Parameters(Options.Strategy);

    /// <summary>When positions are left.</summary>
    public ExitParameters Exits => Parameters(Options.Exits);

    /// <summary>How a symbol is traded: by the general settings, with what it has otherwise laid over them.</summary>
    /// <param name="symbol">The symbol.</param>
    public (MomentumParameters Momentum, ExitParameters? Exits, SizingRules? Sizing) Of(Symbol symbol)
    {
        if (!SymbolOverrides.Has(Options, symbol))
            return (Momentum, null, null);
        var own = SymbolOverrides.Of(Options, symbol);
        return (Parameters(own.Strategy), Parameters(own.Exits), new SizingRules { Quantity = own.Trading.Quantity, CashPerTrade = own.Trading.CashPerTrade });
    }

    /// <summary>Which instrument a symbol means, a person's pins considered.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="instruments">What the broker lists.</param>
    public Resolution Resolve(Symbol symbol, IReadOnlyList<Instrument> instruments) => InstrumentResolver.Resolve(
        symbol, instruments, Options.Trading.Currency, Options.Instruments.Pins.TryGetValue(symbol.Value, out var pin) && pin.Length > 0 ? new Ticker(pin) : null);

    /// <summary>A symbol as it is traded.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="instrument">What the broker calls it.</param>
    /// <param name="limits">What the broker allows of it.</param>
    /// <param name="calendar">Its market's hours; null for the usual ones.</param>
    public TradedSymbol Traded(Symbol symbol, Instrument instrument, InstrumentLimits? limits, ITradingCalendar? calendar)
    {
        var (momentum, exits, sizing) = Of(symbol);
        return new TradedSymbol(symbol, instrument, momentum, limits, calendar, exits, sizing);
    }

    private static MomentumParameters Parameters(StrategyOptions o) => new()
    {
        WindowTicks = o.WindowTicks,
        RisingMoves = o.RisingMoves,
        MinChangePercent = o.MinChangePercent,
        MinVolumeRatio = o.MinVolumeRatio,
    };

    private static ExitParameters Parameters(ExitOptions o) => new()
    {
        TakeProfitPercent = o.TakeProfitPercent,
        StopLossPercent = o.StopLossPercent,
        MaxHold = o.MaxHold,
        TrailingDistancePercent = o.TrailingDistancePercent,
        TrailingActivatePercent = o.TrailingActivatePercent,
        FlatTicks = o.FlatTicks,
        FlatChangePercent = o.FlatChangePercent,
    };

    /// <summary>When the robot trades within the market's hours; null where they do not matter.</summary>
    public SessionRules? Session => Options.Session.Gate switch
    {
        SessionGateOption.Off => null,
        SessionGateOption.Auto when Mode is RunMode.Sim or RunMode.Replay => null,
        _ => SessionRules,
    };

    /// <summary>When the robot trades within the market's hours, where they matter.</summary>
    public SessionRules SessionRules => new()
    {
        RegularOnly = Options.Session.RegularOnly,
        NoEntryBeforeClose = Options.Session.NoEntryBeforeClose,
        FlatBeforeClose = Options.Session.FlatBeforeClose,
        NoEntryAfterOpen = Options.Session.NoEntryAfterOpen,
    };

    /// <summary>Whether the market's hours decide when prices are expected: those of a real feed are New York's.</summary>
    public ITradingCalendar? PriceHours => Feed == FeedKind.Massive ? new NyseCalendar() : null;

    /// <summary>Whether the broker's own prices serve for TP and SL while the feed's are stale or late.</summary>
    public bool BrokerPrices => Options.Feed.BrokerPrices switch
    {
        BrokerPricesOption.On => true,
        BrokerPricesOption.Off => false,
        _ => !IsPaper,
    };

    /// <summary>Which prices are believed, and when they are stale.</summary>
    public PriceRules Prices => new()
    {
        MaxJumpPercent = Options.Feed.MaxJumpPercent,
        MaxOutsideQuotePercent = Options.Feed.MaxOutsideQuotePercent,
        StaleAfter = Options.Feed.StaleAfter ?? UsualStaleAfter,
        AcceptDelayed = Options.Feed.AcceptDelayedPrices,
    };

    // By the feed's own pace: a price that is three polls old was missed twice, and a liquid symbol of a stream is never silent for 15 s.
    private TimeSpan? UsualStaleAfter => Feed switch
    {
        FeedKind.Massive when Options.Massive.Transport == MassiveTransport.Rest => Longer(Options.Massive.FetchInterval * 3, TimeSpan.FromSeconds(15)),
        FeedKind.Massive => (MassivePlan.Stream(Options, Symbols).Channels & (MassiveChannels.Trades | MassiveChannels.SecondBars)) != 0 ? TimeSpan.FromSeconds(15) : TimeSpan.FromMinutes(3),
        FeedKind.Synthetic => TimeSpan.FromSeconds(15),
        _ => null,
    };

    private static readonly Trading212Options Usual = new() { BaseAddress = Trading212Environments.Demo, ApiKey = "-", ApiSecret = "-" };

    // One setting shortens whatever has to do with the broker's pace: its limits, the waits for it, the settle window.
    private double TimeScale => (double)Options.Broker.TimeScale;

    /// <summary>What a day may lose, in the account's currency; null for no limit. Without a capital of its own the paper venue's is the account's cash.</summary>
    public decimal? MaxDailyLoss => (Options.Risk.Capital ?? (IsPaper ? Options.Paper.StartingCash : null)) * Options.Risk.MaxDailyLossPercent / 100m;

    // What slows a robot down on purpose would only keep its user waiting where nothing can be lost.
    private bool IsPaper => Mode is RunMode.Sim or RunMode.Replay;

    /// <summary>Risk's limits.</summary>
    /// <param name="accountCurrency">The account's currency, ISO 4217; null where it is not known yet.</param>
    public RiskLimits Risk(string? accountCurrency)
    {
        var o = Options.Risk;
        var coolDown = o.CoolDown ?? (IsPaper ? TimeSpan.Zero : TimeSpan.FromSeconds(90));
        return new RiskLimits
        {
            MaxOpenPositions = o.MaxOpenPositions,
            MaxQuantity = o.MaxQuantity,
            Lease = o.Lease,
            MaxTickAge = o.MaxTickAge,
            MaxTradesPerHour = o.MaxTradesPerHour ?? (IsPaper ? null : 15),
            MaxOrdersPerMinute = o.MaxOrdersPerMinute,
            MaxLossesInRow = o.MaxLossesInRow,
            CoolDown = coolDown > TimeSpan.Zero ? coolDown : null,
            MaxDailyLoss = MaxDailyLoss,
            MaxNotional = o.MaxNotional,
            MaxTotalNotional = o.MaxTotalNotional,
            NotionalCurrency = Options.Trading.Currency,
            CashHoldBackPercent = o.CashHoldBackPercent,
            TakeProfitPercent = Options.Exits.TakeProfitPercent,
            MaxCostPercentOfTakeProfit = o.MaxCostPercentOfTakeProfit,
            MaxSpreadPercentOfTakeProfit = o.MaxSpreadPercentOfTakeProfit,
            FxFeePercent = o.FxFeePercent,
            FeePercent = o.FeePercent,
            AccountCurrency = accountCurrency,
        };
    }

    /// <summary>Says so where no entry could ever be granted, because buying and selling costs too much of TP; null where that is not so.</summary>
    /// <param name="accountCurrency">The account's currency, ISO 4217.</param>
    public string? CostNotice(string accountCurrency)
    {
        var limits = Risk(accountCurrency);
        var cost = limits.RoundTripFeesPercent(Options.Trading.Currency);
        return limits.MaxCostPercentOfTakeProfit is { } part && cost > Options.Exits.TakeProfitPercent * part / 100m
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"nothing will be entered: buying and selling {Options.Trading.Currency} shares from a {accountCurrency} account costs {cost:0.##} %, more than Risk:MaxCostPercentOfTakeProfit ({part:0.##} %) of TP ({Options.Exits.TakeProfitPercent:0.##} %)")
            : null;
    }

    /// <summary>The actors' settings.</summary>
    /// <param name="symbols">What is traded.</param>
    /// <param name="journalPath">The journal's file.</param>
    /// <param name="accountCurrency">The account's currency, ISO 4217; null where it is not known yet.</param>
    public RobotSettings Robot(IReadOnlyList<TradedSymbol> symbols, string journalPath, string? accountCurrency = null) => new()
    {
        Symbols = symbols,
        JournalPath = journalPath,
        Exits = Exits,
        Risk = Risk(accountCurrency),
        Reconciliation = new ReconciliationRules
        {
            SettleWindow = Options.Reconciliation.SettleWindow * TimeScale,
            ClockSkew = Options.Reconciliation.ClockSkew,
            LateWatch = Options.Reconciliation.LateWatch * TimeScale,
        },
        Quantity = Options.Trading.Quantity,
        CashPerTrade = Options.Trading.CashPerTrade,
        Session = Session,
        Prices = Prices,
        PriceHours = PriceHours,
        PricesOutsideRegular = !Options.Session.RegularOnly,
        BrokerPrices = BrokerPrices,
        EntryDeadline = Options.Trading.EntryDeadline,
        Following = new FollowingRules
        {
            FirstPoll = Options.Broker.FirstFillPoll * TimeScale,
            Poll = Options.Broker.FillPoll * TimeScale,
            ReadPatience = new FollowingRules().ReadPatience * TimeScale,
            ClockSkew = Options.Reconciliation.ClockSkew,
            FiguresPatience = FollowingRules.PatienceFor(Options.Exits.MaxHold),
            Remainder = Options.Orders.Remainder,
            CancelEntryAfter = Options.Orders.CancelEntryAfter * TimeScale,
            CancelAgainAfter = new FollowingRules().CancelAgainAfter * TimeScale,
        },
        // A paper broker of our own was born with us: nobody has sent it anything yet.
        AssumeBudgetSpent = Broker is not null,
        ReconcileInterval = Options.Reconciliation.Interval * TimeScale,
        ReconcileRetry = Options.Reconciliation.Retry * TimeScale,
        // A recording's hours pass in seconds: what is said by the minute would be all there is to read.
        ReportInterval = Mode == RunMode.Replay && Speed is null ? TimeSpan.Zero : Options.Reporting.StateInterval,
        MindInterval = Mode == RunMode.Replay && Speed is null ? TimeSpan.Zero : Options.Reporting.ReasonInterval,
        UnreachableAfter = Options.Alerts.BrokerUnreachableAfter,
        // Nobody recovers from a replay's journal, and a snapshot's write would only compete for the file with the next fact's.
        SnapshotEvery = Mode == RunMode.Replay ? int.MaxValue : Options.Journal.SnapshotEvery,
        TimeScale = TimeScale,
    };

    /// <summary>How the broker's client is set.</summary>
    public Trading212Options Client(BrokerAccess access) => new()
    {
        BaseAddress = access.Address,
        ApiKey = access.ApiKey,
        ApiSecret = access.ApiSecret,
        ReadTimeout = Options.Broker.ReadTimeout * TimeScale,
        WriteTimeout = Options.Broker.WriteTimeout * TimeScale,
        ConnectTimeout = Options.Broker.ConnectTimeout * TimeScale,
        ReadRetryDelay = Usual.ReadRetryDelay * TimeScale,
        ReadBreaker = Usual.ReadBreaker with
        {
            SamplingDuration = Long(Usual.ReadBreaker.SamplingDuration * TimeScale),
            BreakDuration = Long(Usual.ReadBreaker.BreakDuration * TimeScale),
        },
    };

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    // The client's circuit breaker counts over no less.
    private static TimeSpan Long(TimeSpan duration) => duration < TimeSpan.FromMilliseconds(500) ? TimeSpan.FromMilliseconds(500) : duration;
}
