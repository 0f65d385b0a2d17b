using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using MicroTrader.EndToEnd.Tests.Support;

namespace MicroTrader.EndToEnd.Tests;

/// <summary>A start that cannot be: one line that says why, exit code 1, and nothing of the person's is touched.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        await using var folder = new HostFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var run = await folder.RunAsync("run", "--port", port, "--symbols", "AXSM");
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.StartsWith($"Web:Port: {port} cannot be listened on", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain("BUY", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_is_no_database_is_refused_and_left_as_it_is()
    {
        await using var folder = new HostFolder();
        folder.Write(Path.Combine("data", "sim-10000001", "journal.db"), string.Concat(Enumerable.Repeat("this is no journal\n", 1_000)));
        await RefusedAsync(folder, "cannot be opened for writing");
    }

    [Fact]
    public async Task A_journal_whose_pages_are_damaged_is_refused_and_left_as_it_is()
    {
        await using var folder = new HostFolder();
        await MakeAsync(folder);
        // Everything but the header: as a disk that forgot.
        var bytes = await File.ReadAllBytesAsync(folder.Journal);
        new Random(7).NextBytes(bytes.AsSpan(100));
        await File.WriteAllBytesAsync(folder.Journal, bytes);
        await RefusedAsync(folder, "");
    }

    [Fact]
    public async Task A_journal_of_another_account_is_refused_and_left_as_it_is()
    {
        await using var folder = new HostFolder();
        await MakeAsync(folder);
        Change(folder.Journal, "UPDATE microtrader_journal SET value = '42' WHERE name = 'account'");
        await RefusedAsync(folder, "belongs to ");
    }

    [Fact]
    public async Task A_journal_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await using var folder = new HostFolder();
        await MakeAsync(folder);
        Change(folder.Journal, "UPDATE microtrader_journal SET value = '99' WHERE name = 'version'");
        await RefusedAsync(folder, "written by a newer version (layout 99, this build knows ");
    }

    [Fact]
    public async Task A_paper_account_that_is_no_database_is_refused_and_left_as_it_is()
    {
        await using var folder = new HostFolder();
        folder.Write(Path.Combine("data", "paper", "paper.db"), string.Concat(Enumerable.Repeat("this is no account\n", 1_000)));
        var before = await HashAsync(folder.PaperFile);
        var run = await folder.RunAsync("run", "--port", "0");
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.StartsWith("paper broker: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(before, await HashAsync(folder.PaperFile));
    }

    // A journal as a robot leaves it, all of it in the one file.
    private static async Task MakeAsync(HostFolder folder)
    {
        await folder.DoAsync("run", "--port", "0", "--for", "100ms", "--symbols", "AXSM");
        Change(folder.Journal, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Change(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    private static async Task RefusedAsync(HostFolder folder, string words)
    {
        var before = await HashAsync(folder.Journal);
        var run = await folder.RunAsync("run", "--port", "0", "--symbols", "AXSM");
        Assert.True(run.ExitCode == 1, run.ToString());
        var line = Assert.Single(run.ErrorLines);
        Assert.StartsWith($"journal {folder.Journal}: ", line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.Equal(before, await HashAsync(folder.Journal));
    }

    private static async Task<string> HashAsync(string path) => Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path)));
}
