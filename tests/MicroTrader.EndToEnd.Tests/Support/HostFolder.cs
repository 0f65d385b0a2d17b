using System.Text;
using System.Text.Json;

namespace MicroTrader.EndToEnd.Tests.Support;

/// <summary>A command that ran to its end.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard error.</summary>
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Standard output as a JSON array.</summary>
    public List<JsonElement> Array => Json.Array(Output);

    public override string ToString() => $"exit code {ExitCode}{System.Environment.NewLine}{Output}{Error}";
}

/// <summary>A folder with the settings of a fresh clone, in which hosts are started; both are gone afterwards.</summary>
internal sealed class HostFolder : IAsyncDisposable
{
    private readonly List<HostProcess> _started = [];

    public HostFolder()
    {
        Path = Directory.CreateTempSubdirectory("microtrader-e2e-").FullName;
        // The build's copies of the checkout's files: they belong to the executable that is started.
        foreach (var file in new[] { "appsettings.json", "akka.hocon" })
            File.Copy(System.IO.Path.Combine(AppContext.BaseDirectory, file), In(file));
        Directory.CreateDirectory(In("hocon"));
        foreach (var file in Directory.GetFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "hocon")))
            File.Copy(file, In("hocon", System.IO.Path.GetFileName(file)));
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The journal of the paper account.</summary>
    public string Journal => In("data", "sim-10000001", "journal.db");

    /// <summary>The paper broker's file.</summary>
    public string PaperFile => In("data", "paper", "paper.db");

    /// <summary>A path within.</summary>
    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file.</summary>
    /// <returns>Its name, as a person in the folder types it.</returns>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return name;
    }

    /// <summary>Variables of the environment that the hosts of this folder are given.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>What the hosts of this folder are started by, a command that becomes the host, e.g. a shell with limits; empty for nothing.</summary>
    public IReadOnlyList<string> Launcher { get; set; } = [];

    /// <summary>Starts a command and does not wait.</summary>
    public HostProcess Start(params string[] arguments)
    {
        var host = HostProcess.Start(Path, arguments, Environment, Launcher);
        _started.Add(host);
        return host;
    }

    /// <summary>Runs a command to its end.</summary>
    public async Task<Finished> RunAsync(params string[] arguments)
    {
        var host = Start(arguments);
        var exit = await host.ExitAsync();
        return new Finished(exit, host.Output, host.Error);
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<Finished> DoAsync(params string[] arguments)
    {
        var finished = await RunAsync(arguments);
        Assert.True(finished.ExitCode == 0, $"$ microtrader {string.Join(' ', arguments)}{System.Environment.NewLine}{finished}");
        return finished;
    }

    /// <summary>Starts the robot on any port and waits for its banner.</summary>
    public async Task<Robot> TradeAsync(params string[] arguments)
    {
        var host = Start(["run", "--port", "0", .. arguments]);
        var page = await host.WaitForAsync(@"^  page      (?<address>http://127\.0\.0\.1:\d+)");
        var venue = await host.WaitForAsync(@"^  venue     .* at (?<address>http\S+), account");
        return new Robot(host, new Uri(page["address"]), venue["address"]);
    }

    /// <summary>Every file below the data and log folders.</summary>
    public IEnumerable<string> Left() => new[] { "data", "logs" }
        .Select(f => In(f))
        .Where(Directory.Exists)
        .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _started)
            await host.DisposeAsync();
        Directory.Delete(Path, recursive: true);
    }
}
