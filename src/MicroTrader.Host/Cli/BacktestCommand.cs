using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MicroTrader.Backtest;
using MicroTrader.Backtest.Reports;
using MicroTrader.Domain.Calendar;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Cli;

/// <summary><c>backtest</c>: the robot's decisions over a recording, without actors, and a report of what came of them.</summary>
internal static class BacktestCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output, TextWriter error)
    {
        var command = new Command("backtest", "Runs strategy, risk and positions over a recording, as fast as it can be read, with the settings of the robot");
        var common = new CommonOptions();
        var data = new Option<string[]>("--data") { Description = "Recording: LEAN zips, CSV files (time,symbol,price,volume), or a folder of them", HelpName = "file-or-folder", AllowMultipleArgumentsPerToken = true };
        var symbols = new Option<string?>("--symbols") { Description = "Only these symbols, separated by commas", HelpName = "A,B" };
        var from = new Option<string?>("--from") { Description = "From this day in New York on (2013-10-07), or from this moment (2013-10-07T13:30:00Z)", HelpName = "day" };
        var to = new Option<string?>("--to") { Description = "To the end of this day in New York, or before this moment", HelpName = "day" };
        var folder = new Option<string?>("--out") { Description = "Writes trades.csv, equity.csv and report.html into this folder", HelpName = "folder" };
        var json = new Option<bool>("--json") { Description = "The summary for a program to read" };
        foreach (var option in new Option[] { data, symbols, from, to, folder, json })
            command.Options.Add(option);
        common.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var settings = new List<KeyValuePair<string, string?>> { new("Feed:Kind", "replay") };
            if (parsed.GetValue(data) is { Length: > 0 } paths)
                settings.Add(new("Feed:Data", TypedPaths.Join("--data", paths)));
            if (parsed.GetValue(symbols) is { } only)
                settings.Add(new("Feed:OnlySymbols", only));
            var plan = RunPlanner.Plan(common.Load(parsed, settings));
            var options = new RecordingOptions { Symbols = plan.Symbols, From = Moment("--from", parsed.GetValue(from), endOfDay: false), To = Moment("--to", parsed.GetValue(to), endOfDay: true) };
            if (options.From >= options.To)
                throw new SettingsException("--to: is not after --from");
            return await RunAsync(plan, options, parsed.GetValue(folder), parsed.GetValue(json), output, error, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(RunPlan plan, RecordingOptions options, string? folder, bool json, TextWriter output, TextWriter error, CancellationToken stop)
    {
        var root = SettingsLoader.ContentRoot();
        using var recording = Recording.Open([.. plan.Data.Select(p => Path.GetFullPath(p, root))], options);
        if (!recording.IsRecord && recording.Kinds.Count > 1)
            throw new StartException($"{string.Join(", ", plan.Data)}: holds {string.Join(" and ", recording.Kinds)} data; backtest one kind at a time, by naming its folder");
        var settings = BacktestPlan.Make(plan);
        using var signals = new StopSignals(error.WriteLine);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, signals.Token);
        using var reports = folder is null ? null : ReportFolder.Open(folder, settings);
        var run = new BacktestRun(settings) { OnTrade = reports is null ? null : reports.Add };
        var watch = Stopwatch.StartNew();
        BacktestResult result;
        using (var bar = ProgressLine.For(error))
            result = await Backtester.RunAsync(recording, run, bar is null ? null : bar.Show, ended.Token);
        watch.Stop();
        var seen = recording.Statistics;
        if (result.Ticks == 0 && result.Completed)
            throw new StartException($"{string.Join(", ", plan.Data)}: holds no usable tick of what was asked for ({seen.MalformedRows} malformed, {seen.SuspiciousRows} suspicious rows)");
        var summary = BacktestSummary.Of(result, BacktestSources.Of(plan, options, seen));
        // What was reckoned is said before it is written: a disk that refuses must not take it away.
        if (json)
            await output.WriteLineAsync(JsonSerializer.Serialize(summary, BacktestJson.Default.BacktestSummary));
        else
            Say(output, summary, seen, watch.Elapsed);
        if (reports is not null)
        {
            reports.Finish(result, summary);
            if (!json)
                output.WriteLine($"{"written",-16}  {string.Join(", ", reports.Files)}");
        }

        if (result.Completed && plan.Symbols.Select(s => s.Value).Except(result.Symbols).ToList() is { Count: > 0 } unseen)
            await error.WriteLineAsync($"Without a tick in what was asked for: {string.Join(", ", unseen)}.");
        if (result.Completed)
            return ExitCodes.Ok;
        if (result.Failure is { } why)
            await error.WriteLineAsync(why);
        await error.WriteLineAsync($"Stopped before the end of the recording, at {result.LastTick?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "its start"} UTC: the figures are of a part of it.");
        return ExitCodes.Failed;
    }

    private static void Say(TextWriter output, BacktestSummary summary, RecordingStatistics seen, TimeSpan took)
    {
        output.WriteLine($"{"rules",-16}  {summary.Origin!.Rules}");
        var odd = (seen.OutOfOrderRows > 0 ? $"; {SummaryText.Count(seen.OutOfOrderRows)} out of order" : "") + (seen.CutOffFiles > 0 ? $"; {seen.CutOffFiles} file(s) cut off, read up to there" : "");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"recording",-16}  {seen.FilesOpened} file(s), {seen.RowsRead:#,0} rows in {took.TotalSeconds:0.00} s ({SummaryText.Rate(seen.RowsRead / Math.Max(took.TotalSeconds, 0.001), "rows")}); left out: {seen.SuspiciousRows:#,0} marked suspicious, {seen.MalformedRows:#,0} malformed{odd}"));
        foreach (var line in SummaryText.Lines(summary))
            output.WriteLine(line);
        foreach (var row in seen.NamedMalformedRows)
            output.WriteLine($"{"malformed",-16}  {row}");
    }

    private static DateTimeOffset? Moment(string option, string? text, bool endOfDay)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= NewYorkTime.FirstYear && day.Year < 9999)
            return NewYorkTime.At(endOfDay ? day.AddDays(1) : day, TimeOnly.MinValue);
        return text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new SettingsException($"{option}: '{text}' is not allowed; allowed is a day from {NewYorkTime.FirstYear} on (2013-10-07) or a moment (2013-10-07T13:30:00Z)");
    }
}
