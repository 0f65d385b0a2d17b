using System.Runtime.Serialization;
using Microsoft.Data.Sqlite;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Journal;

/// <summary>
/// Reads a journal's file beside the host that writes it, or without one: what <c>positions</c>, <c>trades</c> and <c>explain</c> show, and which positions a start must
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

    /// <summary>Tells what became of a trade or an order; for one that is not known, which names are the nearest.</summary>
    /// <exception cref="JournalException">The file cannot be read, or holds what this version does not know.</exception>
    public static ExplainAnswer Explain(string path, string text)
    {
        try
        {
            if (TradeReference.Parse(text) is not { } reference)
                return new ExplainAnswer(null, $"'{text}' is no reference; one is e.g. AXSM-17 (a trade) or AXSM-17-B1 (an order of it){Nearest(path, text)}");
            var explanation = Explainer.Explain(reference, Positions(path, reference.Symbol).Select(f => f.Fact));
            return explanation is null
                ? new ExplainAnswer(null, $"the journal knows no {reference}{Nearest(path, reference.ToString())}")
                : new ExplainAnswer(explanation, null);
        }
        catch (IllegalTransitionException e)
        {
            throw new JournalException($"journal {path}: {e.Message}", e);
        }
    }

    private static string Nearest(string path, string text)
    {
        var names = Positions(path).GroupBy(f => f.Symbol, f => f.Fact).SelectMany(s => Explainer.Names(s.Key, s));
        var nearest = NearestNames.To(text, names);
        return nearest.Count == 0 ? "; it holds no trade yet" : $"; the nearest: {string.Join(", ", nearest)}";
    }

    /// <summary>Every fact of every position, in the order in which they were journalled.</summary>
    /// <exception cref="JournalException">The file cannot be read, or holds what this version does not know.</exception>
    public static IEnumerable<(Symbol Symbol, IPositionEvent Fact)> Positions(string path) => Positions(path, null, []);

    /// <summary>Every fact of one position, in the order in which they were journalled.</summary>
    /// <exception cref="JournalException">The file cannot be read, or holds what this version does not know.</exception>
    public static IEnumerable<(Symbol Symbol, IPositionEvent Fact)> Positions(string path, Symbol symbol) => Positions(path, symbol, []);

    /// <summary>The positions' facts of some kinds, in every version of theirs, in the order in which they were journalled.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kinds">Their names in the journal without a version, e.g. <c>pos-trade-closed</c>; none for every fact.</param>
    /// <exception cref="JournalException">The file cannot be read, or holds what this version does not know.</exception>
    internal static IEnumerable<(Symbol Symbol, IPositionEvent Fact)> Positions(string path, IReadOnlyList<string> kinds) => Positions(path, null, kinds);

    private static IEnumerable<(Symbol Symbol, IPositionEvent Fact)> Positions(string path, Symbol? only, IReadOnlyList<string> kinds)
    {
        if (!File.Exists(path))
            throw new JournalException($"journal {path}: there is no such file");
        using var connection = Guard(path, () => Open(path));
        if (!Guard(path, () => HasTable(connection, "journal")))
            yield break;
        using var command = connection.CreateCommand();
        var ofKinds = kinds.Count == 0 ? "" : $" AND ({string.Join(" OR ", kinds.Select((_, i) => $"manifest LIKE $kind{i}"))})";
        command.CommandText =
            $"SELECT persistence_id, manifest, message FROM journal WHERE persistence_id {(only is null ? "LIKE" : "=")} $id AND deleted = 0{ofKinds} ORDER BY ordering";
        for (var i = 0; i < kinds.Count; i++)
            command.Parameters.AddWithValue($"$kind{i}", kinds[i] + "/%");
        command.Parameters.AddWithValue("$id", PositionPrefix + (only?.Value ?? "%"));
        using var reader = Guard(path, command.ExecuteReader);
        while (Guard(path, reader.Read))
        {
            var (id, manifest, bytes) = Guard(path, () => (reader.GetString(0), reader.GetString(1), (byte[])reader.GetValue(2)));
            if (!Symbol.TryParse(id[PositionPrefix.Length..], out var symbol))
                throw new JournalException($"journal {path}: '{id}' names no symbol");
            yield return (symbol, Fact(path, manifest, bytes));
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
            throw JournalFile.Explain(path, "cannot be read", e);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidCastException)
        {
            // A column that is not of its type.
            throw JournalCheck.Damaged(path, e.Message, e);
        }
    }
}
