using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MicroTrader.Actors.Journal;

/// <summary>Copies a journal while a host may be writing it: SQLite's own online backup, checked before it gets its name.</summary>
public static class JournalBackup
{
    /// <summary>Takes a copy: one file, without a log beside it. The target appears whole and checked, or not at all.</summary>
    /// <param name="path">The journal's file.</param>
    /// <param name="target">The copy's file; it must not be there.</param>
    /// <returns>How many facts it holds.</returns>
    /// <exception cref="JournalException">The journal cannot be read, the target is there, or it cannot be written.</exception>
    public static long Take(string path, string target)
    {
        if (!File.Exists(path))
            throw new JournalException($"journal {path}: there is no such file");
        if (File.Exists(target))
            throw new JournalException($"backup {target}: is there already; a backup is never written over");
        var unfinished = target + ".unfinished";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            Delete(unfinished);
            Copy(path, unfinished);
            var facts = Check(unfinished);
            using (var file = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(unfinished, target, overwrite: false);
            return facts;
        }
        catch (SqliteException e)
        {
            Delete(unfinished);
            throw new JournalException($"backup {target}: could not be taken of {path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"backup {target}: cannot be written: {e.Message}", e);
        }
    }

    /// <summary>A name for a copy that is taken before the journal's layout changes: one that is free.</summary>
    /// <param name="path">The journal's file.</param>
    /// <param name="version">The layout's version until now.</param>
    internal static string NameBefore(string path, int version)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "backups");
        for (var i = 1; ; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}-layout-{version}{(i == 1 ? "" : $"-{i}")}.db");
            if (!File.Exists(Path.Combine(folder, name)))
                return Path.Combine(folder, name);
        }
    }

    private static void Copy(string path, string target)
    {
        // Without a pool: nothing may hold the copy open when it gets its name.
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 10, Pooling = false }.ToString());
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
        // The journal's pages say that a log belongs to them: the copy is to be one file.
        Scalar(copy, "PRAGMA journal_mode = DELETE");
    }

    private static long Check(string target)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        copy.Open();
        if (Scalar(copy, "PRAGMA integrity_check(1)") is not "ok" and var flaw)
            throw new JournalException($"backup {target}: is damaged ({Convert.ToString(flaw, CultureInfo.InvariantCulture)}), and so may the journal be: it was not kept");
        return JournalReader.HasTable(copy, "journal") ? (long)Scalar(copy, "SELECT count(*) FROM journal")! : 0;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Delete(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm", path + "-journal" })
            File.Delete(file);
    }
}
