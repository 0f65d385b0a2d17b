using System.Text.Json;
using Microsoft.Extensions.Logging;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Logging;
using MicroTrader.Host.Tests.Support;
using Serilog.Extensions.Logging;

namespace MicroTrader.Host.Tests.Logging;

/// <summary>The console is the process's: these tests have it to themselves.</summary>
[CollectionDefinition(nameof(LogSetupTests), DisableParallelization = true)]
public sealed class ConsoleCollection;

[Collection(nameof(LogSetupTests))]
public sealed class LogSetupTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TextWriter _console = Console.Out;
    private readonly StringWriter _output = new();

    public LogSetupTests() => Console.SetOut(TextWriter.Synchronized(_output));

    private string Logs => _folder.File("logs");

    public void Dispose()
    {
        Console.SetOut(_console);
        _output.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Both_files_are_written_and_keep_a_name_that_leads_to_the_newest()
    {
        await LogAsync(new LogOptions(), log => log.LogInformation("Creating {Side} order: {Symbol}", "BUY", "AXSM"));

        foreach (var extension in new[] { "log", "json" })
        {
            var link = Path.Combine(Logs, "microtrader." + extension);
            var dated = Assert.Single(Directory.GetFiles(Logs, "microtrader-*." + extension));
            Assert.Equal(Path.GetFileName(dated), new FileInfo(link).LinkTarget);
            Assert.Contains("AXSM", File.ReadAllText(link));
        }

        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d INF Creating BUY order: AXSM ", File.ReadAllText(Path.Combine(Logs, "microtrader.log")));
    }

    [Fact]
    public async Task Properties_that_are_not_in_the_words_are_in_the_json()
    {
        await LogAsync(new LogOptions(), log =>
        {
            using (log.BeginScope(new Dictionary<string, object> { ["Reference"] = "AXSM-17-B1" }))
                log.LogInformation("{Side} order created: {OrderId}", "BUY", 54250294524);
        });

        using var json = JsonDocument.Parse(Assert.Single(File.ReadAllLines(Path.Combine(Logs, "microtrader.json"))));
        Assert.Equal("{Side} order created: {OrderId}", json.RootElement.GetProperty("@mt").GetString());
        Assert.Equal(54250294524, json.RootElement.GetProperty("OrderId").GetInt64());
        Assert.Equal("AXSM-17-B1", json.RootElement.GetProperty("Reference").GetString());
        Assert.Equal("MicroTrader.Test", json.RootElement.GetProperty("SourceContext").GetString());
    }

    [Fact]
    public async Task Details_are_in_the_files_and_not_on_the_console()
    {
        await LogAsync(new LogOptions(), log =>
        {
            log.LogTrace("a trace");
            log.LogDebug("a detail");
            log.LogInformation("a word");
            log.LogError(new InvalidOperationException("why"), "a fault");
        });

        var console = _output.ToString();
        Assert.DoesNotContain("a detail", console);
        Assert.Matches(@"(?m)^\d\d:\d\d:\d\d INF a word\s*$", console);
        Assert.Contains("ERR a fault", console);
        Assert.Contains("InvalidOperationException: why", console);
        foreach (var file in new[] { "microtrader.log", "microtrader.json" })
        {
            var text = File.ReadAllText(Path.Combine(Logs, file));
            Assert.DoesNotContain("a trace", text);
            Assert.Contains("a detail", text);
            Assert.Contains("a word", text);
            Assert.Contains("InvalidOperationException: why", text);
        }
    }

    [Fact]
    public async Task Levels_are_settings()
    {
        await LogAsync(new LogOptions { Console = LogLevelOption.Warning, File = LogLevelOption.Error }, log =>
        {
            log.LogInformation("a word");
            log.LogWarning("a warning");
            log.LogError("a fault");
        });

        var file = File.ReadAllText(Path.Combine(Logs, "microtrader.log"));
        Assert.Equal((false, true, true), (_output.ToString().Contains("a word"), _output.ToString().Contains("a warning"), _output.ToString().Contains("a fault")));
        Assert.Equal((false, true), (file.Contains("a warning"), file.Contains("a fault")));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting")]
    [InlineData("System.Net.Http.HttpClient")]
    [InlineData("Akka.Actor.ActorSystem")]
    public async Task What_libraries_say_in_passing_is_left_out(string category)
    {
        await LogAsync(new LogOptions(), log =>
        {
            log.LogInformation("in passing");
            log.LogWarning("in earnest");
        }, category);

        var text = File.ReadAllText(Path.Combine(Logs, "microtrader.log")) + _output;
        Assert.DoesNotContain("in passing", text);
        Assert.Contains("in earnest", text);
    }

    [Fact]
    public async Task Files_are_capped_in_size_and_in_number_and_the_name_follows()
    {
        var line = new string('x', 64 * 1024);
        var options = new LogOptions { FileSizeMegabytes = 1, KeepFiles = 2, Console = LogLevelOption.Error };

        await LogAsync(options, log =>
        {
            for (var i = 0; i < 70; i++)
                log.LogInformation("{Number} {Line}", i, line);
        });

        foreach (var extension in new[] { "log", "json" })
        {
            var files = Directory.GetFiles(Logs, "microtrader-*." + extension).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(2, files.Count);
            // The line that passes the limit is written whole.
            Assert.All(files, f => Assert.InRange(new FileInfo(f).Length, 1, (1024 * 1024) + (4 * line.Length)));
            Assert.Contains("69 ", File.ReadAllText(Path.Combine(Logs, "microtrader.log")));
            Assert.Contains(new FileInfo(Path.Combine(Logs, "microtrader." + extension)).LinkTarget, files.Select(f => Path.GetFileName(f)));
        }
    }

    [Fact]
    public async Task A_second_start_goes_on_in_the_same_file()
    {
        await LogAsync(new LogOptions(), log => log.LogInformation("the first"));
        await LogAsync(new LogOptions(), log => log.LogInformation("the second"));

        Assert.Equal(2, File.ReadAllLines(Path.Combine(Logs, "microtrader.log")).Length);
    }

    [Fact]
    public async Task A_file_of_the_persons_own_under_that_name_is_left_alone()
    {
        var own = _folder.Write(Path.Combine("logs", "microtrader.log"), "mine");

        await LogAsync(new LogOptions(), log => log.LogInformation("a word"));

        Assert.Equal("mine", File.ReadAllText(own));
        Assert.Contains("a word", File.ReadAllText(Assert.Single(Directory.GetFiles(Logs, "microtrader-*.log"))));
    }

    [Fact]
    public async Task A_replays_lines_carry_the_recordings_time()
    {
        await LogAsync(new LogOptions(), log => log.LogInformation("a word"), recording: () => new DateTimeOffset(2013, 10, 7, 13, 30, 0, TimeSpan.Zero));

        Assert.StartsWith("2013-10-07 13:30:00.000Z INF a word", _output.ToString());
    }

    [Fact]
    public void A_folder_that_cannot_be_had_is_refused_in_a_line()
    {
        var file = _folder.Write("file", "");

        Assert.StartsWith($"Log:Folder: {file} cannot be made: ", Settings.Refusal(() => LogSetup.Create(new LogOptions(), file)));
    }

    private async Task LogAsync(LogOptions options, Action<Microsoft.Extensions.Logging.ILogger> write, string category = "MicroTrader.Test", Func<DateTimeOffset>? recording = null)
    {
        await using var log = LogSetup.Create(options, Logs, recording);
        using var factory = new SerilogLoggerFactory(log);
        write(factory.CreateLogger(category));
    }
}
