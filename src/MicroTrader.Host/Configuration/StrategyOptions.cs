namespace MicroTrader.Host.Configuration;

/// <summary>When the momentum strategy enters.</summary>
public sealed class StrategyOptions
{
    [Setting("Ticks in the window", Min = 4, Max = 500)]
    public int WindowTicks { get; set; } = 15;

    [Setting("How many of the last moves must be up; less than WindowTicks", Min = 1, Max = 499)]
    public int RisingMoves { get; set; } = 3;

    [Setting("Least change over the window, percent", Min = 0.0001, Max = 50)]
    public decimal MinChangePercent { get; set; } = 0.08m;

    [Setting("Least volume of the tick over the mean of the window before it; 0 asks for no volume", Min = 0, Max = 100)]
    public decimal MinVolumeRatio { get; set; } = 1.3m;
}

/// <summary>When positions are left.</summary>
public sealed class ExitOptions
{
    [Setting("TP: gain on the entry price, percent", Min = 0.0001, Max = 100)]
    public decimal TakeProfitPercent { get; set; } = 1.0m;

    [Setting("SL: loss on the entry price, percent, without a sign", Min = 0.0001, Max = 99.9999)]
    public decimal StopLossPercent { get; set; } = 0.5m;

    [Setting("TIME: longest hold, from the fill", Min = 0.1, Max = 86_400)]
    public TimeSpan MaxHold { get; set; } = TimeSpan.FromSeconds(10);

    [Setting("Trailing stop: leaves when the price has fallen back so far from its highest since the entry, percent; empty for none", Min = 0.0001, Max = 99.9999)]
    public decimal? TrailingDistancePercent { get; set; }

    [Setting("Trailing stop: the gain on the entry price from which it follows, percent", Min = 0, Max = 100)]
    public decimal TrailingActivatePercent { get; set; } = 0.5m;

    [Setting("Flat momentum: leaves when the price has risen by less than FlatChangePercent over so many ticks since the entry; empty for no such exit", Min = 2, Max = 500)]
    public int? FlatTicks { get; set; }

    [Setting("Flat momentum: the least rise over FlatTicks, percent", Min = 0, Max = 50)]
    public decimal FlatChangePercent { get; set; } = 0.02m;
}
