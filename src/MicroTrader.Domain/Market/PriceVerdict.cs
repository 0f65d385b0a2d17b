namespace MicroTrader.Domain.Market;

/// <summary>What the guard says of one tick.</summary>
/// <param name="Code">Why it is withheld, or <see cref="PriceCode.Good"/> or <see cref="PriceCode.Delayed"/>.</param>
/// <param name="Confirms">Whether it confirms the suspect before it: <see cref="PriceGuard.Confirmed"/> goes into the window first.</param>
/// <param name="Forgot">Why a suspect was withheld that is forgotten now, unconfirmed; <see cref="PriceCode.Good"/> where none is.</param>
/// <param name="MayEnter">Whether an entry may be decided on it.</param>
/// <param name="MayExit">Whether TP and SL may be judged by it.</param>
/// <param name="IsAfterGap">
/// Whether it is to be taken in as one with <see cref="TickTraits.AfterGap"/>, whatever it carries itself: ticks before it did that were withheld.
/// </param>
public readonly record struct PriceVerdict(
    PriceCode Code, bool Confirms = false, PriceCode Forgot = PriceCode.Good, bool MayEnter = false, bool MayExit = false, bool IsAfterGap = false)
{
    /// <summary>Whether it is kept out of everything: windows, entries, TP and SL.</summary>
    public bool IsWithheld => Code is not (PriceCode.Good or PriceCode.Delayed);
}
