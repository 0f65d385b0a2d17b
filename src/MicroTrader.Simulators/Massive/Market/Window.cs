namespace MicroTrader.Simulators.Massive.Market;

/// <summary>Trades of a span of time drawn together.</summary>
internal sealed class Window
{
    private decimal _turnover;

    public Window(long startMs, decimal price)
    {
        StartMs = startMs;
        Open = High = Low = Close = price;
    }

    public long StartMs { get; }

    public decimal Open { get; }

    public decimal High { get; private set; }

    public decimal Low { get; private set; }

    public decimal Close { get; private set; }

    public long Volume { get; private set; }

    public long Trades { get; private set; }

    /// <summary>Whether it was streamed: its end has passed.</summary>
    public bool IsClosed { get; set; }

    public decimal AveragePrice => Volume == 0 ? Close : Math.Round(_turnover / Volume, 4);

    public void Add(decimal price, long size)
    {
        High = Math.Max(High, price);
        Low = Math.Min(Low, price);
        Close = price;
        Volume += size;
        Trades++;
        _turnover += price * size;
    }
}
