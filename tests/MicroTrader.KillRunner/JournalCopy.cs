using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace MicroTrader.KillRunner;

/// <summary>
/// What a journal's file held at one moment: read from a copy of the file and its log, so that what the next start finds is what the kill left.
/// </summary>
/// <param name="Path">The copy.</param>
/// <param name="Facts">Every fact as a line, in the order of the journal.</param>
internal sealed record JournalCopy(string Path, IReadOnlyList<string> Facts)
{
    /// <summary>Copies and reads. No host may run on the file.</summary>
    public static JournalCopy Take(string journal, string folder)
    {
        Directory.CreateDirectory(folder);
        // A connection that was kept open would go on to read the copy before this one.
        SqliteConnection.ClearAllPools();
        var copy = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(journal));
        foreach (var tail in new[] { "", "-wal", "-shm" })
        {
            File.Delete(copy + tail);
            // The shared memory is made anew from the log: what a kill left of it is of no use.
            if (tail != "-shm" && File.Exists(journal + tail))
                File.Copy(journal + tail, copy + tail);
        }

        return new JournalCopy(copy, File.Exists(copy) ? Read(copy) : []);
    }

    /// <summary>Runs a statement on a journal's file, in one connection of its own.</summary>
    /// <returns>How many rows it changed.</returns>
    public static int Run(string path, string sql)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private static List<string> Read(string path)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'journal'";
        if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0)
            return [];
        command.CommandText = "SELECT persistence_id, sequence_number, manifest, message FROM journal ORDER BY ordering";
        using var reader = command.ExecuteReader();
        var facts = new List<string>();
        while (reader.Read())
        {
            var digest = Convert.ToHexString(SHA256.HashData((byte[])reader.GetValue(3)), 0, 8);
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{reader.GetString(0)} #{reader.GetInt64(1)} {reader.GetString(2)} {digest}"));
        }

        return facts;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
