using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MicroTrader.EndToEnd.Tests.Support;

/// <summary>
/// Makes recordings whose round trips are known beforehand: a rise that enters by the default rule, then a price that leaves by TP or SL, or none that
/// does. One tick a second, so that orders are filled (150 ms) at the price that they were decided on.
/// </summary>
internal sealed class RecordedTrades
{
    private const int SecondsOfATrip = 40;

    // New York's clock is four hours behind in October.
    private static readonly DateTime Open = new(2024, 10, 7, 13, 30, 0, DateTimeKind.Utc);
    private readonly List<(int Second, string Symbol, decimal Price, int Volume)> _ticks = [];

    /// <summary>Adds the prices of a round trip: entered at 157.50, left at a price that TP, SL or, as it is within both, TIME takes.</summary>
    public RecordedTrades Trip(int number, string symbol, decimal exitPrice)
    {
        var start = number * SecondsOfATrip;
        for (var s = 0; s < SecondsOfATrip; s++)
        {
            // The 15th to 18th second rise; from the 19th on the price is the exit's, and back at rest before the next trip.
            var (price, volume) = s switch
            {
                < 15 => (157.00m, 100),
                15 => (157.10m, 100),
                16 => (157.30m, 100),
                17 => (157.50m, 300),
                < 32 => (exitPrice, 100),
                _ => (157.00m, 100),
            };
            _ticks.Add((start + s, symbol, price, volume));
        }

        return this;
    }

    /// <summary>As a CSV of time, symbol, price, volume.</summary>
    public string Csv()
    {
        var text = new StringBuilder("time,symbol,price,volume\n");
        foreach (var (second, symbol, price, volume) in _ticks.OrderBy(t => t.Second))
            text.Append(CultureInfo.InvariantCulture, $"{Open.AddSeconds(second):yyyy-MM-ddTHH:mm:ssZ},{symbol},{price},{volume}\n");
        return text.ToString();
    }

    /// <summary>As LEAN's zip of second bars, one a symbol: milliseconds since New York's midnight, ten-thousandths of a dollar.</summary>
    public void WriteLean(string folder)
    {
        foreach (var symbol in _ticks.GroupBy(t => t.Symbol))
        {
            var name = symbol.Key.ToLowerInvariant();
            var path = Path.Combine(folder, "second", name);
            Directory.CreateDirectory(path);
            using var zip = ZipFile.Open(Path.Combine(path, "20241007_trade.zip"), ZipArchiveMode.Create);
            using var rows = new StreamWriter(zip.CreateEntry($"20241007_{name}_second_trade.csv").Open());
            foreach (var (second, _, price, volume) in symbol)
            {
                var (ms, units) = ((9 * 3600 + 30 * 60 + second) * 1000L, (long)(price * 10_000m));
                rows.Write(string.Create(CultureInfo.InvariantCulture, $"{ms},{units},{units},{units},{units},{volume}\n"));
            }
        }
    }
}
