namespace MicroTrader.Simulators.Paper;

/// <summary>The fate of one accepted order; it is stored with the order and so survives a restart.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Fraction">Share of the quantity that a partial fill takes, above 0 and below 1.</param>
/// <param name="ExtraDelay">Time on top of the fill delay.</param>
public sealed record PaperFate(PaperFateKind Kind, decimal Fraction, TimeSpan ExtraDelay)
{
    /// <summary>The usual fate: filled after the fill delay.</summary>
    public static PaperFate Usual { get; } = new(PaperFateKind.Fill, 0m, TimeSpan.Zero);

    /// <summary>Cancelled by the venue at the time when the fill was due.</summary>
    public static PaperFate Cancelled { get; } = new(PaperFateKind.Cancel, 0m, TimeSpan.Zero);

    /// <summary>Rejected by the venue at the time when the fill was due.</summary>
    public static PaperFate Rejected { get; } = new(PaperFateKind.Reject, 0m, TimeSpan.Zero);

    /// <summary>Filled later than usual.</summary>
    /// <param name="extra">Time on top of the fill delay.</param>
    /// <returns>The fate.</returns>
    public static PaperFate Delayed(TimeSpan extra) => new(PaperFateKind.Fill, 0m, extra);

    /// <summary>A part is filled, then the rest is cancelled.</summary>
    /// <param name="fraction">Share of the quantity that is filled, above 0 and below 1.</param>
    /// <returns>The fate.</returns>
    public static PaperFate PartialThenCancelled(decimal fraction) => new(PaperFateKind.PartialThenCancel, Checked(fraction), TimeSpan.Zero);

    /// <summary>Filled in two pieces.</summary>
    /// <param name="fraction">Share of the quantity of the first piece, above 0 and below 1.</param>
    /// <returns>The fate.</returns>
    public static PaperFate InTwoPieces(decimal fraction) => new(PaperFateKind.PartialThenRest, Checked(fraction), TimeSpan.Zero);

    private static decimal Checked(decimal fraction) => fraction is > 0 and < 1
        ? fraction
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A partial fill takes a share above 0 and below 1.");
}
