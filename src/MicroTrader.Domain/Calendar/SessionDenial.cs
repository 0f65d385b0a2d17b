namespace MicroTrader.Domain.Calendar;

/// <summary>Why the market's hours allow no entry.</summary>
public enum SessionDenial
{
    /// <summary>The market is shut, in a break, or nothing is known of its hours.</summary>
    Closed,

    /// <summary>The close is too near.</summary>
    NearClose,

    /// <summary>The market trades outside its regular session, and only that is allowed.</summary>
    NotRegular,

    /// <summary>Regular trading has just started.</summary>
    JustOpened,
}
