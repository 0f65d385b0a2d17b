using Microsoft.Data.Sqlite;

namespace MicroTrader.Actors.Journal;

/// <summary>
/// How a journal of an older layout becomes one of this: a step for each version, carried out in order within the transaction of the start, after a copy of
/// the file was taken. The first layout is the only one so far, so that there is no step yet.
/// </summary>
/// <param name="Version">The layout that is written now.</param>
/// <param name="Steps">By the version that a step begins with: what makes the next of it.</param>
internal sealed record JournalMigrations(int Version, IReadOnlyDictionary<int, Action<SqliteConnection, SqliteTransaction>> Steps)
{
    /// <summary>This build's.</summary>
    public static JournalMigrations Current { get; } = new(JournalFile.Version, new Dictionary<int, Action<SqliteConnection, SqliteTransaction>>());

    /// <summary>Brings a journal up.</summary>
    /// <param name="path">The journal's file.</param>
    /// <param name="from">Its layout.</param>
    /// <param name="connection">The connection that writes it.</param>
    /// <param name="transaction">Its transaction: all or nothing.</param>
    /// <exception cref="JournalException">There is no way from its layout, or its copy could not be taken: nothing was changed.</exception>
    public void BringUp(string path, int from, SqliteConnection connection, SqliteTransaction transaction)
    {
        if (from >= Version)
            return;
        for (var version = from; version < Version; version++)
        {
            if (!Steps.ContainsKey(version))
                throw new JournalException($"journal {path}: written in layout {from}, from which this build knows no way to {Version}; install the version that wrote it again");
        }

        JournalBackup.Take(path, JournalBackup.NameBefore(path, from));
        for (var version = from; version < Version; version++)
            Steps[version](connection, transaction);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "UPDATE microtrader_journal SET value = $version WHERE name = 'version'";
        command.Parameters.AddWithValue("$version", Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        command.ExecuteNonQuery();
    }
}
