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

    /// <summary>None has come yet, and it is too early to be worried.</summary>
    public const string None = "no price yet";

    /// <summary>It is held and traded no longer: no price of it comes.</summary>
    public const string NoFeed = "no feed";

    /// <summary>The market is shut.</summary>
    public const string Shut = "market shut";
}
