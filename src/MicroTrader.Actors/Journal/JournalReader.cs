using System.Runtime.Serialization;
using Microsoft.Data.Sqlite;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Journal;

/// <summary>
/// Reads a journal's file beside the host that writes it, or without one: what <c>positions</c> and <c>trades</c> show, and which positions a start must
/// recover. It never writes.
/// </summary>
public static class JournalReader
{
    /// <summary>A position's persistence id starts so.</summary>
    public const string PositionPrefix = "position-";

    /// <summary>Folds every position's facts, in the order in which they were journalled.</summary>
    /// <exception cref="JournalException">The file cannot be read, or holds what this version does not know.</exception>
    public static TradeFold Fold(string path)
    {
        var fold = new TradeFold();
        foreach (var (symbol, fact) in Positions(path))
        {
            try
            {
                fold.Apply(symbol, fact);
            }
            catch (IllegalTransitionException e)
            {
                throw new JournalException($"journal {path}: {e.Message}", e);
            }
        }

        return fold;
    }

    /// <summary>Every fact of every position, in the order in which they were journalled.</summary>
    /// <exception cref="JournalException">The file cannot be read, or holds what this version does not know.</exception>
    public static IEnumerable<(Symbol Symbol, IPositionEvent Fact)> Positions(string path) => Positions(path, []);

    /// <summary>The positions' facts of some kinds, in every version of theirs, in the order in which they were journalled.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kinds">Their names in the journal without a version, e.g. <c>pos-trade-closed</c>; none for every fact.</param>
    /// <exception cref="JournalException">The file cannot be read, or holds what this version does not know.</exception>
    internal static IEnumerable<(Symbol Symbol, IPositionEvent Fact)> Positions(string path, IReadOnlyList<string> kinds)
    {
        if (!File.Exists(path))
            throw new JournalException($"journal {path}: there is no such file");
        using var connection = Guard(path, () => Open(path));
        if (!Guard(path, () => HasTable(connection, "journal")))
            yield break;
        using var command = connection.CreateCommand();
        var ofKinds = kinds.Count == 0 ? "" : $" AND ({string.Join(" OR ", kinds.Select((_, i) => $"manifest LIKE $kind{i}"))})";
        command.CommandText =
            $"SELECT persistence_id, manifest, message FROM journal WHERE persistence_id LIKE $prefix AND deleted = 0{ofKinds} ORDER BY ordering";
        for (var i = 0; i < kinds.Count; i++)
            command.Parameters.AddWithValue($"$kind{i}", kinds[i] + "/%");
        command.Parameters.AddWithValue("$prefix", PositionPrefix + "%");
        using var reader = Guard(path, command.ExecuteReader);
        while (Guard(path, reader.Read))
        {
            var id = reader.GetString(0);
            if (!Symbol.TryParse(id[PositionPrefix.Length..], out var symbol))
                throw new JournalException($"journal {path}: '{id}' names no symbol");
            yield return (symbol, Fact(path, reader.GetString(1), (byte[])reader.GetValue(2)));
        }
    }

    internal static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            DefaultTimeout = 10,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static IPositionEvent Fact(string path, string manifest, byte[] bytes)
    {
        try
        {
            return (IPositionEvent)MicroTraderSerializer.Read(bytes, manifest);
        }
        catch (SerializationException e)
        {
            throw new JournalException($"journal {path}: {e.Message}", e);
        }
    }

    internal static bool HasTable(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $name";
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar() is not null;
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException e)
        {
            throw new JournalException($"journal {path}: cannot be read: {e.Message}", e);
        }
    }
}
