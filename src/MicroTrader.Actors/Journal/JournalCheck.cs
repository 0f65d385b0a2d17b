using System.Globalization;
using System.Runtime.Serialization;
using Microsoft.Data.Sqlite;

namespace MicroTrader.Actors.Journal;

/// <summary>
/// Looks at a journal before anything trusts it: whether its pages and indexes are whole, whether each actor's facts are all there, and whether every fact and
/// snapshot can be read. It only reads, so that what is damaged stays as it is for whoever looks into it.
/// </summary>
internal static class JournalCheck
{
    /// <summary>What a person does with a journal that is damaged.</summary>
    public const string WayOut = "the robot does not start on it: put a backup in its place, or move its folder away and see to what the account holds at the broker first";

    /// <summary>Checks a journal's file; a file that is not there is fine.</summary>
    /// <exception cref="JournalException">It is damaged, or something of it is missing.</exception>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static void Run(string path)
    {
        var length = File.Exists(path) ? new FileInfo(path).Length : 0;
        if (length == 0)
        {
            NeverWas(path);
            return;
        }

        using var connection = JournalReader.Open(path);
        // The whole check, not the quick one: a row that its index lacks would be a fact that is never read.
        foreach (var flaw in Rows(connection, "PRAGMA integrity_check(1)", r => r.GetString(0)))
        {
            if (flaw != "ok")
                throw Damaged(path, flaw);
        }

        if (!JournalReader.HasTable(connection, "microtrader_journal") && File.Exists(Mark(path)))
            throw Emptied(path);
        if (JournalReader.HasTable(connection, "journal"))
        {
            Complete(path, connection);
            // Every column that the journal writes or reads, so that none is missing.
            Readable(path, connection, "SELECT persistence_id, sequence_number, manifest, message, identifier, deleted, ordering, created, tags, writer_uuid FROM journal");
        }

        if (JournalReader.HasTable(connection, "snapshot"))
            Readable(path, connection, "SELECT persistence_id, sequence_number, manifest, snapshot, serializer_id, 0, created FROM snapshot");
        // And whether one follows on the other.
        JournalReader.Fold(path);
    }

    /// <summary>Notes beside the journal that there is one: an empty file in its place is then no new journal.</summary>
    public static void Remember(string path)
    {
        if (!File.Exists(Mark(path)))
            File.WriteAllText(Mark(path), "Beside this file lies the robot's journal. While this file is here, a missing or empty journal is an error, not a new beginning.\n");
    }

    /// <summary>A journal that is damaged, in a line.</summary>
    public static JournalException Damaged(string path, string what, Exception? cause = null) =>
        new($"journal {path}: is damaged ({what.ReplaceLineEndings(" ").TrimEnd('.')}); {WayOut}", cause!);

    private static string Mark(string path) => path + ".made";

    // SQLite takes an empty file for a new one, and throws away the log beside it: everything would be forgotten without a word.
    private static void NeverWas(string path)
    {
        var log = path + "-wal";
        if (File.Exists(Mark(path)) || (File.Exists(log) && new FileInfo(log).Length > 0))
            throw Emptied(path);
    }

    private static JournalException Emptied(string path) => new(
        $"journal {path}: {(File.Exists(path) ? "is empty" : "is gone")}, though there was one here; {WayOut} (to begin anew, delete {Path.GetFileName(Mark(path))} as well)");

    // Facts are numbered from 1, for each actor, and none is ever deleted.
    private static void Complete(string path, SqliteConnection connection)
    {
        const string sql = """
            SELECT persistence_id, min(sequence_number), max(sequence_number), count(*) FROM journal WHERE deleted = 0 GROUP BY persistence_id
            HAVING min(sequence_number) <> 1 OR max(sequence_number) <> count(*)
            """;
        foreach (var (id, least, most, count) in Rows(connection, sql, r => (r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))))
            throw Damaged(path, string.Create(CultureInfo.InvariantCulture, $"{id} has {count} facts, numbered {least} to {most}: some are missing"));
    }

    private static void Readable(string path, SqliteConnection connection, string sql)
    {
        foreach (var (id, number, manifest, bytes, serializer, deleted) in Rows(
            connection, sql, r => (r.GetString(0), r.GetInt64(1), r.GetString(2), (byte[])r.GetValue(3), r.GetInt64(4), r.GetInt64(5))))
        {
            if (serializer != MicroTraderSerializer.Id || deleted != 0)
                throw Damaged(path, string.Create(CultureInfo.InvariantCulture, $"{id} #{number}: {(deleted != 0 ? "is marked as deleted" : $"was written by serializer {serializer}")}"));
            try
            {
                MicroTraderSerializer.Read(bytes, manifest);
            }
            catch (SerializationException e) when (JournalManifests.Find(manifest) is not null)
            {
                throw Damaged(path, string.Create(CultureInfo.InvariantCulture, $"{id} #{number}: {e.Message}"), e);
            }
            catch (SerializationException e)
            {
                throw new JournalException($"journal {path}: {e.Message}", e);
            }
        }
    }

    private static IEnumerable<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return read(reader);
    }
}
