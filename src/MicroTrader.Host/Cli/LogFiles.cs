using System.Text;

namespace MicroTrader.Host.Cli;

/// <summary>The compact JSON files of a log folder, oldest first: a file a day, and further ones where a day has much to say.</summary>
/// <param name="folder">The folder.</param>
internal sealed class LogFiles(string folder)
{
    private string? _path;
    private long _position;
    private byte[] _begun = [];

    /// <summary>The files, oldest first.</summary>
    public IReadOnlyList<string> Paths => Directory.Exists(folder)
        // microtrader-20261014.json, then microtrader-20261014_001.json: the names sort as the files were begun.
        ? [.. Directory.GetFiles(folder, "microtrader-*.json").OrderBy(Path.GetFileName, StringComparer.Ordinal)]
        : [];

    /// <summary>The newest entries that fit, oldest first; what is read on begins behind them.</summary>
    /// <param name="most">How many.</param>
    /// <param name="fits">Which.</param>
    public IReadOnlyList<LogEntry> Last(int most, Func<LogEntry, bool> fits)
    {
        var newest = new List<LogEntry>();
        var paths = Paths;
        for (var i = paths.Count - 1; i >= 0; i--)
        {
            var found = new Queue<LogEntry>();
            (_path, _position, _begun) = i == paths.Count - 1 ? (paths[i], 0, []) : (_path, _position, _begun);
            var (lines, position, begun) = Lines(paths[i], 0, []);
            foreach (var entry in lines.Select(LogEntry.Read).Where(fits))
            {
                found.Enqueue(entry);
                if (found.Count > most - newest.Count)
                    found.Dequeue();
            }

            if (i == paths.Count - 1)
                (_position, _begun) = (position, begun);
            newest.InsertRange(0, found);
            if (newest.Count >= most)
                break;
        }

        return newest;
    }

    /// <summary>What was written since the last look, across files.</summary>
    public IEnumerable<LogEntry> Next()
    {
        foreach (var path in Paths)
        {
            if (_path is not null && string.CompareOrdinal(Path.GetFileName(path), Path.GetFileName(_path)) < 0)
                continue;
            if (path != _path)
                (_path, _position, _begun) = (path, 0, []);
            (var lines, _position, _begun) = Lines(path, _position, _begun);
            foreach (var line in lines)
                yield return LogEntry.Read(line);
        }
    }

    // Whole lines alone: one that is being written is read with the next look.
    private static (List<string> Lines, long Position, byte[] Begun) Lines(string path, long position, byte[] begun)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = position;
        using var read = new MemoryStream();
        read.Write(begun);
        file.CopyTo(read);
        var bytes = read.GetBuffer().AsSpan(0, (int)read.Length);
        var end = bytes.LastIndexOf((byte)'\n') + 1;
        var lines = Encoding.UTF8.GetString(bytes[..end]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ([.. lines.Select(l => l.TrimStart('\uFEFF'))], file.Position, bytes[end..].ToArray());
    }
}
