namespace MicroTrader.Backtest.Reports;

/// <summary>What a backtest was made of: with the same of everything it comes out the same.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="Data">The files and folders that were read.</param>
/// <param name="Rules">How it trades, in words.</param>
/// <param name="Settings">The settings that are not the defaults, by name; secrets are not among them.</param>
/// <param name="From">Where it begins; null for the recording's beginning.</param>
/// <param name="To">Before when it ends; null for the recording's end.</param>
/// <param name="Recording">What the recording held.</param>
public sealed record BacktestOrigin(
    string Version,
    IReadOnlyList<string> Data,
    string Rules,
    IReadOnlyDictionary<string, string> Settings,
    DateTimeOffset? From,
    DateTimeOffset? To,
    RecordedRows Recording);

/// <summary>What a recording held, as far as it was read.</summary>
/// <param name="Files">Files that were opened.</param>
/// <param name="Rows">Rows that were read.</param>
/// <param name="Suspicious">Rows that the recording marks as suspicious; left out.</param>
/// <param name="Malformed">Rows that could not be understood; left out.</param>
/// <param name="OutOfOrder">Rows whose time lies before that of the row above; given at the time of the row above.</param>
/// <param name="CutOffFiles">Records without their end; read up to their last whole row.</param>
public sealed record RecordedRows(long Files, long Rows, long Suspicious, long Malformed, long OutOfOrder, long CutOffFiles);
