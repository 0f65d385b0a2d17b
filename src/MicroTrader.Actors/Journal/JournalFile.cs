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
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>What every connection to the journal must run: <c>synchronous</c> is not kept in the file.</summary>
    public const string OpenPragmas = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";

    /// <summary>Makes the file if it is not there, and checks whose it is. Tables of facts are made by the journal itself.</summary>
    /// <exception cref="JournalException">It belongs to another venue or account, a newer version wrote it, or it cannot be opened.</exception>
    public static void Prepare(string path, JournalIdentity identity)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var connection = new SqliteConnection(ConnectionString(path));
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL; " + OpenPragmas);
            using var transaction = connection.BeginTransaction(deferred: false);
            Run(connection, "CREATE TABLE IF NOT EXISTS microtrader_journal (name TEXT PRIMARY KEY, value TEXT NOT NULL)", transaction);
            var found = ReadIdentity(connection, transaction);
            if (found is null)
                WriteIdentity(connection, transaction, identity);
            else
                Check(path, found.Value, identity);
            transaction.Commit();
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new JournalException($"journal {path}: cannot be opened for writing: {e.Message}", e);
        }
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
        catch (Exception e) when (e is SqliteException or FormatException)
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

    private static void WriteIdentity(SqliteConnection connection, SqliteTransaction transaction, JournalIdentity identity)
    {
        var values = new[]
        {
            ("version", Version.ToString(CultureInfo.InvariantCulture)), ("venue", identity.Venue), ("mode", identity.Mode), ("account", identity.Account),
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

    private static void Check(string path, (JournalIdentity Identity, int Version) found, JournalIdentity identity)
    {
        if (found.Version > Version)
            throw new JournalException($"journal {path}: written by a newer version (layout {found.Version}, this build knows {Version}); install that version again");
        if (found.Identity != identity)
            throw new JournalException($"journal {path}: belongs to {found.Identity}; this run is {identity}");
    }

    private static void Run(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
