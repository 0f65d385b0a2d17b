namespace MicroTrader.Host.Configuration;

/// <summary>What a backtest takes beside the robot's settings; its fills are set by <see cref="PaperOptions"/>.</summary>
public sealed class BacktestOptions
{
    [Setting("Fees of each side, percent of its value; the paper broker takes none", Min = 0, Max = 10)]
    public decimal FeePercent { get; set; }

    [Setting("What changing money costs, each way, percent of the value; the paper broker takes 0.15", Min = 0, Max = 10)]
    public decimal FxFeePercent { get; set; } = 0.15m;

    [Setting("Units of the prices' currency per unit of the account's; empty: the paper broker's fixed rate", Min = 0.000001, Max = 1_000_000)]
    public decimal? FxRate { get; set; }
}
