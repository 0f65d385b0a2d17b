using Microsoft.Data.Sqlite;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Actors.Tests.JournalTests;

/// <summary>Copies of a journal, beside the host that writes it; and the copy that comes before every change of its layout.</summary>
public sealed class JournalBackupTests
{
    private static readonly JournalIdentity Mine = new("paper", "SIM", "10000001");

    [Fact]
    public async Task A_copy_taken_beside_a_running_robot_is_one_whole_file_that_a_robot_starts_on()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync();
        var target = Path.Combine(robot.Folder, "copies", "journal.db");
        var facts = JournalBackup.Take(robot.JournalPath, target);
        await robot.UntilStatusAsync(PositionStatus.Closed);

        Assert.True(facts > 0);
        Assert.Equal(["journal.db"], Directory.GetFiles(Path.GetDirectoryName(target)!).Select(Path.GetFileName));
        Assert.Equal(PositionStatus.Open, JournalReader.Fold(target).Positions.Values.Single().Status);
        Assert.Equal(Mine, JournalFile.Identify(target));
        JournalFile.Prepare(target, Mine);
        Assert.Equal(PositionStatus.Closed, robot.State().Status);
    }

    [Fact]
    public void A_copy_is_never_written_over_and_a_failure_leaves_nothing()
    {
        using var folder = new TempFolder();
        JournalFile.Prepare(folder.File("journal.db"), Mine);
        JournalBackup.Take(folder.File("journal.db"), folder.File("copy.db"));
        Assert.Contains("is there already", Assert.Throws<JournalException>(() => JournalBackup.Take(folder.File("journal.db"), folder.File("copy.db"))).Message, StringComparison.Ordinal);
        Assert.Contains("there is no such file", Assert.Throws<JournalException>(() => JournalBackup.Take(folder.File("none.db"), folder.File("other.db"))).Message, StringComparison.Ordinal);

        File.WriteAllText(folder.File("none.db"), string.Concat(Enumerable.Repeat("this is no database\n", 500)));
        var e = Assert.Throws<JournalException>(() => JournalBackup.Take(folder.File("none.db"), folder.File("other.db")));
        Assert.DoesNotContain('\n', e.Message);
        Assert.Empty(Directory.GetFiles(folder.Path, "other*"));
    }

    [Fact]
    public void A_damaged_journal_s_copy_is_not_kept()
    {
        using var folder = new TempFolder();
        var path = folder.File("journal.db");
        JournalFile.Prepare(path, Mine);
        RawJournal.Run(path, "CREATE TABLE filler (x TEXT PRIMARY KEY); INSERT INTO filler VALUES ('a value in a row, and again in its index'); PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
        // The index says something else than the row: what is looked up by it is not found.
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().LastIndexOf("a value in a row"u8);
        bytes[at] = (byte)'b';
        File.WriteAllBytes(path, bytes);

        Assert.Contains("is damaged", Assert.Throws<JournalException>(() => JournalBackup.Take(path, folder.File("copy.db"))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("copy.db")));
    }

    [Fact]
    public void An_older_layout_is_copied_before_it_is_brought_up()
    {
        using var folder = new TempFolder();
        var path = Crafted(folder, version: 0);
        var upOne = new JournalMigrations(1, new Dictionary<int, Action<SqliteConnection, SqliteTransaction>>
        {
            [0] = (connection, transaction) =>
            {
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "CREATE TABLE added (x)";
                command.ExecuteNonQuery();
            },
        });

        JournalFile.Prepare(path, Mine, upOne);

        Assert.Equal(("1", 1L), ((string)RawJournal.Scalar(path, "SELECT value FROM microtrader_journal WHERE name = 'version'")!, Tables(path, "added")));
        var copy = folder.File("backups/journal-layout-0.db");
        Assert.Equal(("0", 0L), ((string)RawJournal.Scalar(copy, "SELECT value FROM microtrader_journal WHERE name = 'version'")!, Tables(copy, "added")));
        // The next start finds nothing to bring up, and takes no copy.
        JournalFile.Prepare(path, Mine, upOne);
        Assert.Single(Directory.GetFiles(folder.File("backups"), "*.db"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_old_layout_and_its_copy()
    {
        using var folder = new TempFolder();
        var path = Crafted(folder, version: 0);
        var failing = new JournalMigrations(1, new Dictionary<int, Action<SqliteConnection, SqliteTransaction>> { [0] = (_, _) => throw new InvalidOperationException("no") });

        Assert.Throws<JournalException>(() => JournalFile.Prepare(path, Mine, failing));

        Assert.Equal("0", RawJournal.Scalar(path, "SELECT value FROM microtrader_journal WHERE name = 'version'"));
        Assert.True(File.Exists(folder.File("backups/journal-layout-0.db")));
    }

    [Fact]
    public void A_layout_from_which_there_is_no_way_is_refused_untouched()
    {
        using var folder = new TempFolder();
        var path = Crafted(folder, version: 0);

        var e = Assert.Throws<JournalException>(() => JournalFile.Prepare(path, Mine));

        Assert.Contains("written in layout 0, from which this build knows no way to 1", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("backups")));
    }

    private static string Crafted(TempFolder folder, int version)
    {
        var path = folder.File("journal.db");
        JournalFile.Prepare(path, Mine);
        RawJournal.Run(path, $"UPDATE microtrader_journal SET value = '{version}' WHERE name = 'version'");
        return path;
    }

    private static long Tables(string path, string name) => (long)RawJournal.Scalar(path, $"SELECT count(*) FROM sqlite_master WHERE name = '{name}'")!;
}
