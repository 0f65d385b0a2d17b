using System.Globalization;

namespace MicroTrader.Domain.Robot;

/// <summary>
/// Judges the prices of all that is traded or held, so that a silent symbol does not hide behind a busy one. Whether a price is stale the robot says itself
/// (<see cref="Market.PriceFreshness"/>); here it is only put in order. Pure: the views and the clock alone decide.
/// </summary>
public static class PriceStandings
{
    // A recording or a script has no rule of its own: what is silent for so long is worth a look all the same.
    private static readonly TimeSpan WithoutRule = TimeSpan.FromSeconds(90);

    private const int MostNames = 3;

    /// <summary>Every symbol that is traded or held, the one that is worst off first: what is held and blind, what is blind, then by age.</summary>
    /// <param name="symbols">The symbols that are traded.</param>
    /// <param name="positions">The positions that are not CLOSED; null where they are not known.</param>
    /// <param name="now">The robot's clock.</param>
    public static IReadOnlyList<PriceStanding> Of(IReadOnlyList<SymbolView> symbols, IReadOnlyList<PositionView>? positions, DateTimeOffset now)
    {
        // What waits for a person, or is being sold, is left by no price.
        var held = (positions ?? []).Where(p => p is { Status: "PENDING" or "OPEN", ExitReason: null, Blocked: null }).Select(p => p.Symbol).ToHashSet(StringComparer.Ordinal);
        var fed = symbols.Select(s => s.Symbol).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. symbols.Select(s => Of(s, held.Contains(s.Symbol), now))
                .Concat(held.Where(h => !fed.Contains(h)).Select(h => new PriceStanding(h, null, PriceWords.NoFeed, true)))
                .OrderByDescending(Rank)
                .ThenByDescending(s => s.AgeSeconds ?? double.MaxValue)
                .ThenBy(s => s.Symbol, StringComparer.Ordinal),
        ];
    }

    /// <summary>The health of the feed.</summary>
    /// <param name="standings">As <see cref="Of(IReadOnlyList{SymbolView}, IReadOnlyList{PositionView}?, DateTimeOffset)"/> puts them; null where the symbols are not known.</param>
    /// <param name="knowsPositions">Whether it is known what is held.</param>
    public static HealthCheck Judge(IReadOnlyList<PriceStanding>? standings, bool knowsPositions)
    {
        if (standings is null)
            return Check(HealthWord.Watch, "the prices are not known");
        if (standings.Count == 0)
            return Check(HealthWord.Watch, "no symbol is traded");
        var blind = standings.Where(s => s.IsBlind).ToList();
        // What is open is left by price: without one only TIME sells.
        if (blind.Where(s => s is { IsHeld: true, AsksBroker: false }).ToList() is { Count: > 0 } lost)
            return Check(HealthWord.Act, $"{Names(lost)}; held: TP and SL see nothing");
        if (blind.Where(s => s.IsHeld).ToList() is { Count: > 0 } served)
            return Check(HealthWord.Watch, $"{Names(served)}; held: TP and SL go by the broker's own price meanwhile");
        if (blind.Count > 0)
            return knowsPositions ? Check(HealthWord.Watch, Names(blind)) : Check(HealthWord.Act, $"{Names(blind)}; what is open is not known: TP and SL see nothing of it");
        if (standings.Where(s => s.Prices == PriceWords.None).ToList() is { Count: > 0 } none)
            return Check(HealthWord.Watch, Names(none));
        return standings[0].Prices == PriceWords.Shut
            ? Check(HealthWord.Good, "the market is shut: no price is expected")
            : Check(HealthWord.Good, $"the oldest price is {Age(standings[0].AgeSeconds)} old ({standings[0].Symbol})");

        static HealthCheck Check(HealthWord word, string detail) => new("Feed", word, detail);
    }

    /// <summary>How a symbol's prices stand, in words: <c>HUT: newest price 42 s old</c>.</summary>
    public static string Words(PriceStanding standing) => standing switch
    {
        { Prices: PriceWords.NoFeed } => $"{standing.Symbol}: traded no longer, no price comes",
        { Prices: PriceWords.Shut } => $"{standing.Symbol}: market shut",
        { AgeSeconds: null } => $"{standing.Symbol}: no price yet",
        { Prices: PriceWords.Late } => $"{standing.Symbol}: prices come {Age(standing.AgeSeconds)} late",
        _ => $"{standing.Symbol}: newest price {Age(standing.AgeSeconds)} old",
    };

    /// <summary>An age for a glance, e.g. <c>0.4 s</c>, <c>42 s</c>, <c>3 min</c>, <c>2 h</c>, <c>3 d</c>; cut, never rounded up.</summary>
    /// <param name="seconds">The age in seconds; null reads as none.</param>
    public static string Age(double? seconds) => seconds switch
    {
        null => "–",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds.Value * 10) / 10:0.0} s"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds.Value):0} s"),
        < 7_200 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds.Value / 60):0} min"),
        < 172_800 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds.Value / 3_600):0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds.Value / 86_400):0} d"),
    };

    private static PriceStanding Of(SymbolView symbol, bool isHeld, DateTimeOffset now)
    {
        double? age = symbol.LastTickAt is { } at ? Math.Max(0, (now - at).TotalSeconds) : null;
        var word = symbol switch
        {
            { Prices: PriceWords.Stale or PriceWords.Late or PriceWords.Shut } => symbol.Prices,
            { LastTickAt: null } => PriceWords.None,
            { StaleAfterSeconds: null } when age > WithoutRule.TotalSeconds => PriceWords.Stale,
            _ => PriceWords.Fresh,
        };
        return new PriceStanding(symbol.Symbol, age, word, isHeld, symbol.AsksBroker);
    }

    // Of those that are alike what has no price at all comes before the oldest.
    private static int Rank(PriceStanding standing) => standing switch
    {
        { IsBlind: true, IsHeld: true, AsksBroker: false } => 4,
        { IsBlind: true, IsHeld: true } => 3,
        { IsBlind: true } => 2,
        { Prices: PriceWords.Shut } => 0,
        _ => 1,
    };

    private static string Names(List<PriceStanding> standings) =>
        string.Join("; ", standings.Take(MostNames).Select(Words)) + (standings.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $"; {standings.Count - MostNames} more") : "");
}
