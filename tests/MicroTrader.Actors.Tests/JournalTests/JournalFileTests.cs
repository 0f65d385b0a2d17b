using LinqToDB.Data;
using Microsoft.Data.Sqlite;
using MicroTrader.Actors.Hosting;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Actors.Tests.JournalTests;

/// <summary>The journal's file: whose it is, how it is written, and how it is read beside its host.</summary>
public sealed class JournalFileTests
{
    private static readonly JournalIdentity Mine = new("paper", "SIM", "10000001");

    [Theory]
    [InlineData("trading212", "SIM", "10000001")]
    [InlineData("paper", "REPLAY", "10000001")]
    [InlineData("paper", "SIM", "10000002")]
    public void A_journal_of_another_venue_mode_or_account_is_refused(string venue, string mode, string account)
    {
        using var folder = new TempFolder();
        var path = folder.File("sub/journal.db");
        JournalFile.Prepare(path, Mine);
        JournalFile.Prepare(path, Mine);

        var e = Assert.Throws<JournalException>(() => JournalFile.Prepare(path, new JournalIdentity(venue, mode, account)));
        Assert.Equal($"journal {path}: belongs to SIM at paper, account 10000001; this run is {mode} at {venue}, account {account}", e.Message);
        Assert.Equal(Mine, JournalFile.Identify(path));
    }

    [Fact]
    public void A_journal_of_a_newer_version_is_refused()
    {
        using var folder = new TempFolder();
        var path = folder.File("journal.db");
        JournalFile.Prepare(path, Mine);
        RawJournal.Run(path, "UPDATE microtrader_journal SET value = '2' WHERE name = 'version'");
        var e = Assert.Throws<JournalException>(() => JournalFile.Prepare(path, Mine));
        Assert.Contains("written by a newer version (layout 2, this build knows 1)", e.Message, StringComparison.Ordinal);

        RawJournal.Run(path, "UPDATE microtrader_journal SET value = 'x' WHERE name = 'version'");
        AssertOneLine(path, () => JournalFile.Prepare(path, Mine));
        AssertOneLine(path, () => JournalFile.Identify(path));
    }

    [Fact]
    public void A_file_that_says_nothing_of_itself_belongs_to_nobody()
    {
        using var folder = new TempFolder();
        RawJournal.Run(folder.File("other.db"), "CREATE TABLE t (x)");
        Assert.Null(JournalFile.Identify(folder.File("other.db")));
        AssertOneLine(folder.File("none.db"), () => JournalFile.Identify(folder.File("none.db")));
        AssertOneLine(folder.File("none.db"), () => JournalReader.Fold(folder.File("none.db")));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_in_one_line()
    {
        using var folder = new TempFolder();
        var path = folder.File("journal.db");
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("this is no database\n", 500)));
        AssertOneLine(path, () => JournalFile.Prepare(path, Mine));
        AssertOneLine(path, () => JournalFile.Identify(path));
        AssertOneLine(path, () => JournalReader.Fold(path));
    }

    [Fact]
    public async Task A_truncated_journal_and_one_of_unknown_facts_are_refused_in_one_line()
    {
        await using var robot = await RobotHarness.StartAsync();
        await robot.OpenAsync();
        await robot.UntilStatusAsync(PositionStatus.Closed);
        await robot.StopRobotAsync();
        var facts = JournalReader.Positions(robot.JournalPath).Count();
        RawJournal.Run(robot.JournalPath, "PRAGMA wal_checkpoint(TRUNCATE)");

        var cut = Path.Combine(robot.Folder, "cut.db");
        var whole = File.ReadAllBytes(robot.JournalPath);
        File.WriteAllBytes(cut, whole[..(whole.Length / 4)]);
        AssertOneLine(cut, () => JournalReader.Fold(cut));

        var copy = Path.Combine(robot.Folder, "copy.db");
        File.WriteAllBytes(copy, whole);
        Assert.Equal(facts, JournalReader.Positions(copy).Count());
        RawJournal.Run(copy, "UPDATE journal SET manifest = 'pos-later/9' WHERE manifest = 'pos-trade-closed/1'");
        Assert.Contains("'pos-later/9'", AssertOneLine(copy, () => JournalReader.Fold(copy)).Message, StringComparison.Ordinal);
        RawJournal.Run(copy, "DELETE FROM journal WHERE manifest = 'pos-later/9' OR manifest = 'pos-entry-intended/1'");
        Assert.Contains("cannot follow", AssertOneLine(copy, () => JournalReader.Fold(copy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_connection_of_the_journal_syncs_fully_and_the_file_is_in_wal_mode()
    {
        await using var robot = await RobotHarness.StartAsync();
        Assert.True(robot.System.Settings.Setup.Get<Akka.Persistence.Sql.Config.DataOptionsSetup>().HasValue);
        await robot.OpenAsync();
        Assert.Equal("wal", RawJournal.Scalar(robot.JournalPath, "PRAGMA journal_mode"));
        // What comes out of SQLite's pool may have been set otherwise: the hook sets it each time.
        SqliteConnection.ClearPool(new SqliteConnection(JournalFile.ConnectionString(robot.JournalPath)));
        Assert.Equal(0L, RawJournal.Scalar(robot.JournalPath, "PRAGMA synchronous = OFF; PRAGMA synchronous"));
        foreach (var asynchronous in new[] { false, true })
        {
            await using var connection = new DataConnection(JournalHosting.Options(robot.JournalPath));
            var level = asynchronous ? await connection.ExecuteAsync<long>("PRAGMA synchronous") : connection.Execute<long>("PRAGMA synchronous");
            Assert.Equal(2, level);
        }
    }

    [Fact]
    public async Task The_journal_is_read_while_its_host_writes_and_without_a_host()
    {
        await using var robot = await RobotHarness.StartAsync();
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var (reads, most) = (0, 0);
            while (!stop.IsCancellationRequested)
            {
                var trades = JournalReader.Fold(robot.JournalPath).Trades.Count;
                Assert.True(trades >= most);
                (reads, most) = (reads + 1, trades);
            }

            return reads;
        });
        for (var i = 0; i < 3; i++)
        {
            await robot.OpenAsync(at: 157.50m);
            await robot.TickAsync("AXSM", 159.50m);
            await robot.UntilStatusAsync(PositionStatus.Closed);
            await robot.AdvanceAsync(TimeSpan.FromSeconds(20));
        }

        await stop.CancelAsync();
        Assert.True(await reading > 10);
        var seen = await robot.Robot.TradesAsync(10, default);
        await robot.StopRobotAsync();
        Assert.Equal(robot.Trades.Reverse(), seen);
        Assert.Equal(3, seen.Count);
    }

    private static JournalException AssertOneLine(string path, Action action)
    {
        var e = Assert.Throws<JournalException>(action);
        Assert.StartsWith($"journal {path}: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        return e;
    }

    private static JournalException AssertOneLine<T>(string path, Func<T> action) => AssertOneLine(path, () => { _ = action(); });
}
