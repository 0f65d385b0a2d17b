using Microsoft.Data.Sqlite;
using MicroTrader.Actors.Journal;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>The journal's tables as they are on the disk.</summary>
internal static class RawJournal
{
    public static IReadOnlyList<(string PersistenceId, string Manifest, int SerializerId, byte[] Payload)> Facts(string path) =>
        Read(path, "SELECT persistence_id, manifest, identifier, message FROM journal ORDER BY ordering", r => (r.GetString(0), r.GetString(1), r.GetInt32(2), (byte[])r.GetValue(3)));

    public static IReadOnlyList<(string Manifest, long SequenceNumber, byte[] Payload)> Snapshots(string path) =>
        Read(path, "SELECT manifest, sequence_number, snapshot FROM snapshot ORDER BY sequence_number", r => (r.GetString(0), r.GetInt64(1), (byte[])r.GetValue(2)));

    public static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection(JournalFile.ConnectionString(path));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(string path, string sql)
    {
        using var connection = new SqliteConnection(JournalFile.ConnectionString(path));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static List<T> Read<T>(string path, string sql, Func<SqliteDataReader, T> row)
    {
        using var connection = new SqliteConnection(JournalFile.ConnectionString(path));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }
}
