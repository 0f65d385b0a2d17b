using System.Globalization;
using MicroTrader.Host.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Sinks.File;

namespace MicroTrader.Host.Logging;

/// <summary>
/// The log: the console for people; in files everything, once plain and once as compact JSON. A file a day, and a further one where it grows too large;
/// the oldest go. <c>microtrader.log</c> and <c>microtrader.json</c> always lead to the newest.
/// </summary>
internal static class LogSetup
{
    private const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const string FileLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {Message:lj} {Properties:j}{NewLine}{Exception}";

    // A replay's lines carry the recording's time: the wall's says nothing of when a trade was.
    private const string ReplayLine = "{RecordingTime:yyyy-MM-dd HH:mm:ss.fff}Z {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Makes the logger.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="recording">The recording's clock; null where time is the wall's.</param>
    /// <param name="tail">Keeps the newest lines for the page, of Information and above; null for none.</param>
    public static Logger Create(LogOptions options, string folder, Func<DateTimeOffset>? recording = null, LogTail? tail = null)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Log:Folder: {folder} cannot be made: {e.Message}");
        }

        var size = options.FileSizeMegabytes * 1024L * 1024L;
        var log = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Akka", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.File(
                Path.Combine(folder, "microtrader-.log"),
                Level(options.File),
                FileLine,
                CultureInfo.InvariantCulture,
                size,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: options.KeepFiles,
                hooks: new NewestLink(Path.Combine(folder, "microtrader.log")))
            .WriteTo.File(
                new CompactJsonFormatter(),
                Path.Combine(folder, "microtrader-.json"),
                Level(options.File),
                size,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: options.KeepFiles,
                hooks: new NewestLink(Path.Combine(folder, "microtrader.json")));
        if (recording is not null)
            log.Enrich.With(new RecordingTime(recording));
        if (tail is not null)
            log.WriteTo.Sink(tail, LogEventLevel.Information);
        log.WriteTo.Console(Level(options.Console), recording is null ? ConsoleLine : ReplayLine, CultureInfo.InvariantCulture);
        return log.CreateLogger();
    }

    private static LogEventLevel Level(LogLevelOption level) => Enum.Parse<LogEventLevel>(level.ToString());

    private sealed class RecordingTime(Func<DateTimeOffset> clock) : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
            logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty(nameof(RecordingTime), clock().UtcDateTime));
    }

    // A name that stays while the files behind it change: tail -F and people need no date.
    private sealed class NewestLink(string link) : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, System.Text.Encoding encoding)
        {
            try
            {
                // Only a link is ours: a file of that name is somebody's.
                if (new FileInfo(link).LinkTarget is not null)
                    File.Delete(link);
                File.CreateSymbolicLink(link, Path.GetFileName(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Some systems allow links to administrators only: the dated files are there all the same.
                Serilog.Debugging.SelfLog.WriteLine("{0} could not be linked to {1}: {2}", link, path, e.Message);
            }

            return underlyingStream;
        }
    }
}
