using System.Globalization;
using System.Text;

namespace MicroTrader.Domain.Robot;

/// <summary>Writes trades as CSV (RFC 4180): numbers with a point, times in UTC, a heading line. Source: https://www.rfc-editor.org/rfc/rfc4180.</summary>
public static class TradeCsv
{
    private static readonly (string Name, Func<TradeView, string?> Value)[] Columns =
    [
        ("symbol", t => t.Symbol),
        ("trade", t => $"{t.Symbol}-{Whole(t.TradeNumber)}"),
        ("direction", t => t.Direction),
        ("quantity", t => Number(t.Quantity)),
        ("signal_price", t => Number(t.SignalPrice)),
        ("entry_price", t => Number(t.EntryPrice)),
        ("entry_time", t => Time(t.EntryTime)),
        ("close_price", t => Number(t.ClosePrice)),
        ("close_time", t => Time(t.CloseTime)),
        ("close_reason", t => t.CloseReason),
        ("close_detail", t => t.CloseDetail),
        ("duration_s", t => t.DurationSeconds?.ToString("0.###", CultureInfo.InvariantCulture)),
        ("pnl", t => Number(t.Pnl)),
        ("pnl_percent", t => Number(t.PnlPercent)),
        ("currency", t => t.Currency),
        ("net", t => Number(t.Net)),
        ("fees", t => Number(t.Fees)),
        ("net_currency", t => t.NetCurrency),
        ("entry_reference", t => t.EntryReference),
        ("entry_order_id", t => Whole(t.EntryOrderId)),
        ("exit_order_id", t => Whole(t.ExitOrderId)),
    ];

    /// <summary>Writes trades.</summary>
    /// <param name="trades">The trades, in the order in which they are to stand.</param>
    public static string Of(IEnumerable<TradeView> trades) => Heading + Rows(trades);

    /// <summary>The heading line.</summary>
    public static string Heading
    {
        get
        {
            var text = new StringBuilder();
            Line(text, Columns.Select(c => c.Name));
            return text.ToString();
        }
    }

    /// <summary>Writes trades without the heading line.</summary>
    /// <param name="trades">The trades, in the order in which they are to stand.</param>
    public static string Rows(IEnumerable<TradeView> trades)
    {
        var text = new StringBuilder();
        foreach (var trade in trades)
            Line(text, Columns.Select(c => c.Value(trade) ?? ""));
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    // A spreadsheet takes what begins with one of these for a formula; the broker's words are not ours. A number may begin with a sign.
    private static string Field(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "'" + value
            : value;
        return safe.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string? Number(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture);

    private static string? Whole(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
