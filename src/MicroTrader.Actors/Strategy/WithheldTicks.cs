using MicroTrader.Actors.Diagnostics;
using MicroTrader.Domain.Market;

namespace MicroTrader.Actors.Strategy;

/// <summary>Counts what a symbol's guards withheld, by code.</summary>
internal sealed class WithheldTicks(RobotMetrics metrics)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private DateTimeOffset? _saidAt;

    /// <summary>How many, by code.</summary>
    public IReadOnlyDictionary<string, long> Counts => new Dictionary<string, long>(_counts, StringComparer.Ordinal);

    /// <summary>What a verdict adds: a tick withheld, or a late one. The first price of a day is one that waits, and counts only once it is forgotten.</summary>
    public PriceCode Take(in PriceVerdict verdict)
    {
        var code = verdict.Code is PriceCode.Good or PriceCode.FirstOfDay ? PriceCode.Good : verdict.Code;
        if (verdict.Forgot == PriceCode.FirstOfDay)
            Add(PriceCode.FirstOfDay);
        if (code != PriceCode.Good)
            Add(code);
        return code;
    }

    /// <summary>Whether a suspect is worth a line: one a minute is.</summary>
    public bool MaySay(DateTimeOffset now)
    {
        if (_saidAt is { } said && now - said < Minute)
            return false;
        _saidAt = now;
        return true;
    }

    private void Add(PriceCode code)
    {
        var name = code.ToString();
        _counts[name] = _counts.GetValueOrDefault(name) + 1;
        metrics.Withheld(name);
    }
}
