namespace MicroTrader.Domain.Strategy;

/// <summary>When the momentum strategy enters. The defaults are the ones its users know.</summary>
public sealed record MomentumParameters
{
    /// <summary>Ticks in the window, the newest included (4 to 500).</summary>
    public int WindowTicks { get; init; } = 15;

    /// <summary>How many of the last moves must be up (1 to window - 1).</summary>
    public int RisingMoves { get; init; } = 3;

    /// <summary>Least change from the window's first price to its last, in percent (above 0, at most 50).</summary>
    public decimal MinChangePercent { get; init; } = 0.08m;

    /// <summary>Least ratio of the tick's volume to the mean volume of the window before it (0 to 100; 0 asks for no volume).</summary>
    public decimal MinVolumeRatio { get; init; } = 1.3m;

    /// <summary>Names what is impossible in these parameters; empty when they can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (WindowTicks is < 4 or > 500)
            yield return $"WindowTicks: {WindowTicks} is not allowed; 4 to 500";
        if (RisingMoves < 1 || RisingMoves > WindowTicks - 1)
            yield return $"RisingMoves: {RisingMoves} is not allowed; 1 to WindowTicks - 1 ({WindowTicks - 1})";
        if (MinChangePercent is <= 0 or > 50)
            yield return $"MinChangePercent: {MinChangePercent} is not allowed; above 0, at most 50 (percent)";
        if (MinVolumeRatio is < 0 or > 100)
            yield return $"MinVolumeRatio: {MinVolumeRatio} is not allowed; 0 to 100";
    }
}
