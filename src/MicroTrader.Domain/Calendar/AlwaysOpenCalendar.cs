namespace MicroTrader.Domain.Calendar;

/// <summary>A market that never shuts, as the paper venue unless told otherwise: no opening to wait for and no close to be flat before.</summary>
public sealed class AlwaysOpenCalendar : ITradingCalendar
{
    /// <inheritdoc/>
    public string Description => "open around the clock";

    /// <inheritdoc/>
    public SessionKind At(DateTimeOffset time) => SessionKind.Regular;

    /// <inheritdoc/>
    public DateTimeOffset? NextChange(DateTimeOffset time) => null;

    /// <inheritdoc/>
    public DateTimeOffset? NextOpen(DateTimeOffset time) => null;

    /// <inheritdoc/>
    public DateTimeOffset? CurrentClose(DateTimeOffset time) => null;
}
