using System.Globalization;
using System.Text;

namespace MicroTrader.Domain.Robot;

/// <summary>Trades as comma-separated values (RFC 4180): every field, numbers with a point whatever the machine's language, times in UTC (ISO 8601).</summary>
public static class TradeCsv
{
    /// <summary>The names of the columns.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "symbol", "trade", "direction", "quantity", "signal_price", "entry_price", "entry_time", "close_price", "close_time", "duration_seconds", "close_reason", "close_detail",
        "pnl", "pnl_percent", "currency", "net", "fees", "net_currency", "entry_reference", "entry_order_id", "exit_order_id",
    ];

    /// <summary>Writes a heading and a line for each trade.</summary>
    public static string Of(IEnumerable<TradeView> trades)
    {
        var text = new StringBuilder();
        Append(text, Columns);
        foreach (var t in trades)
        {
            Append(
                text,
                [
                    t.Symbol, Number(t.TradeNumber), t.Direction, Number(t.Quantity), Number(t.SignalPrice), Number(t.EntryPrice), Time(t.EntryTime), Number(t.ClosePrice), Time(t.CloseTime),
                    t.DurationSeconds?.ToString("0.###", CultureInfo.InvariantCulture) ?? "", t.CloseReason, Harmless(t.CloseDetail ?? ""), Number(t.Pnl), Number(t.PnlPercent), t.Currency,
                    Number(t.Net), Number(t.Fees), t.NetCurrency ?? "", t.EntryReference, Number(t.EntryOrderId), Number(t.ExitOrderId),
                ]);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> cells) => text.AppendJoin(',', cells.Select(Quote)).Append("\r\n");

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // The broker's words are a text, and must not become a formula of whoever opens the file.
    private static string Harmless(string text) => text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Number(IFormattable? value) => value?.ToString("0.############", CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTimeOffset? value) => value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";
}
