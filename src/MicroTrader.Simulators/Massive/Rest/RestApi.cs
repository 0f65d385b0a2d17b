using System.Globalization;
using MicroTrader.Simulators.Massive.Market;
using MicroTrader.Simulators.Massive.Streams;
using MicroTrader.Simulators.Massive.Wire;

namespace MicroTrader.Simulators.Massive.Rest;

/// <summary>Makes the answers of the REST API.</summary>
internal sealed class RestApi
{
    private const string Pricing = "https://massive.com/pricing";

    // NYSE and Nasdaq keep the same days; OTC follows them.
    private static readonly string[] Exchanges = ["NYSE", "NASDAQ", "OTC"];

    private readonly FakeMassiveOptions _options;
    private readonly StreamHub _hub;
    private long _lastRequest;

    public RestApi(FakeMassiveOptions options, StreamHub hub)
    {
        _options = options;
        _hub = hub;
    }

    /// <summary>The answer to a request whose key is right.</summary>
    /// <param name="route">Any but the stream's.</param>
    /// <param name="tickers">The query's <c>tickers</c>.</param>
    /// <param name="fault">A fault of data, or any other, which changes nothing here.</param>
    public RestAnswer Answer(RestRoute route, string? tickers, FakeMassiveFault? fault) => route switch
    {
        { Place: FakeMassivePlace.MarketStatus } => RestAnswer.Json(_hub.With(Status), MassiveJson.Default.WireMarketStatus),
        { Place: FakeMassivePlace.UpcomingHolidays } => RestAnswer.Json(Holidays(), MassiveJson.Default.IReadOnlyListWireHoliday),
        { Ticker: { } ticker } => One(ticker, fault),
        _ => RestAnswer.Json(
            new WireSnapshot { Tickers = SnapshotFault.Spoilt(_hub.With(b => b.Snapshot(Names(tickers))), fault) },
            MassiveJson.Default.WireSnapshot),
    };

    /// <summary>The answer to a key that is missing or wrong.</summary>
    public RestAnswer UnknownKey(bool isMissing) => Error(401, "ERROR", isMissing ? "API Key was not provided" : "Unknown API Key");

    /// <summary>The answer of an error status, in the words of the real venue where they are known.</summary>
    public RestAnswer Error(FakeMassiveFault fault) => (fault.Status switch
    {
        401 => UnknownKey(isMissing: false),
        403 => RestAnswer.Json(
            new WireError { Status = "NOT_AUTHORIZED", RequestId = NextRequestId(), Message = $"You are not entitled to this data. Please upgrade your plan at {Pricing}" },
            MassiveJson.Default.WireError,
            403),
        429 => Error(429, "ERROR", $"You've exceeded the maximum requests per minute, please wait or upgrade your subscription to continue. {Pricing}"),
        _ => Error(fault.Status, "ERROR", "An unexpected error occurred"),
    })
    with
    {
        RetryAfter = RetryAfter(fault),
    };

    /// <summary>The answer to a path that does not exist.</summary>
    public RestAnswer NotFound() => Error(404, "NOT_FOUND", "The requested resource was not found");

    /// <summary>The answer to a method that is not GET.</summary>
    public RestAnswer NotAllowed() => Error(405, "ERROR", "Method not allowed");

    /// <summary>The answer to a request for the stream that asks for no upgrade, or a wrong one.</summary>
    public RestAnswer NoUpgrade() => Error(400, "ERROR", "A WebSocket upgrade was expected");

    private static HashSet<string> Names(string? tickers) =>
        [.. (tickers ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private RestAnswer One(string ticker, FakeMassiveFault? fault) => SnapshotFault.Spoilt(_hub.With(b => b.Snapshot([ticker])), fault) is [var only]
        ? RestAnswer.Json(new WireTickerSnapshot { RequestId = NextRequestId(), Ticker = only }, MassiveJson.Default.WireTickerSnapshot)
        : Error(404, "NotFound", "Ticker not found.");

    private WireMarketStatus Status(MarketBoard board)
    {
        var state = board.State;
        var (market, otc) = state switch
        {
            FakeMarketState.Open => ("open", "open"),
            FakeMarketState.Closed => ("closed", "closed"),
            _ => ("extended-hours", "closed"),
        };
        return new WireMarketStatus
        {
            AfterHours = state == FakeMarketState.AfterHours,
            EarlyHours = state == FakeMarketState.EarlyHours,
            Market = market,
            Exchanges = new Dictionary<string, string> { ["nasdaq"] = market, ["nyse"] = market, ["otc"] = otc },
            ServerTime = NewYork.Local(_options.TimeProvider.GetUtcNow()).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        };
    }

    private List<WireHoliday> Holidays()
    {
        var today = DateOnly.FromDateTime(NewYork.Local(_options.TimeProvider.GetUtcNow()).DateTime);
        return
        [
            .. from holiday in _options.Holidays
               where holiday.Date >= today
               from exchange in Exchanges
               select new WireHoliday
               {
                   Date = holiday.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                   Exchange = exchange,
                   Name = holiday.Name,
                   Status = holiday.ClosesAt is null ? "closed" : "early-close",
                   Open = holiday.ClosesAt is null ? null : Stamp(NewYork.OpenOf(holiday.Date)),
                   Close = holiday.ClosesAt is { } closes ? Stamp(NewYork.At(holiday.Date, closes)) : null,
               },
        ];
    }

    private string? RetryAfter(FakeMassiveFault fault) => (fault.RetryAfter, fault.RetryAfterIsDate) switch
    {
        (null, _) => null,
        ({ } after, true) => (_options.TimeProvider.GetUtcNow() + after).ToString("r", CultureInfo.InvariantCulture),
        ({ } after, false) => Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture),
    };

    private RestAnswer Error(int status, string word, string text) =>
        RestAnswer.Json(new WireError { Status = word, RequestId = NextRequestId(), Error = text }, MassiveJson.Default.WireError, status);

    private string NextRequestId() => Interlocked.Increment(ref _lastRequest).ToString("x32", CultureInfo.InvariantCulture);
}
