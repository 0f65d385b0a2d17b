namespace MicroTrader.Simulators.Paper.Core;

/// <summary>The venue's fixed rules: instruments, prices, fees, exchange rates and sessions. Pure.</summary>
internal sealed class VenueRules
{
    /// <summary>Order numbers start where a captured one of the real venue stood, so that they look alike and exceed 32 bits.</summary>
    public const long FirstOrderId = 54_250_294_524;

    public const long FirstFillId = 54_350_000_001;

    /// <summary>From the notes: at most 50 pending orders per ticker and account.</summary>
    public const int MaxPendingPerTicker = 50;

    /// <summary>From the notes: 0.15 % of the value for buying or selling in another currency.</summary>
    private const decimal ConversionFeeFraction = 0.0015m;

    private readonly Dictionary<string, PaperInstrument> _instruments;
    private readonly Dictionary<string, decimal> _rates;
    private readonly PaperSession[]? _sessions;

    public VenueRules(PaperBrokerOptions options)
    {
        _instruments = options.Instruments.ToDictionary(i => i.Ticker, StringComparer.Ordinal);
        _rates = FxTable.Build(options);
        _sessions = options.Sessions?.OrderBy(s => s.OpensAt).ToArray();
        FillDelay = options.FillDelay;
        HoldBack = 1m + (options.CashHoldBackPercent / 100m);
        Edge = (options.SpreadPercent / 200m) + (options.SlippagePercent / 100m);
        AccountCurrency = options.Currency;
    }

    public TimeSpan FillDelay { get; }

    public string AccountCurrency { get; }

    /// <summary>Factor by which the value of a buy must be covered.</summary>
    public decimal HoldBack { get; }

    public IReadOnlyList<PaperSession>? Sessions => _sessions;

    /// <summary>Share of the price that each side pays: half the spread plus slippage.</summary>
    private decimal Edge { get; }

    public PaperInstrument? Instrument(string ticker) => _instruments.GetValueOrDefault(ticker);

    /// <summary>Units of the instrument's currency per one unit of the account's.</summary>
    public decimal FxRate(PaperInstrument instrument) => _rates[instrument.CurrencyCode];

    public decimal ExecutionPrice(decimal lastPrice, bool isBuy) =>
        Edge == 0 ? lastPrice : decimal.Round(lastPrice * (isBuy ? 1m + Edge : 1m - Edge), 4, MidpointRounding.AwayFromZero);

    /// <summary>Value of some shares in account currency, to the cent.</summary>
    public decimal Value(PaperInstrument instrument, decimal quantity, decimal price) =>
        Cents(Math.Abs(quantity) * price / FxRate(instrument));

    public decimal ConversionFee(PaperInstrument instrument, decimal value) =>
        FxTable.SameMoney(instrument.CurrencyCode, AccountCurrency) ? 0m : Cents(value * ConversionFeeFraction);

    public static decimal Cents(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero);

    /// <summary>The first instant at or after <paramref name="now"/> at which the market is open; the end of time when no session follows.</summary>
    public DateTimeOffset OpenAt(DateTimeOffset now)
    {
        if (_sessions is null)
        {
            return now;
        }

        foreach (var session in _sessions)
        {
            if (now < session.ClosesAt)
            {
                return now < session.OpensAt ? session.OpensAt : now;
            }
        }

        return DateTimeOffset.MaxValue;
    }

    /// <summary>When an order that is accepted now is due.</summary>
    public DateTimeOffset DueAt(DateTimeOffset now, bool extendedHours, TimeSpan extraDelay)
    {
        var open = extendedHours ? now : OpenAt(now);
        return open == DateTimeOffset.MaxValue ? open : open + FillDelay + extraDelay;
    }
}
