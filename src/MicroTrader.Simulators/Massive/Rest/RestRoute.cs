namespace MicroTrader.Simulators.Massive.Rest;

/// <summary>What a path of the API means.</summary>
internal readonly record struct RestRoute(FakeMassivePlace Place, string? Ticker = null)
{
    private const string Tickers = "/v2/snapshot/locale/us/markets/stocks/tickers";

    /// <summary>The route of a path; null for none.</summary>
    public static RestRoute? Match(string? path, bool isDelayed) => path switch
    {
        Tickers => new RestRoute(FakeMassivePlace.Snapshot),
        "/v1/marketstatus/now" => new RestRoute(FakeMassivePlace.MarketStatus),
        "/v1/marketstatus/upcoming" => new RestRoute(FakeMassivePlace.UpcomingHolidays),
        "/stocks" => new RestRoute(FakeMassivePlace.SocketConnect),
        "/delayed/stocks" when isDelayed => new RestRoute(FakeMassivePlace.SocketConnect),
        _ when path is not null && path.StartsWith(Tickers + "/", StringComparison.Ordinal) && path.Length > Tickers.Length + 1 =>
            new RestRoute(FakeMassivePlace.Snapshot, path[(Tickers.Length + 1)..]),
        _ => null,
    };
}
