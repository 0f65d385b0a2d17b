using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using MicroTrader.EndToEnd.Tests.Support;
using MicroTrader.KillRunner;
using Xunit.Abstractions;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>A disk that refuses at the start: one line that says what and where, exit code 1, and nothing is traded.</summary>
public sealed class DiskStartTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("journal.db")]
    [InlineData("")]
    public async Task A_journal_or_folder_that_is_read_only_is_one_line(string name)
    {
        if (OperatingSystem.IsWindows() || Disk.Obedient(output) is not { } launcher)
            return;
        await using var folder = new HostFolder();
        await MakeAsync(folder);
        var path = folder.In("data", "sim-10000001", name).TrimEnd('/');
        var mode = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, mode & ~(UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
        try
        {
            folder.Launcher = launcher;
            await RefusedAsync(folder, name.Length == 0 ? "cannot be written to" : "read-only");
        }
        finally
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    [Fact]
    public async Task A_full_disk_is_one_line()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var folder = new HostFolder();
        await MakeAsync(folder);
        // Room for who holds the lock, and not for a page of the journal.
        folder.Launcher = Disk.Full(1);
        await RefusedAsync(folder, "see to the disk");
    }

    [Fact]
    public async Task A_journal_that_another_program_holds_locked_is_one_line()
    {
        await using var folder = new HostFolder();
        await MakeAsync(folder);
        await using var other = new SqliteConnection($"Data Source={folder.Journal};Pooling=False");
        await other.OpenAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN EXCLUSIVE";
        await hold.ExecuteNonQueryAsync();
        await RefusedAsync(folder, "another program has it locked");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    public async Task Cut_off_at_a_random_byte_it_is_refused_in_one_line_or_everything_that_is_left_is_there(string tail)
    {
        var seed = Random.Shared.Next(1, int.MaxValue);
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var folder = new HostFolder();
        await TradeAndDieAsync(folder);
        var whole = JournalCopy.Take(folder.Journal, folder.In("whole"));
        var (file, log) = (await File.ReadAllBytesAsync(folder.Journal), await File.ReadAllBytesAsync(folder.Journal + "-wal"));
        for (var i = 0; i < 3; i++)
        {
            await File.WriteAllBytesAsync(folder.Journal, file);
            await File.WriteAllBytesAsync(folder.Journal + "-wal", log);
            File.Delete(folder.Journal + "-shm");
            await using (var cut = File.OpenWrite(folder.Journal + tail))
                cut.SetLength(random.NextInt64(cut.Length));
            var before = await HashAsync(folder);
            var left = tail.Length == 0 ? null : JournalCopy.Take(folder.Journal, folder.In("left"));
            var run = await folder.RunAsync("run", "--port", "0", "--for", "100ms", "--symbols", "AXSM", "--set", "Shutdown:DrainTimeout=0s");
            if (run.Output.Contains("  page ", StringComparison.Ordinal))
            {
                var after = JournalCopy.Take(folder.Journal, folder.In("after"));
                if (left is not null)
                    Assert.Equal(left.Facts, after.Facts.Take(left.Facts.Count));
                Assert.Equal(whole.Facts.Take(left?.Facts.Count ?? whole.Facts.Count), after.Facts.Take(left?.Facts.Count ?? whole.Facts.Count));
                continue;
            }

            Assert.True(run.ExitCode == 1, run.ToString());
            var line = Assert.Single(run.ErrorLines);
            Assert.StartsWith($"journal {folder.Journal}: ", line, StringComparison.Ordinal);
            Assert.Contains("put a backup in its place", line, StringComparison.Ordinal);
            Assert.Equal(before, await HashAsync(folder));
        }
    }

    // A journal as a robot leaves it.
    private static Task<Finished> MakeAsync(HostFolder folder) => folder.DoAsync("run", "--port", "0", "--for", "100ms", "--symbols", "AXSM");

    private static async Task TradeAndDieAsync(HostFolder folder)
    {
        var robot = await folder.TradeAsync(
            "--symbols", "AXSM", "--feed", "script", "--data", folder.Write("rises.csv", PriceScript.Rises(60, 300, "AXSM").ToString()), "--set", "Exits:MaxHold=200ms");
        await robot.Process.WaitForAsync("Position CLOSED: AXSM P&L: ");
        await robot.Process.KillAsync();
    }

    private static async Task RefusedAsync(HostFolder folder, string words)
    {
        var run = await folder.RunAsync("run", "--port", "0", "--symbols", "AXSM");
        Assert.True(run.ExitCode == 1, run.ToString());
        var line = Assert.Single(run.ErrorLines);
        Assert.StartsWith("journal ", line, StringComparison.Ordinal);
        Assert.Contains(folder.In("data", "sim-10000001"), line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.DoesNotContain("BUY", run.Output, StringComparison.Ordinal);
    }

    private static async Task<string> HashAsync(HostFolder folder) => Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(folder.Journal)));
}
