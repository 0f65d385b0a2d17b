using System.Globalization;
using MicroTrader.Actors.Replay;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Running;

/// <summary>The lines at the end of a run: what came in, what was traded, what it brought.</summary>
internal static class Summary
{
    private const int MostTrades = 1_000_000;

    /// <summary>Writes them.</summary>
    public static async Task WriteAsync(
        TextWriter output, IRobotQueries robot, RunSetup setup, LatencyRecorder signalToPost, LatencyRecorder timeToConfirm, ReplayProgress? replay, DateTimeOffset startedAt)
    {
        var patience = Patiently.With(setup.Plan.Mode);
        var symbols = await Patiently.AskAsync(patience, robot.SymbolsAsync);
        var status = await Patiently.AskAsync(patience, robot.StatusAsync);
        // A run of real time shows what it did itself; a replay's journal holds nothing else.
        var trades = (await Patiently.AskAsync(patience, stop => robot.TradesAsync(MostTrades, stop))).Where(t => replay is not null || t.CloseTime >= startedAt).ToList();
        output.WriteLine();
        if (replay is not null && setup.Recording!.Statistics is var read)
        {
            output.WriteLine(Invariant($"Recording: {read.RowsRead} rows read, {read.TicksGiven} ticks replayed{(replay.Completed ? "" : " (stopped early)")}; left out: {read.SuspiciousRows} suspicious, {read.MalformedRows} malformed, {read.FilteredRows} of other symbols; {read.OutOfOrderRows} out of order"));
            foreach (var row in read.NamedMalformedRows)
                output.WriteLine($"  malformed: {row}");
            if (replay is { FirstTick: { } first, LastTick: { } last })
                output.WriteLine(Invariant($"Time: {first:yyyy-MM-dd HH:mm:ss}Z to {last:yyyy-MM-dd HH:mm:ss}Z"));
        }

        var done = trades.Where(t => t.Pnl is not null).ToList();
        var denials = status.Denials.Count == 0 ? "" : $"; denied: {string.Join(", ", status.Denials.Select(d => $"{d.Key} {d.Value}"))}";
        output.WriteLine(Invariant($"Ticks: {symbols.Sum(s => s.Ticks)}; entry signals: {symbols.Sum(s => s.Signals)}{denials}"));
        if (status.Prices?.Withheld is { Count: > 0 } withheld)
            output.WriteLine($"Ticks withheld: {string.Join(", ", withheld.Select(w => Invariant($"{w.Key} {w.Value}")))}");
        output.WriteLine(Invariant($"Trades: {done.Count}{Reasons(done)}; entries that came to nothing: {trades.Count - done.Count}"));
        foreach (var currency in done.GroupBy(t => t.Currency))
            output.WriteLine($"P&L gross: {Signed(currency.Sum(t => t.Pnl!.Value))} {currency.Key}");
        foreach (var currency in done.Where(t => t.Net is not null).GroupBy(t => t.NetCurrency))
            output.WriteLine($"P&L net: {Signed(currency.Sum(t => t.Net!.Value))} {currency.Key}, fees {currency.Sum(t => t.Fees ?? 0).ToString("0.00", CultureInfo.InvariantCulture)}");
        // The clock of a recording says nothing about how long anything took.
        if (replay is null && signalToPost.Summary() is { } posted)
            output.WriteLine(Invariant($"Signal to POST: p50 {posted.P50:0.0} ms, p99 {posted.P99:0.0} ms ({posted.Count} orders)"));
        if (replay is null && timeToConfirm.Summary() is { } confirmed)
            output.WriteLine(Invariant($"Time to confirm: p50 {confirmed.P50:0.0} ms, max {confirmed.Max:0.0} ms ({confirmed.Count} orders)"));
        if (status.Shared is { } shared)
            output.WriteLine($"Needs you: account SHARED: {shared.Detail}");
        foreach (var blocked in status.Blocked)
            output.WriteLine($"Needs you: {blocked.Symbol} {blocked.Code}: {blocked.Detail}");
        if (setup.Recorder is { } recorder)
            output.WriteLine(Invariant($"Record: {recorder.CurrentPath ?? "no tick came"}{(recorder.Lost > 0 ? $", {recorder.Lost} ticks are not in it" : "")}"));
        output.WriteLine($"Journal: {setup.JournalPath}");
    }

    private static string Reasons(List<TradeView> trades) => trades.Count == 0
        ? ""
        : $" ({string.Join(", ", trades.GroupBy(t => t.CloseReason).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"))})";

    private static string Signed(decimal value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
