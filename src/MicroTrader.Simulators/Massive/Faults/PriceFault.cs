namespace MicroTrader.Simulators.Massive;

/// <summary>What the price faults make of a price.</summary>
internal static class PriceFault
{
    private const decimal Jump = 1000m;

    /// <summary>The change of a kind; null where it is no fault of prices.</summary>
    public static Func<decimal, decimal?>? Of(FakeMassiveFaultKind kind) => kind switch
    {
        FakeMassiveFaultKind.ZeroPrice => static _ => 0m,
        FakeMassiveFaultKind.NegativePrice => static price => -price,
        FakeMassiveFaultKind.NullPrice => static _ => null,
        FakeMassiveFaultKind.PriceJump => static price => price * Jump,
        _ => null,
    };
}
