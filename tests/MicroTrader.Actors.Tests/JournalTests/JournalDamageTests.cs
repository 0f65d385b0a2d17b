using Microsoft.Data.Sqlite;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Positions;
using Xunit.Abstractions;

namespace MicroTrader.Actors.Tests.JournalTests;

/// <summary>
/// A real journal, cut off and overwritten at random bytes: a start either refuses it in a line that says what to do, and leaves it as it is, or finds
/// everything that SQLite could keep. Seeds are printed.
/// </summary>
public sealed class JournalDamageTests(ITestOutputHelper output)
{
    private static readonly JournalIdentity Mine = new("paper", "SIM", "10000001");

    [Fact]
    public async Task Cut_off_at_random_bytes_it_is_refused_or_holds_all_that_SQLite_kept()
    {
        var (random, made) = (Seeded(), await MakeAsync());
        using var folder = new TempFolder();
        var (refused, kept) = (0, 0);
        for (var i = 0; i < 60; i++)
        {
            var path = Copy(made, folder.File($"cut{i}/journal.db"));
            // The file is cut, its log, or both.
            var what = i % 3;
            if (what != 1)
                Cut(path, random);
            if (what != 0)
                Cut(path + "-wal", random);
            var before = await File.ReadAllBytesAsync(path);
            if (Refusal(path) is { } line)
            {
                refused++;
                Assert.Equal(before, await File.ReadAllBytesAsync(path));
                AssertSaysWhatToDo(path, line);
            }
            else
            {
                kept++;
                var left = RawJournal.Facts(path);
                Assert.Equal(made.Facts.Take(left.Count).Select(Text), left.Select(Text));
                // The file itself holds what was in it before the log.
                Assert.True(left.Count >= made.InFile, $"{left.Count} of {made.Facts.Count} facts are left, {made.InFile} were in the file");
            }
        }

        output.WriteLine($"{refused} refused, {kept} kept");
        Assert.True(refused > 5 && kept > 5);
    }

    [Fact]
    public async Task Overwritten_at_random_bytes_no_fact_is_lost_without_a_word()
    {
        var (random, made) = (Seeded(), await MakeAsync());
        using var folder = new TempFolder();
        var (refused, kept) = (0, 0);
        for (var i = 0; i < 120; i++)
        {
            var path = Copy(made, folder.File($"flip{i}/journal.db"), withLog: false);
            var bytes = await File.ReadAllBytesAsync(path);
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, bytes);
            if (Refusal(path) is { } line)
            {
                refused++;
                Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
                AssertSaysWhatToDo(path, line);
            }
            else
            {
                kept++;
                var left = RawJournal.Facts(path);
                Assert.Equal(made.InFile, left.Count);
                Assert.Equal(made.Facts.Take(made.InFile).Select(f => (f.PersistenceId, f.Manifest)), left.Select(f => (f.PersistenceId, f.Manifest)));
            }
        }

        output.WriteLine($"{refused} refused, {kept} kept");
        Assert.True(refused > 5);
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE ordering = (SELECT min(ordering) + 2 FROM journal)", "some are missing")]
    [InlineData("DELETE FROM journal WHERE ordering = (SELECT min(ordering) FROM journal)", "some are missing")]
    [InlineData("UPDATE journal SET message = x'7b' WHERE ordering = (SELECT max(ordering) FROM journal)", "that cannot be read")]
    [InlineData("UPDATE journal SET manifest = NULL WHERE ordering = (SELECT max(ordering) FROM journal)", "is damaged")]
    [InlineData("UPDATE snapshot SET snapshot = x'00'", "that cannot be read")]
    [InlineData("UPDATE journal SET identifier = 213 WHERE ordering = (SELECT max(ordering) FROM journal)", "was written by serializer 213")]
    [InlineData("UPDATE journal SET deleted = 1 WHERE ordering = (SELECT max(ordering) FROM journal)", "some are missing|is marked as deleted")]
    [InlineData("ALTER TABLE journal RENAME COLUMN identifier TO identifies", "no such column")]
    public async Task A_fact_that_is_missing_or_cannot_be_read_is_said(string sql, string words)
    {
        var made = await MakeAsync();
        using var folder = new TempFolder();
        var path = Copy(made, folder.File("journal.db"));
        RawJournal.Run(path, sql);
        SqliteConnection.ClearAllPools();
        var line = Refusal(path);
        Assert.NotNull(line);
        Assert.Contains(words.Split('|'), w => line.Contains(w, StringComparison.Ordinal));
        AssertSaysWhatToDo(path, line);
    }

