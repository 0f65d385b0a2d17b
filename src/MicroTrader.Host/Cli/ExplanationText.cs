using System.Globalization;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Cli;

/// <summary>What <c>explain</c> shows.</summary>
internal static class ExplanationText
{
    /// <summary>Who and what first, then a line for each step: its time, how long after the intent, what, and how long it took.</summary>
    public static string Of(Explanation e)
    {
        var lines = new List<string> { $"{e.Reference}: trade {e.TradeNumber.ToString(CultureInfo.InvariantCulture)} of {e.Symbol} ({e.Ticker}), {e.Status}" };
        lines.AddRange(e.Orders.Select(Order));
        lines.Add("");
        var several = e.Steps.Select(s => s.Reference).OfType<string>().Distinct().Count() > 1;
        var rows = e.Steps.Select(s => (
            Time: s.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + "Z",
            Since: Since(s.SinceIntentMs),
            s.Stage,
            Reference: several ? s.Reference ?? "" : "",
            Text: s.Text + Details(s))).ToList();
        var since = rows.Max(r => r.Since.Length);
        var stage = rows.Max(r => r.Stage.Length);
        var reference = rows.Max(r => r.Reference.Length);
        lines.AddRange(rows.Select(r => $"{r.Time}  {r.Since.PadLeft(since)}  {r.Stage.PadRight(stage)}  {(reference > 0 ? r.Reference.PadRight(reference) + "  " : "")}{r.Text}".TrimEnd()));
        return NeedsYouText.Below(string.Join(Environment.NewLine, lines), e.Blocked is { } blocked ? [blocked] : []);
    }

    private static string Order(ExplainedOrder o)
    {
        var id = o.OrderId is { } number ? string.Create(CultureInfo.InvariantCulture, $", order {number}") : "";
        var filled = o.Price is { } price ? string.Create(CultureInfo.InvariantCulture, $", {o.FilledQuantity:0.########} at {price:0.00######}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"  {o.Reference}: {o.Side} {o.Quantity:0.########}, {o.Status}{id}{filled}");
    }

    private static string Details(ExplainedStep step)
    {
        var took = step.DurationMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $"{ms} ms") : "";
        var times = step.Times > 1 ? string.Create(CultureInfo.InvariantCulture, $"{step.Times} times in a row") : "";
        var both = string.Join(", ", new[] { took, times }.Where(t => t.Length > 0));
        return both.Length > 0 ? $" ({both})" : "";
    }

    private static string Since(double ms) => ms.ToString("+0;-0;0", CultureInfo.InvariantCulture) + " ms";
}
