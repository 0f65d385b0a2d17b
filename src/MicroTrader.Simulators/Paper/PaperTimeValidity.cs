namespace MicroTrader.Simulators.Paper;

/// <summary>How long a limit or stop order stays.</summary>
public enum PaperTimeValidity
{
    /// <summary>DAY: until the close of the session; 24 hours where the market is open around the clock.</summary>
    Day,

    /// <summary>GOOD_TILL_CANCEL: until it is filled or cancelled.</summary>
    GoodTillCancel,
}
