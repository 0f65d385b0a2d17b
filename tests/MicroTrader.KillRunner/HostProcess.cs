using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MicroTrader.KillRunner;

/// <summary>The executable as a process of its own. Everything that it writes is kept, and also written to a file.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly string[] Ours = ["TRADING212_", "POLYGON_", "LIVE", "SYMBOLS", "FAKE_TICKS", "FETCH_INTERVAL"];

    private readonly Process _process;
    private readonly StreamWriter _file;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process, StreamWriter file)
    {
        _process = process;
        _file = file;
    }

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>The exit code; it must have ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Lines written so far, both streams.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>The last line written so far; empty where none was.</summary>
    public string LastLine => Lines is [.., var last] ? last : "";

    /// <summary>Starts a command. The environment holds none of the host's own settings but those given.</summary>
    public static HostProcess Start(string folder, string transcript, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "microtrader.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name.Contains("__", StringComparison.Ordinal) || Ours.Any(o => name.StartsWith(o, StringComparison.OrdinalIgnoreCase)))
                start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var file = new StreamWriter(transcript, append: false, Encoding.UTF8);
        file.WriteLine($"$ microtrader {string.Join(' ', start.ArgumentList.Skip(1))}");
        var host = new HostProcess(new Process { StartInfo = start }, file);
        host._process.OutputDataReceived += (_, e) => host.Take(e.Data);
        host._process.ErrorDataReceived += (_, e) => host.Take(e.Data);
        host._process.Start();
        host._process.StandardInput.Close();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until a line came for the n-th time; null where it did not in time or the process ended.</summary>
    public async Task<Match?> WaitForAsync(string pattern, TimeSpan patience, int nth = 1)
    {
        var waited = Stopwatch.StartNew();
        var (next, seen) = (0, 0);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
                for (; next < _lines.Count; next++)
                {
                    if (Regex.Match(_lines[next], pattern) is { Success: true } match && ++seen == nth)
                        return match;
                }
            }

            var left = patience - waited.Elapsed;
            if (left <= TimeSpan.Zero || _process.HasExited)
                return null;
            await Task.WhenAny(changed, Task.Delay(left < TimeSpan.FromMilliseconds(200) ? left : TimeSpan.FromMilliseconds(200)));
        }
    }

    /// <summary>SIGKILL: no handler, no goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager sends it (a shell has its background processes ignore SIGINT), and the end.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<int> TerminateAsync(TimeSpan patience)
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        return await EndAsync(patience);
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<int> EndAsync(TimeSpan patience)
    {
        await _process.WaitForExitAsync().WaitAsync(patience);
        return _process.ExitCode;
    }

    /// <summary>Ends it where it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        lock (_gate)
            _file.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        TaskCompletionSource before;
        lock (_gate)
        {
            _lines.Add(line);
            if (_file.BaseStream is { CanWrite: true })
                _file.WriteLine(line);
            before = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.TrySetResult();
    }
}
