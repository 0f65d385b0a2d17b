using System.Globalization;
using MicroTrader.Domain.Robot;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MicroTrader.Host.Cli;

/// <summary>What a terminal shows, in tables and colours: fewer columns than the plain text, so that they fit.</summary>
internal static class Screens
{
    /// <summary>Positions, with their unrealised P&amp;L where a price is known.</summary>
    /// <param name="positions">The positions.</param>
    /// <param name="prices">The newest prices by symbol; null where none are known.</param>
    public static IRenderable Positions(IReadOnlyList<PositionView> positions, IReadOnlyDictionary<string, decimal?>? prices = null)
    {
        if (positions.Count == 0)
            return new Markup("[grey]No positions.[/]");
        // A journal alone does not know the limits: they are the running robot's.
        var hasLimits = positions.Any(p => p.Exits is not null);
        (string, bool)[] limits = hasLimits ? [("TP", true), ("SL", true), ("TIME (UTC)", false)] : [];
        var table = Table([("SYMBOL", false), ("STATUS", false), ("QUANTITY", true), ("ENTRY", true), ("LAST", true), ("P&L", true), .. limits, ("SINCE (UTC)", false), ("EXIT", false), ("REFERENCE", false), ("NOTE", false)]);
        foreach (var p in positions)
        {
            var last = prices?.GetValueOrDefault(p.Symbol);
            table.AddRow([
                Text(p.Symbol, "bold"),
                Text(p.Status, p.Blocked is null ? "" : "red"),
                Text(Number(p.Quantity)),
                Text(Price(p.EntryPrice)),
                Text(Price(last)),
                Gain(p.GainAt(last), p.Currency),
                .. hasLimits ? [Text(Price(p.TakeProfitPrice)), Text(Price(p.StopLossPrice)), Text(Time(p.TimeAt))] : Array.Empty<Markup>(),
                Text(Time(p.EntryTime)),
                Text(p.ExitReason ?? "-"),
                Text(p.Reference),
                Text(p switch { { Blocked: { } blocked } => $"needs you: {blocked.Code}", { NeedsEvidence: true } => "needs evidence", _ => "" }, "red"),
            ]);
        }

        return table;
    }

    /// <summary>Trades.</summary>
    public static IRenderable Trades(IReadOnlyList<TradeView> trades)
    {
        if (trades.Count == 0)
            return new Markup("[grey]No trades.[/]");
        var table = Table(("CLOSED (UTC)", false), ("TRADE", false), ("QUANTITY", true), ("ENTRY", true), ("CLOSE", true), ("SECONDS", true), ("REASON", false), ("P&L", true), ("%", true), ("NET", true));
        foreach (var t in trades)
        {
            table.AddRow(
                Text(t.CloseTime.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                Text(string.Create(CultureInfo.InvariantCulture, $"{t.Symbol}-{t.TradeNumber}"), "bold"),
                Text(Number(t.Quantity)),
                Text(Price(t.EntryPrice)),
                Text(Price(t.ClosePrice)),
                Text(t.DurationSeconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-"),
                Text(t.CloseReason),
                Signed(t.Pnl, t.Currency),
                Signed(t.PnlPercent, null),
                Signed(t.Net, t.NetCurrency));
        }

        return table;
    }

    /// <summary>Symbols, and what their strategies think.</summary>
    public static IRenderable Symbols(IReadOnlyList<SymbolView> symbols, DateTimeOffset now)
    {
        var table = Table(("SYMBOL", false), ("LAST", true), ("AGE", true), ("TICKS", true), ("SIGNALS", true), ("NO ENTRY BECAUSE", false));
        foreach (var s in symbols)
        {
            var age = s.LastTickAt is { } at ? Math.Max(0, (now - at).TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture) + " s" : "-";
            table.AddRow(
                Text(s.Symbol, "bold"),
                Text(Price(s.LastPrice)),
                Text(s.Prices is PriceWords.Stale or PriceWords.Late or PriceWords.Shut ? $"{age} {s.Prices}" : age, s.Prices switch { PriceWords.Stale => "bold red", PriceWords.Late => "yellow", _ => "" }),
                Text(s.Ticks.ToString(CultureInfo.InvariantCulture)),
                Text(s.Signals.ToString(CultureInfo.InvariantCulture)),
                Text(s.Mind));
        }

        return table;
    }

    /// <summary>The robot at a glance: names and values, the mode first and impossible to miss.</summary>
    public static IRenderable Status(RobotStatus status)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in StatusText.Rows(status))
        {
            grid.AddRow(Text(name, "grey"), name switch
            {
                "mode" => Mode(value),
                "trading" => Text(value, status.TradingState == "Active" ? "green" : "yellow"),
                "ready" => Text(value, status.Ready ? "green" : "yellow"),
                "needs you" => Text(value, status.NeedsYou.Count == 0 ? "" : "bold red"),
                "today" => Text(value, status.Risk?.DayPnl switch { > 0 => "green", < 0 => "red", _ => "" }),
                _ => Text(value),
            });
        }

        return grid;
    }

    /// <summary>Whose money, as a badge.</summary>
    public static Markup Mode(string mode) => Text($" {mode} ", mode switch
    {
        "LIVE" => "bold white on red",
        "PRACTICE" => "bold black on yellow",
        _ => "bold black on aqua",
    });

    /// <summary>A text, in a style; whatever it holds, it is no markup.</summary>
    public static Markup Text(string text, string style = "") => new(style.Length == 0 ? Markup.Escape(text) : $"[{style}]{Markup.Escape(text)}[/]");

    private static Table Table(params (string Name, bool Right)[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (name, right) in columns)
        {
            var column = new TableColumn(Text(name, "grey")).NoWrap();
            table.AddColumn(right ? column.RightAligned() : column);
        }

        return table;
    }

    // What is being sold is marked: the broker's history settles it.
    private static Markup Gain(PositionGain? gain, string currency) => Signed(gain?.Amount, gain is { IsProvisional: true } ? currency + " provisional" : currency);

    private static Markup Signed(decimal? value, string? currency) => value is { } amount
        ? Text(amount.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + (currency is null ? "" : " " + currency), amount switch { > 0 => "green", < 0 => "red", _ => "" })
        : Text("-");

    private static string Number(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    private static string Price(decimal? value) => value?.ToString("0.00##", CultureInfo.InvariantCulture) ?? "-";

    private static string Time(DateTimeOffset? value) => value?.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";
}
