using System.ComponentModel;
using System.Diagnostics;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Tests.Support;
using Xunit.Abstractions;

namespace MicroTrader.Actors.Tests.JournalTests;

public sealed class HostLockTests(ITestOutputHelper output)
{
    private static readonly HostHolder First = new("this-machine", 4711, new DateTimeOffset(2026, 6, 15, 14, 0, 0, TimeSpan.Zero), null);

    [Fact]
    public void A_second_host_is_told_who_the_first_is_and_may_once_that_is_gone()
    {
        using var folder = new TempFolder();
        var path = folder.File("data");
        var held = HostLock.Take(path, First);
        held.Describe(First with { ControlAddress = "http://127.0.0.1:5210" });
        Assert.Equal("http://127.0.0.1:5210", HostLock.ReadHolder(path)!.ControlAddress);

        var e = Assert.Throws<JournalException>(() => HostLock.Take(path, First with { ProcessId = 1 }));
        Assert.Equal($"journal folder {path}: another host holds it: process 4711 on this-machine since 2026-06-15 14:00:00Z", e.Message);

        held.Dispose();
        Assert.Null(HostLock.ReadHolder(path));
        using var next = HostLock.Take(path, First with { ProcessId = 2 });
        // Letting go a second time lets go of nothing: the file is the next one's.
        held.Dispose();
        Assert.Equal(2, HostLock.ReadHolder(path)!.ProcessId);
        Assert.Throws<JournalException>(() => HostLock.Take(path, First));
    }

    [Fact]
    public void What_a_killed_host_left_behind_keeps_nobody_out()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("host.lock"), "");
        File.WriteAllText(folder.File("host.json"), "{ half a f");
        Assert.Null(HostLock.ReadHolder(folder.Path));
        using var held = HostLock.Take(folder.Path, First);
        Assert.Equal(4711, HostLock.ReadHolder(folder.Path)!.ProcessId);
    }

    [Fact]
    public async Task The_lock_of_a_process_dies_with_it()
    {
        using var folder = new TempFolder();
        using var child = StartHolder(folder.File("host.lock"));
        if (child is null)
        {
            output.WriteLine("skipped: there is no flock(1) here to hold the lock in another process");
            return;
        }

        try
        {
            // The child says a line once it holds the lock.
            Assert.Equal("held", await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));
            Assert.Contains("another host holds it", Assert.Throws<JournalException>(() => HostLock.Take(folder.Path, First)).Message, StringComparison.Ordinal);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync();
        }

        using var taken = HostLock.Take(folder.Path, First);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("file"), "");
        var path = Path.Combine(folder.File("file"), "data");
        Assert.Contains(path, Assert.Throws<JournalException>(() => HostLock.Take(path, First)).Message, StringComparison.Ordinal);
    }

    // The same lock as .NET's FileShare.None on Unix: flock(2).
    private static Process? StartHolder(string path)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("flock", ["--no-fork", path, "sh", "-c", "echo held; read line"]) { RedirectStandardOutput = true, RedirectStandardInput = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
