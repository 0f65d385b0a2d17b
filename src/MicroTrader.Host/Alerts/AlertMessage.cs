using System.Globalization;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Alerts;

/// <summary>A notice as it is sent.</summary>
/// <param name="Mode">SIM, PRACTICE or LIVE: in every message, so that nobody takes one money for the other.</param>
/// <param name="Kind">The kind's word, e.g. <c>trade-opened</c>.</param>
/// <param name="Text">In words.</param>
/// <param name="Symbol">The instrument; null where it is about the whole robot.</param>
/// <param name="Reference">Our reference of the order; null where it is about none.</param>
/// <param name="Time">When it happened.</param>
internal sealed record AlertMessage(string Mode, string Kind, string Text, string? Symbol, string? Reference, DateTimeOffset Time)
{
    /// <summary>Makes one.</summary>
    public static AlertMessage Of(string mode, RobotNotice notice) => new(mode, notice.Kind.Word(), notice.Text, notice.Symbol, notice.Reference, notice.At);

    /// <summary>For a person, in one line.</summary>
    public string Line() => string.Create(
        CultureInfo.InvariantCulture, $"[{Mode}] {Text} ({(Reference is null ? "" : Reference + ", ")}{Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z)");
}
