using System.Collections;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MicroTrader.EndToEnd.Tests.Support;

/// <summary>A line that a process wrote: its place among all of them, and what a pattern found in it.</summary>
internal sealed record WrittenLine(int Index, string Text, Match Match)
{
    /// <summary>What a named group of the pattern found.</summary>
    public string this[string group] => Match.Groups[group].Value;
}

/// <summary>The host as a process of its own, as a user starts it. Everything that it writes is kept, in order.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    /// <summary>How long anything may take before a test gives up: the machine may be busy with something else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly string[] Ours = ["TRADING212_", "POLYGON_", "LIVE", "SYMBOLS", "FAKE_TICKS", "FETCH_INTERVAL"];

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<(bool IsError, string Text)> _lines = [];
    private readonly string _commandLine;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    private HostProcess(Process process, string commandLine)
    {
        _process = process;
        _commandLine = commandLine;
    }

    /// <summary>The process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Everything written so far, as it came.</summary>
    public string Everything => Joined(_ => true);

    /// <summary>Standard output so far.</summary>
    public string Output => Joined(l => !l.IsError);

    /// <summary>Standard error so far.</summary>
    public string Error => Joined(l => l.IsError);

    /// <summary>Lines written so far.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _lines.Count;
        }
    }

    /// <summary>Starts the host in a folder. The environment holds none of the host's own settings.</summary>
    public static HostProcess Start(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string>? launcher = null)
    {
        string[] command = [.. launcher ?? [], Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"];
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var word in command.Skip(1))
            start.ArgumentList.Add(word);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "microtrader.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            // Sections of settings have two underscores; so has little else, and nothing that the host needs.
            if (name.Contains("__", StringComparison.Ordinal) || Ours.Any(o => name.StartsWith(o, StringComparison.OrdinalIgnoreCase)))
                start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = new Process { StartInfo = start };
        var host = new HostProcess(process, string.Join(' ', start.ArgumentList.Skip(1)));
        process.OutputDataReceived += (_, e) => host.Take(false, e.Data);
        process.ErrorDataReceived += (_, e) => host.Take(true, e.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = host.WatchAsync();
        return host;
    }

    /// <summary>Every line so far that a pattern finds something in.</summary>
    public IReadOnlyList<WrittenLine> Find(string pattern)
    {
        lock (_gate)
            return [.. _lines.Select((l, i) => new WrittenLine(i, l.Text, Regex.Match(l.Text, pattern))).Where(l => l.Match.Success)];
    }

    /// <summary>Waits for a line; a process that ends or a deadline that passes fails the test, with all that was written.</summary>
    /// <param name="pattern">What to look for.</param>
    /// <param name="after">Only lines behind this one; -1 for all.</param>
    public async Task<WrittenLine> WaitForAsync(string pattern, int after = -1)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            bool ended;
            lock (_gate)
            {
                changed = _changed.Task;
                ended = _ended;
            }

            if (Find(pattern).FirstOrDefault(l => l.Index > after) is { } line)
                return line;
            if (ended)
                Assert.Fail($"the host ended without a line '{pattern}':{Environment.NewLine}{Told()}");
            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"no line '{pattern}' within {Patience.TotalSeconds} s:{Environment.NewLine}{Told()}");
            }
        }
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            // Also waits until everything written has been read.
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"the host did not end within {Patience.TotalSeconds} s:{Environment.NewLine}{Told()}");
        }

        return _process.ExitCode;
    }

    /// <summary>Ctrl+C.</summary>
    public async Task InterruptAsync()
    {
        Assert.False(await IgnoresInterruptAsync(), "the host ignores Ctrl+C, for the tests do: they were started with SIGINT ignored, as a shell starts what goes to its background");
        await SignalAsync("INT");
    }

    /// <summary>What a service manager sends.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Ends it as a power cut would: no handler, no goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>The command line, what was written, and how it ended: for a test's failure.</summary>
    public string Told() => $"$ microtrader {_commandLine}{Environment.NewLine}{Everything}{(IsRunning ? "(still running)" : $"(exit code {_process.ExitCode})")}";

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            _process.Kill(entireProcessTree: true);
            await ExitAsync();
        }

        _process.Dispose();
    }

    // A process that ignores a signal leaves that to all that it starts. Source: SigIgn of /proc/PID/status, https://man7.org/linux/man-pages/man5/proc_pid_status.5.html.
    private async Task<bool> IgnoresInterruptAsync()
    {
        const ulong Interrupt = 1ul << (2 - 1);
        var status = $"/proc/{Id}/status";
        if (!File.Exists(status))
            return false;
        var ignored = (await File.ReadAllLinesAsync(status)).First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1];
        return (ulong.Parse(ignored, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) & Interrupt) != 0;
    }

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task WatchAsync()
    {
        try
        {
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // Disposed of by its test, which no longer waits.
        }

        Change(() => _ended = true);
    }

    private void Take(bool isError, string? text)
    {
        if (text is not null)
            Change(() => _lines.Add((isError, text)));
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            change();
            before = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.TrySetResult();
    }

    private string Joined(Func<(bool IsError, string Text), bool> which)
    {
        lock (_gate)
            return string.Concat(_lines.Where(which).Select(l => l.Text + Environment.NewLine));
    }
}
