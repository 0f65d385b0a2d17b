using System.Globalization;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Cli;

/// <summary>Tables of plain text.</summary>
internal static class Tables
{
    /// <summary>Positions.</summary>
    public static string Positions(IReadOnlyList<PositionView> positions) => positions.Count == 0
        ? "No positions."
        : Table(
            ["SYMBOL", "DIRECTION", "QUANTITY", "STATUS", "SIGNAL", "ENTRY", "ENTRY TIME (UTC)", "BUY ORDER", "SELL ORDER", "REASON", "PROVISIONAL P&L", "P&L %", "REFERENCE", "NOTE"],
            positions.Select(p => new[]
            {
                p.Symbol, p.Direction, Number(p.Quantity), p.Status, Price(p.SignalPrice), Price(p.EntryPrice), Time(p.EntryTime), Id(p.EntryOrderId), Id(p.ExitOrderId),
                p.ExitReason ?? "-", Signed(p.Pnl), Signed(p.PnlPercent), p.Reference, Note(p),
            }));

    /// <summary>Trades.</summary>
    public static string Trades(IReadOnlyList<TradeView> trades) => trades.Count == 0
        ? "No trades."
        : Table(
            ["SYMBOL", "DIRECTION", "QUANTITY", "SIGNAL", "ENTRY", "ENTRY TIME (UTC)", "CLOSE", "CLOSE TIME (UTC)", "SECONDS", "REASON", "P&L", "P&L %", "NET", "FEES", "BUY ORDER", "SELL ORDER", "REFERENCE"],
            trades.Select(t => new[]
            {
                t.Symbol, t.Direction, Number(t.Quantity), Price(t.SignalPrice), Price(t.EntryPrice), Time(t.EntryTime), Price(t.ClosePrice), Time(t.CloseTime),
                t.DurationSeconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-", t.CloseReason,
                t.Pnl is null ? "-" : $"{Signed(t.Pnl)} {t.Currency}", Signed(t.PnlPercent), t.Net is null ? "-" : $"{Signed(t.Net)} {t.NetCurrency}",
                t.Fees?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-", Id(t.EntryOrderId), Id(t.ExitOrderId), t.EntryReference,
            }));

    /// <summary>Wishes to enter, newest first.</summary>
    public static string Decisions(IReadOnlyList<DecisionView> decisions) => decisions.Count == 0
        ? "No wish to enter since the start."
        : Table(
            ["TIME (UTC)", "SYMBOL", "PRICE", "CHANGE %", "UP", "VOLUME X", "WHAT BECAME OF IT"],
            decisions.Select(d => new[]
            {
                Time(d.At), d.Symbol, Price(d.Price), d.ChangePercent.ToString("+0.00##;-0.00##;0.00", CultureInfo.InvariantCulture), d.RisingMoves.ToString(CultureInfo.InvariantCulture),
                d.VolumeRatio?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-", d.Taken == true ? $"entered: {d.Outcome}" : d.Outcome ?? "asked",
            }));

    /// <summary>Names and values, aligned.</summary>
    public static string Pairs(IEnumerable<(string Name, string Value)> pairs)
    {
        var list = pairs.ToList();
        var width = list.Count == 0 ? 0 : list.Max(p => p.Name.Length);
        return string.Join(Environment.NewLine, list.Select(p => $"{p.Name.PadRight(width)}  {p.Value}"));
    }

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        var all = new List<string[]> { head };
        all.AddRange(rows);
        var widths = Enumerable.Range(0, head.Length).Select(c => all.Max(r => r[c].Length)).ToArray();
        return string.Join(Environment.NewLine, all.Select(r => string.Join("  ", r.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd()));
    }

    private static string Note(PositionView position) => position switch
    {
        { Blocked: { } blocked } => $"needs you: {blocked.Code}",
        { NeedsEvidence: true } => "needs evidence",
        _ => "",
    };

    private static string Number(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    private static string Price(decimal? value) => value?.ToString("0.00##", CultureInfo.InvariantCulture) ?? "-";

    private static string Signed(decimal? value) => value?.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) ?? "-";

    private static string Time(DateTimeOffset? value) => value?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";

    private static string Id(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
