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
    private readonly List<(string Path, StreamWriter Writer)> _unfinished = [];
    private readonly CsvReports _csv;

    private ReportFolder(string folder, BacktestSettings settings)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var file in Files.Where(f => File.Exists(f) || Directory.Exists(f)))
            File.Open(file, FileMode.Open, FileAccess.Write).Dispose();
        try
        {
            foreach (var file in Files)
                _unfinished.Add((file + Unfinished, File.CreateText(file + Unfinished)));
            _csv = new CsvReports(_unfinished[0].Writer, _unfinished[1].Writer, settings);
        }
        catch
        {
            // None of them stays where not all of them can be made.
            Dispose();
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
        HtmlReport.Write(_unfinished[2].Writer, result, summary);
        Close();
        foreach (var file in Files)
            File.Move(file + Unfinished, file, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        foreach (var (path, _) in _unfinished)
            File.Delete(path);
    }

    private void Close()
    {
        foreach (var (_, writer) in _unfinished)
            writer.Dispose();
    }
}
