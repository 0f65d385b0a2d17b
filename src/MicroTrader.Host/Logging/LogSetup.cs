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

    /// <summary>Makes the logger.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="console">Whether the console is written to as well.</param>
    public static Logger Create(LogOptions options, string folder, bool console)
    {
        Directory.CreateDirectory(folder);
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
        if (console)
            log.WriteTo.Console(Level(options.Console), ConsoleLine, CultureInfo.InvariantCulture);
        return log.CreateLogger();
    }

    private static LogEventLevel Level(LogLevelOption level) => Enum.Parse<LogEventLevel>(level.ToString());

    // A name that stays while the files behind it change: tail -F and people need no date.
    private sealed class NewestLink(string link) : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, System.Text.Encoding encoding)
        {
            try
            {
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
