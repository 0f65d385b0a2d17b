using System.Globalization;
using Microsoft.Data.Sqlite;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Store;

/// <summary>
/// The accounts' SQLite file. One commit per change, written through to the disk (WAL, synchronous FULL), so that what
/// was answered survives a kill. The file is locked for this process: a second broker on it would keep other books.
/// </summary>
internal sealed class PaperStore : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;

    private PaperStore(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="PaperBrokerException">The file cannot be written, is not ours, is newer, or is in use.</exception>
    public static PaperStore Open(string path, DateTimeOffset now)
    {
        SqliteConnection? connection = null;
        try
        {
            if (path != PaperBrokerOptions.InMemory && Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            // One second of patience with a lock: another broker holds it for good.
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWriteCreate,
                Pooling = false,
                DefaultTimeout = 1,
            }.ToString());
            connection.Open();
            Prepare(connection, path, now);
            return new PaperStore(connection);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw new PaperBrokerException(Explain(path, exception), exception);
        }
        catch (PaperBrokerException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>The accounts whose books are in the file.</summary>
    /// <exception cref="PaperBrokerException">A row cannot be read.</exception>
    public IReadOnlyList<VenueAccount> Accounts() => Reading(() => PaperStoreReader.Accounts(_connection));

    /// <summary>Reads an account, or null when the file has none of that number.</summary>
    /// <exception cref="PaperBrokerException">A row cannot be read.</exception>
    public VenueState? Load(long accountId) => Reading(() => PaperStoreReader.Load(_connection, accountId));

    /// <summary>Writes a change; when it returns the change is on the disk. Safe from several accounts' threads.</summary>
    /// <exception cref="SqliteException">Nothing of the change is written.</exception>
    public void Commit(VenueChange change) => Commit([change]);

    /// <summary>Writes changes all or none; when it returns they are on the disk.</summary>
    /// <exception cref="SqliteException">Nothing of the changes is written.</exception>
    public void Commit(IReadOnlyList<VenueChange> changes)
    {
        lock (_lock)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var writer = new PaperStoreWriter(_connection, transaction);
            foreach (var change in changes)
            {
                writer.Write(change);
            }

            transaction.Commit();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is SqliteException or FormatException or ArgumentException or InvalidOperationException or InvalidCastException or OverflowException)
        {
            throw new PaperBrokerException($"Paper broker file {_connection.DataSource} is damaged: {exception.Message}", exception);
        }
    }

    private static void Prepare(SqliteConnection connection, string path, DateTimeOffset now)
    {
        // Before the first read: a database locked for good needs no shared-memory file beside it.
        Run(connection, "PRAGMA locking_mode = EXCLUSIVE");
        var applicationId = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        var isNew = Number(connection, "SELECT count(*) FROM sqlite_master") == 0 && applicationId == 0 && version == 0;
        if (!isNew && applicationId != PaperStoreSchema.ApplicationId)
        {
            throw new PaperBrokerException($"Paper broker file {path} belongs to another program; give a new path or a file that a paper broker made.");
        }

        if (version > PaperStoreSchema.Version)
        {
            throw new PaperBrokerException(
                $"Paper broker file {path} has version {version}, this program knows up to {PaperStoreSchema.Version}; use the newer program.");
        }

        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
        Run(connection, "BEGIN IMMEDIATE");
        if (isNew)
        {
            Run(connection, PaperStoreSchema.Create);
            Run(connection, string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA application_id = {PaperStoreSchema.ApplicationId}; PRAGMA user_version = {PaperStoreSchema.Version};"));
        }
        else if (version == 1)
        {
            Migrate(connection, now);
        }
        else
        {
            // A write that changes nothing: it takes the lock, and finds out now whether the file can be written.
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version};"));
        }

        Run(connection, "COMMIT");
    }

    private static void Migrate(SqliteConnection connection, DateTimeOffset now)
    {
        Run(connection, PaperStoreSchema.SetAsideVersion1);
        Run(connection, PaperStoreSchema.Create);
        Run(connection, PaperStoreSchema.CopyVersion1, ("$now", PaperStoreWriter.Text(now)));
        Run(connection, PaperStoreSchema.DropVersion1);
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {PaperStoreSchema.Version};"));
    }

    private static string Explain(string path, Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 } => $"Paper broker file {path} is in use by another process; one broker per file.",
        SqliteException { SqliteErrorCode: 8 or 14 } => $"Paper broker file {path} cannot be written; check the path and its permissions.",
        SqliteException { SqliteErrorCode: 26 } => $"Paper broker file {path} is not a SQLite database; give a new path or a file that a paper broker made.",
        SqliteException => $"Paper broker file {path} cannot be used: {exception.Message}",
        _ => $"Paper broker file {path} cannot be made: {exception.Message}",
    };

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
