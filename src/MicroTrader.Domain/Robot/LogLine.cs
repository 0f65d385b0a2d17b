namespace MicroTrader.Domain.Robot;

/// <summary>A line of the log.</summary>
/// <param name="Number">Counts the lines since the start.</param>
/// <param name="At">When.</param>
/// <param name="Level">Verbose, Debug, Information, Warning, Error or Fatal.</param>
/// <param name="Message">The line.</param>
/// <param name="Error">The first line of its exception; null where there was none.</param>
public sealed record LogLine(long Number, DateTimeOffset At, string Level, string Message, string? Error);

/// <summary>The newest lines of the log. Safe for several threads.</summary>
public interface ILogTail
{
    /// <summary>Grows with every line.</summary>
    long Version { get; }

    /// <summary>The newest lines, newest first.</summary>
    /// <param name="most">How many at the most.</param>
    IReadOnlyList<LogLine> Newest(int most);
}
