using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.Backtest.Model;

/// <summary>Counts what a symbol's guard withheld, by code, as the robot's strategies do.</summary>
internal sealed class WithheldCounts
{
    private static readonly PriceCode[] Codes = Enum.GetValues<PriceCode>();

    private readonly long[] _counts = new long[Codes.Length];

    /// <summary>What a verdict adds. The first price of a day is one that waits, and counts only once it is forgotten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(in PriceVerdict verdict)
    {
        if (verdict.Forgot == PriceCode.FirstOfDay)
            _counts[(int)PriceCode.FirstOfDay]++;
        if (verdict.Code is not (PriceCode.Good or PriceCode.FirstOfDay))
            _counts[(int)verdict.Code]++;
    }

    /// <summary>The counts; codes that never came are not among them.</summary>
    public IEnumerable<KeyValuePair<PriceCode, long>> Counts => Codes.Where(c => _counts[(int)c] > 0).Select(c => KeyValuePair.Create(c, _counts[(int)c]));
}
