namespace MicroTrader.Domain.Robot;

/// <summary>The words for how a symbol's prices stand.</summary>
public static class PriceWords
{
    /// <summary>The newest price is young enough.</summary>
    public const string Fresh = "fresh";

    /// <summary>The newest price is too old.</summary>
    public const string Stale = "stale";

    /// <summary>The source gives its prices late.</summary>
    public const string Late = "late";

    /// <summary>The market is shut.</summary>
    public const string Shut = "market shut";
}
