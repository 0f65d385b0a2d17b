namespace MicroTrader.Simulators.Paper.Core;

/// <summary>The venue's fixed rules: instruments, prices, fees, exchange rates and sessions. Pure.</summary>
internal sealed class VenueRules
{
    /// <summary>Order numbers start where a captured one of the real venue stood, so that they look alike and exceed 32 bits.</summary>
    public const long FirstOrderId = 54_250_294_524;

    public const long FirstFillId = 54_350_000_001;

    /// <summary>Distance between the first numbers of two accounts: an order number means one order, whoever asks.</summary>
    public const long NumbersPerAccount = 1_000_000_000;

    /// <summary>From the notes: at most 50 pending orders per ticker and account.</summary>
    public const int MaxPendingPerTicker = 50;

    /// <summary>From the notes: 0.15 % of the value for buying or selling in another currency.</summary>
    private const decimal ConversionFeeFraction = 0.0015m;

    private static readonly TimeSpan AroundTheClockDay = TimeSpan.FromHours(24);

    private readonly Dictionary<string, PaperInstrument> _instruments;
    private readonly Dictionary<string, decimal> _rates;
    private readonly PaperSession[]? _sessions;

    private readonly bool _hasExtendedSessions;
    private readonly decimal? _eurosPerUnit;

    public VenueRules(PaperBrokerOptions options, string accountCurrency)
    {
        _instruments = options.Instruments.ToDictionary(i => i.Ticker, StringComparer.Ordinal);
        _rates = FxTable.Build(options, accountCurrency);
        _sessions = options.Sessions?.OrderBy(s => s.OpensAt).ToArray();
        _hasExtendedSessions = _sessions?.Any(static s => s.PreMarketOpensAt is not null || s.AfterHoursCloseAt is not null) ?? false;
        _eurosPerUnit = FxTable.Find(options, "EUR", accountCurrency);
        FillDelay = options.FillDelay * options.TimeScale;
        CancelDelay = options.CancelDelay * options.TimeScale;
        MinPositionValue = options.MinPositionValue;
        HalfSpread = options.SpreadPercent / 200m;
        HoldBack = 1m + (options.CashHoldBackPercent / 100m);
        Edge = HalfSpread + (options.SlippagePercent / 100m);
        AccountCurrency = accountCurrency;
    }

    public TimeSpan FillDelay { get; }

    public TimeSpan CancelDelay { get; }

    /// <summary>Smallest value of a holding that a buy may leave, in account currency.</summary>
    public decimal MinPositionValue { get; }

    public string AccountCurrency { get; }

    /// <summary>Factor by which the value of a buy must be covered.</summary>
    public decimal HoldBack { get; }

    public IReadOnlyList<PaperSession>? Sessions => _sessions;

    public bool HasSpread => HalfSpread != 0;

    private decimal HalfSpread { get; }

    /// <summary>Share of the price that each side of a market order pays: half the spread plus slippage.</summary>
    private decimal Edge { get; }

    public IEnumerable<long> WorkingSchedules => _instruments.Values.Select(static i => i.WorkingScheduleId).Distinct().Order();

    public PaperInstrument? Instrument(string ticker) => _instruments.GetValueOrDefault(ticker);

    /// <summary>Units of the instrument's currency per one unit of the account's.</summary>
    public decimal FxRate(PaperInstrument instrument) => _rates[instrument.CurrencyCode];

    /// <summary>What a market order pays or gets.</summary>
    public decimal ExecutionPrice(decimal lastPrice, bool isBuy) => Move(lastPrice, Edge, isBuy);

    /// <summary>The ask for a buy, the bid for a sale: what a limit order is compared with, and pays.</summary>
    public decimal QuotePrice(decimal lastPrice, bool isBuy) => Move(lastPrice, HalfSpread, isBuy);

    /// <summary>Value of some shares in account currency, to the cent.</summary>
    public decimal Value(PaperInstrument instrument, decimal quantity, decimal price) =>
        Cents(Math.Abs(quantity) * price / FxRate(instrument));

    public decimal ConversionFee(PaperInstrument instrument, decimal value) =>
        FxTable.SameMoney(instrument.CurrencyCode, AccountCurrency) ? 0m : Cents(value * ConversionFeeFraction);

    public static decimal Cents(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero);

    /// <summary>An amount of account currency in euros; null where no rate is known.</summary>
    public decimal? InEuros(decimal amount) => _eurosPerUnit is { } rate ? Cents(amount * rate) : null;

    /// <summary>
    /// The first instant at or after <paramref name="now"/> at which the market is open for such an order; the end of time
    /// when no session follows. Sessions that name no extended hours do not hold up an order that asks for them.
    /// </summary>
    public DateTimeOffset OpenAt(DateTimeOffset now, bool extendedHours)
    {
        if (_sessions is null || (extendedHours && !_hasExtendedSessions))
        {
            return now;
        }

        foreach (var session in _sessions)
        {
            var closes = extendedHours ? session.AfterHoursCloseAt ?? session.ClosesAt : session.ClosesAt;
            if (now < closes)
            {
                var opens = extendedHours ? session.PreMarketOpensAt ?? session.OpensAt : session.OpensAt;
                return now < opens ? opens : now;
            }
        }

        return DateTimeOffset.MaxValue;
    }

    /// <summary>When an order that is accepted now is due.</summary>
    public DateTimeOffset DueAt(DateTimeOffset now, bool extendedHours, TimeSpan extraDelay)
    {
        var open = OpenAt(now, extendedHours);
        return open == DateTimeOffset.MaxValue ? open : open + FillDelay + extraDelay;
    }

    /// <summary>
    /// When a DAY order that is accepted now ends: at the close of this session or, where the market is closed, of the next;
    /// after 24 hours where it is open around the clock; null when no session follows.
    /// </summary>
    public DateTimeOffset? DayEndsAt(DateTimeOffset now) =>
        _sessions is null ? now + AroundTheClockDay : _sessions.FirstOrDefault(s => now < s.ClosesAt)?.ClosesAt;

    private static decimal Move(decimal price, decimal edge, bool isBuy) =>
        edge == 0 ? price : decimal.Round(price * (isBuy ? 1m + edge : 1m - edge), 4, MidpointRounding.AwayFromZero);
}
