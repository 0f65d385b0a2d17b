using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MicroTrader.Actors.Journal;

/// <summary>The journal's SQLite file: made, checked for its owner and version, and set to survive a power cut (WAL, synchronous FULL).</summary>
public static class JournalFile
{
    /// <summary>The version of the journal's layout and facts that this build writes.</summary>
    public const int Version = 1;

    /// <summary>The connection string of a journal's file, for writing.</summary>
    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = LockPatienceSeconds,
    }.ToString();

    // Two writes, one queued behind the other, must have failed for certain before the journal's call-timeout (hocon/sqlite.hocon) gives them up: one that is
    // given up and happens all the same would be a fact that its actor does not know of.
    private const int LockPatienceSeconds = 5;

    /// <summary>What every connection to the journal must run: <c>synchronous</c> is not kept in the file.</summary>
    public const string OpenPragmas = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;";

    /// <summary>
    /// Makes the file if it is not there; else checks that it is whole, whose it is, and that it can be written to, and brings an older layout up, after
    /// a copy of it was taken into <c>backups/</c> beside it. The table of snapshots is made by the
    /// journal itself.
    /// </summary>
    /// <exception cref="JournalException">
    /// It is damaged or incomplete, belongs to another venue or account, a newer version wrote it, or it cannot be written to (read-only, locked, a full disk).
    /// </exception>
    public static void Prepare(string path, JournalIdentity identity) => Prepare(path, identity, JournalMigrations.Current);

    internal static void Prepare(string path, JournalIdentity identity, JournalMigrations migrations)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            JournalCheck.Run(path);
            using var connection = new SqliteConnection(ConnectionString(path));
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL; " + OpenPragmas);
            using var transaction = connection.BeginTransaction(deferred: false);
            Run(connection, "CREATE TABLE IF NOT EXISTS microtrader_journal (name TEXT PRIMARY KEY, value TEXT NOT NULL)", transaction);
            var found = ReadIdentity(connection, transaction);
            if (found is null)
                WriteIdentity(connection, transaction, identity, migrations.Version);
            else
                Check(path, found.Value, identity, migrations.Version);
            if (found is { Version: var version })
                migrations.BringUp(path, version, connection, transaction);
            MakeFacts(connection, transaction);
            // Written at every start: a disk that takes nothing is found out before the first signal, and not by it.
            Run(connection, "INSERT INTO microtrader_journal (name, value) VALUES ('starts', '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1", transaction);
            transaction.Commit();
            JournalCheck.Remember(path);
        }
        catch (SqliteException e)
        {
            throw Explain(path, "cannot be opened for writing", e);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidCastException)
        {
            // A column that is not of its type.
            throw JournalCheck.Damaged(path, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new JournalException($"journal {path}: cannot be opened for writing: {e.Message}", e);
        }
    }

    /// <summary>What SQLite says of a file, with what to do about it.</summary>
    internal static JournalException Explain(string path, string what, SqliteException e)
    {
        // SQLite's result codes (https://www.sqlite.org/rescode.html).
        var way = e.SqliteErrorCode switch
        {
            5 or 6 => "another program has it locked; close that one",
            8 => "it, its folder or its disk is read-only; let this user write there",
            10 => "the disk could not be read or written; see to the disk and to its free space",
            // No such table or column, too: whatever is missing was made with it.
            1 or 11 or 26 => $"it is damaged; {JournalCheck.WayOut}",
            13 => "the disk is full; make room",
            14 => "it or its folder cannot be opened by this user",
            _ => null,
        };
        return new JournalException($"journal {path}: {what}: {(way is null ? "" : way + ": ")}{e.Message.ReplaceLineEndings(" ")}", e);
    }

    /// <summary>Reads whose journal a file is; null where it says nothing.</summary>
    /// <exception cref="JournalException">The file cannot be read.</exception>
    public static JournalIdentity? Identify(string path)
    {
        try
        {
            using var connection = JournalReader.Open(path);
            return JournalReader.HasTable(connection, "microtrader_journal") ? ReadIdentity(connection, null)?.Identity : null;
        }
        catch (SqliteException e)
        {
            throw Explain(path, "cannot be read", e);
        }
        catch (FormatException e)
        {
            throw new JournalException($"journal {path}: cannot be read: {e.Message}", e);
        }
    }

    private static (JournalIdentity Identity, int Version)? ReadIdentity(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT name, value FROM microtrader_journal";
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            values[reader.GetString(0)] = reader.GetString(1);
        if (!values.TryGetValue("version", out var version))
            return null;
        return (
            new JournalIdentity(values.GetValueOrDefault("venue", ""), values.GetValueOrDefault("mode", ""), values.GetValueOrDefault("account", "")),
            int.Parse(version, CultureInfo.InvariantCulture));
    }

    private static void WriteIdentity(SqliteConnection connection, SqliteTransaction transaction, JournalIdentity identity, int version)
    {
        var values = new[]
        {
            ("version", version.ToString(CultureInfo.InvariantCulture)), ("venue", identity.Venue), ("mode", identity.Mode), ("account", identity.Account),
        };
        foreach (var (name, value) in values)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO microtrader_journal (name, value) VALUES ($name, $value)";
            command.Parameters.AddWithValue("$name", name);
            command.Parameters.AddWithValue("$value", value);
            command.ExecuteNonQuery();
        }
    }

    private static void Check(string path, (JournalIdentity Identity, int Version) found, JournalIdentity identity, int version)
    {
        if (found.Version > version)
            throw new JournalException($"journal {path}: written by a newer version (layout {found.Version}, this build knows {version}); install that version again");
        if (found.Identity != identity)
            throw new JournalException($"journal {path}: belongs to {found.Identity}; this run is {identity}");
    }

    // As Akka.Persistence.Sql 1.5.73 makes it for SQLite, and what it leaves out: that a number of an actor's facts is given once. Should two writers ever
    // meet, or a write that was given up happen after all, the second fails, and its actor reads what is really there.
    private static void MakeFacts(SqliteConnection connection, SqliteTransaction transaction) => Run(
        connection,
        """
        CREATE TABLE IF NOT EXISTS [journal] (
            [ordering]        INTEGER        NOT NULL PRIMARY KEY AUTOINCREMENT,
            [created]         INTEGER        NOT NULL,
            [deleted]         Bit            NOT NULL,
            [persistence_id]  NVarChar(255)  NOT NULL,
            [sequence_number] INTEGER        NOT NULL,
            [message]         VarBinary      NOT NULL,
            [tags]            NVarChar(100)      NULL,
            [manifest]        NVarChar(500)      NULL,
            [identifier]      INTEGER            NULL,
            [writer_uuid]     NVarChar(128)      NULL
        );
        CREATE UNIQUE INDEX IF NOT EXISTS microtrader_journal_facts ON journal (persistence_id, sequence_number);
        """,
        transaction);

    private static void Run(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
