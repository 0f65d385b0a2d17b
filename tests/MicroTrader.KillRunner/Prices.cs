using System.Globalization;
using System.Text;

namespace MicroTrader.KillRunner;

/// <summary>
/// Prices of a life of the host: every symbol rises by the strategy's rule again and again, and then ends at TP, at SL, or not at all. The venue's own prices
/// move around the same base, so that what is paid and got is never what the script says.
/// </summary>
internal static class Prices
{
    private const int WindowTicks = 15;
    private const int TickMs = 12;

    /// <summary>The price around which a symbol moves, in its currency.</summary>
    public static decimal Base(string symbol) => 40m + (symbol.Sum(c => c) % 140);

    /// <summary>What the venue pays and asks at the moment: within 0.15 % of the base.</summary>
    public static decimal AtVenue(string symbol, Random random) => Math.Round(Base(symbol) * (1m + ((decimal)random.NextDouble() - 0.5m) * 0.003m), 2);

    /// <summary>A script of prices for <c>--feed script</c>.</summary>
    public static string Script(Random random, TimeSpan length, TimeSpan longestHold)
    {
        var ticks = new List<(int AtMs, string Symbol, decimal Price, int Volume)>();
        foreach (var symbol in KillOptions.Symbols)
        {
            var at = random.Next(200);
            while (at < length.TotalMilliseconds)
                at = Trade(ticks, symbol, at, random, (int)longestHold.TotalMilliseconds);
        }

        var text = new StringBuilder("symbol,price,volume,delay_ms\n");
        var last = 0;
        foreach (var (atMs, symbol, price, volume) in ticks.OrderBy(t => t.AtMs))
        {
            text.Append(CultureInfo.InvariantCulture, $"{symbol},{price},{volume},{atMs - last}\n");
            last = atMs;
        }

        return text.ToString();
    }

    /// <summary>Prices that stay where they are.</summary>
    public static string Quiet(TimeSpan length)
    {
        var text = new StringBuilder("symbol,price,volume,delay_ms\n");
        for (var at = TimeSpan.Zero; at < length; at += TimeSpan.FromMilliseconds(500))
        {
            foreach (var symbol in KillOptions.Symbols)
                text.Append(CultureInfo.InvariantCulture, $"{symbol},{Base(symbol)},100,{(symbol == KillOptions.Symbols[0] ? 500 : 0)}\n");
        }

        return text.ToString();
    }

    private static int Trade(List<(int AtMs, string Symbol, decimal Price, int Volume)> ticks, string symbol, int at, Random random, int longestHoldMs)
    {
        var rest = Base(symbol);
        void Tick(decimal factor, int volume = 100)
        {
            ticks.Add((at, symbol, Math.Round(rest * factor, 2), volume));
            at += TickMs;
        }

        for (var i = 0; i < WindowTicks; i++)
            Tick(1m);
        Tick(1.001m);
        Tick(1.002m);
        Tick(1.003m, 300);
        at += random.Next(50, longestHoldMs);
        // TP, SL, or TIME.
        if (random.Next(3) is var end && end < 2)
        {
            for (var i = 0; i < 5; i++)
                Tick(end == 0 ? 1.02m : 0.985m);
        }

        return at + random.Next(50, 400);
    }
}
