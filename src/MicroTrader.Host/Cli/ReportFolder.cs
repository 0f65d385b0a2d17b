using MicroTrader.Backtest;
using MicroTrader.Backtest.Reports;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Cli;

/// <summary>
/// The folder of <c>backtest --out</c>. What is written gets its name only when all of it is there: a backtest that fails leaves what an earlier one wrote, and never
/// half of its own beside it. That the files can be written is seen before anything is read.
/// </summary>
internal sealed class ReportFolder : IDisposable
{
    private const string Unfinished = ".part";
    private static readonly string[] Names = ["trades.csv", "equity.csv", "report.html"];

    private readonly string _folder;
    private readonly CsvReports _csv;
    private readonly TextWriter _html;

    private ReportFolder(string folder, BacktestSettings settings)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var file in Files.Where(f => File.Exists(f) || Directory.Exists(f)))
            File.Open(file, FileMode.Open, FileAccess.Write).Dispose();
        var made = new List<StreamWriter>();
        try
        {
            foreach (var name in Names)
                made.Add(File.CreateText(Path.Combine(folder, name + Unfinished)));
            _csv = new CsvReports(made[0], made[1], settings);
            _html = made[2];
        }
        catch
        {
            // None of them stays where not all of them can be made.
            made.ForEach(m => m.Dispose());
            foreach (var name in Names.Take(made.Count))
                File.Delete(Path.Combine(folder, name + Unfinished));
            throw;
        }
    }

    /// <summary>The files.</summary>
    public IEnumerable<string> Files => Names.Select(n => Path.Combine(_folder, n));

    /// <summary>Begins to write.</summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <param name="settings">What the backtest is set to.</param>
    /// <exception cref="SettingsException">It cannot be written to.</exception>
    public static ReportFolder Open(string folder, BacktestSettings settings)
    {
        try
        {
            return File.Exists(folder) ? throw new IOException("it is a file") : new ReportFolder(folder, settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException($"--out: '{folder}' is not allowed: {e.Message.TrimEnd('.')}; allowed is a folder that can be written to");
        }
    }

    /// <summary>Writes a trade that is over.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Add(BacktestTrade trade) => _csv.Add(trade);

    /// <summary>Writes the report, and gives the files their names.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Finish(BacktestResult result, BacktestSummary summary)
    {
        HtmlReport.Write(_html, result, summary);
        Close();
        foreach (var file in Files)
            File.Move(file + Unfinished, file, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        foreach (var file in Files)
            File.Delete(file + Unfinished);
    }

    private void Close()
    {
        _csv.Dispose();
        _html.Dispose();
    }
}