    [Fact]
    public void An_emptied_or_missing_journal_is_no_new_one()
    {
        using var folder = new TempFolder();
        var path = folder.File("journal.db");
        JournalFile.Prepare(path, Mine);
        SqliteConnection.ClearAllPools();
        File.WriteAllBytes(path, []);
        Assert.Contains("is empty, though there was one here", Refusal(path), StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("is gone, though there was one here", Refusal(path), StringComparison.Ordinal);
        Assert.False(File.Exists(path));

        // Whoever means it says so.
        File.Delete(path + ".made");
        Assert.Null(Refusal(path));
    }

    [Fact]
    public void A_start_that_was_cut_off_before_the_first_byte_is_made_up_for()
    {
        using var folder = new TempFolder();
        var path = folder.File("journal.db");
        File.WriteAllBytes(path, []);
        Assert.Null(Refusal(path));
        // But a log without a file never is one's beginning.
        File.WriteAllBytes(folder.File("other.db"), []);
        File.WriteAllBytes(folder.File("other.db-wal"), new byte[100]);
        Assert.Contains("is empty, though there was one here", Refusal(folder.File("other.db")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_an_actors_facts_is_given_once()
    {
        var made = await MakeAsync();
        using var folder = new TempFolder();
        var path = Copy(made, folder.File("journal.db"));
        var e = Assert.Throws<SqliteException>(() => RawJournal.Run(path, """
            INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier)
            SELECT created, deleted, persistence_id, sequence_number, message, manifest, identifier FROM journal LIMIT 1
            """));
        Assert.Contains("UNIQUE", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_another_program_locks_is_refused_in_time()
    {
        using var folder = new TempFolder();
        var path = folder.File("journal.db");
        JournalFile.Prepare(path, Mine);
        await using var other = new SqliteConnection($"Data Source={path};Pooling=False");
        await other.OpenAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN EXCLUSIVE";
        await hold.ExecuteNonQueryAsync();
        var waited = System.Diagnostics.Stopwatch.StartNew();
        Assert.Contains("another program has it locked", Refusal(path), StringComparison.Ordinal);
        // Before the journal's call-timeout of 20 s, twice over: see hocon/sqlite.hocon.
        Assert.InRange(waited.Elapsed.TotalSeconds, 3, 15);
        hold.CommandText = "ROLLBACK";
        await hold.ExecuteNonQueryAsync();
        Assert.Null(Refusal(path));
    }

    private Random Seeded()
    {
        var seed = Random.Shared.Next(1, int.MaxValue);
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private static string? Refusal(string path)
    {
        try
        {
            JournalFile.Prepare(path, Mine);
            JournalReader.Fold(path);
            return null;
        }
        catch (JournalException e)
        {
            return e.Message;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
        }
    }

    private static void AssertSaysWhatToDo(string path, string line)
    {
        Assert.StartsWith($"journal {path}: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        // Damage asks for a backup; what only looks like another's or a newer journal's is said as such.
        Assert.True(
            line.Contains("put a backup in its place", StringComparison.Ordinal)
            || line.Contains("belongs to ", StringComparison.Ordinal)
            || line.Contains("newer version", StringComparison.Ordinal)
            || line.Contains("cannot follow", StringComparison.Ordinal)
            || line.Contains("names no symbol", StringComparison.Ordinal)
            || line.Contains("cannot be opened for writing", StringComparison.Ordinal),
            line);
    }

    private static void Cut(string path, Random random)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(random.NextInt64(file.Length));
    }

    private static string Copy(Made made, string path, bool withLog = true)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, made.File);
        if (withLog)
            File.WriteAllBytes(path + "-wal", made.Log);
        return path;
    }

    private static (string, string, string) Text((string PersistenceId, string Manifest, int SerializerId, byte[] Payload) fact) =>
        (fact.PersistenceId, fact.Manifest, Convert.ToHexString(fact.Payload));

    // A journal as a crash leaves it: some of it in the file, the rest in the log.
    private static async Task<Made> MakeAsync()
    {
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { SnapshotEvery = 1 } });
        // Whoever closes last folds the log into the file: that is not to happen here.
        await using var last = new SqliteConnection($"Data Source={robot.JournalPath};Pooling=False");
        await last.OpenAsync();
        await using var keep = last.CreateCommand();
        keep.CommandText = "SELECT count(*) FROM microtrader_journal";
        await keep.ExecuteScalarAsync();
        await TradeAsync(robot);
        await robot.EventuallyAsync(() => RawJournal.Snapshots(robot.JournalPath).Count > 0, "a snapshot is there");
        RawJournal.Run(robot.JournalPath, "PRAGMA wal_checkpoint(TRUNCATE)");
        var inFile = RawJournal.Facts(robot.JournalPath).Count;
        await TradeAsync(robot);
        return new Made(await ReadAsync(robot.JournalPath), await ReadAsync(robot.JournalPath + "-wal"), RawJournal.Facts(robot.JournalPath), inFile);
    }

    private static async Task TradeAsync(RobotHarness robot)
    {
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        await robot.AdvanceAsync(TimeSpan.FromSeconds(20));
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    private sealed record Made(byte[] File, byte[] Log, IReadOnlyList<(string PersistenceId, string Manifest, int SerializerId, byte[] Payload)> Facts, int InFile);
}
