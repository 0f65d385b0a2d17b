using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Text;

/// <summary>How a symbol's prices are shown.</summary>
internal static class PriceText
{
    /// <summary>For the bar: whose price is the oldest, and how old it is.</summary>
    public static string Glance(PriceStanding standing) => standing.Prices switch
    {
        PriceWords.NoFeed => $"{standing.Symbol} held, no prices",
        PriceWords.Shut => "Market shut",
        PriceWords.None => $"{standing.Symbol} no price yet",
        _ when standing.AgeSeconds is null => $"{Held(standing)} no price",
        PriceWords.Late => $"{Held(standing)} {PriceStandings.Age(standing.AgeSeconds)} late",
        PriceWords.Stale => $"{Held(standing)} silent {PriceStandings.Age(standing.AgeSeconds)}",
        _ => $"Prices {PriceStandings.Age(standing.AgeSeconds)} ({standing.Symbol})",
    };

    /// <summary>The class that colours it; the words say the same to who sees no colour.</summary>
    public static string Style(PriceStanding standing) => standing switch
    {
        { IsBlind: true, IsHeld: true } => "bad",
        { IsBlind: true } or { Prices: PriceWords.None } => "wait",
        _ => "",
    };

    /// <summary>The tag beside a symbol's age; null where it is as it should be.</summary>
    public static string? Tag(SymbolView symbol) => symbol.Prices is PriceWords.Stale or PriceWords.Late or PriceWords.Shut ? symbol.Prices : null;

    private static string Held(PriceStanding standing) => standing.IsHeld ? $"{standing.Symbol} held," : standing.Symbol;
}
