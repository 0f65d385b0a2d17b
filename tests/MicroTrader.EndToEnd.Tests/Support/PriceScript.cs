using System.Globalization;
using System.Text;

namespace MicroTrader.EndToEnd.Tests.Support;

/// <summary>
/// Writes scripts of prices for <c>--feed script</c>. A rise to 157.50 enters by the default rule; everything around it does not. A rise that comes before
/// the robot is ready is denied, so scripts repeat theirs until one was taken.
/// </summary>
internal sealed class PriceScript
{
    /// <summary>The price before a rise, and between rises.</summary>
    public const decimal Rest = 157.00m;

    /// <summary>The price that a rise enters at.</summary>
    public const decimal Entry = 157.50m;

    private const int WindowTicks = 15;
    private readonly StringBuilder _text = new("symbol,price,volume,delay_ms\n");

    /// <summary>One tick.</summary>
    public PriceScript Tick(string symbol, decimal price, int delayMs, int volume = 100)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{symbol},{price},{volume},{delayMs}\n");
        return this;
    }

    /// <summary>Fills the window with a price that does not move, then rises three times: by 0.3 % in all, with three times the volume at the last.</summary>
    public PriceScript Rise(string symbol, int firstDelayMs = 20)
    {
        for (var i = 0; i < WindowTicks; i++)
            Tick(symbol, Rest, i == 0 ? firstDelayMs : 10);
        return Tick(symbol, 157.10m, 10).Tick(symbol, 157.30m, 10).Tick(symbol, Entry, 10, 300);
    }

    /// <summary>Rises of several symbols, one after the other, again and again. Between them the prices stay within TP and SL of the entry.</summary>
    public static PriceScript Rises(int times, int restMs, params string[] symbols)
    {
        var script = new PriceScript();
        for (var i = 0; i < times; i++)
        {
            foreach (var symbol in symbols)
                script.Rise(symbol, symbol == symbols[0] ? restMs : 20);
        }

        return script;
    }

    /// <summary>Prices that stay where they are, for 30 s.</summary>
    public static PriceScript Quiet(params string[] symbols)
    {
        var script = new PriceScript();
        for (var i = 0; i < 300; i++)
        {
            foreach (var symbol in symbols)
                script.Tick(symbol, Rest, symbol == symbols[0] ? 100 : 0);
        }

        return script;
    }

    public override string ToString() => _text.ToString();
}
