using System.IO.Enumeration;

namespace MicroTrader.MarketData;

/// <summary>Finds the files of a recording behind the paths that a person gave.</summary>
internal sealed class RecordingScan
{
    private const string Allowed = "a LEAN trade zip, a CSV (.csv, .csv.gz) or a folder of them is allowed";

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 16,
        // A file that cannot be looked at would be missing from the result without a word.
        IgnoreInaccessible = false,
    };

    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly List<RecordedFile> _files = [];

    /// <summary>The files found: in the order of the paths given, within a folder by name.</summary>
    public IReadOnlyList<RecordedFile> Files => _files;

    /// <summary>Files of folders that are no trades.</summary>
    public int Skipped { get; private set; }

    /// <summary>Looks at every path.</summary>
    /// <exception cref="RecordingException">A path is missing, empty or not readable.</exception>
    public static RecordingScan Of(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
            throw new RecordingException($"no path was given; {Allowed}");
        var scan = new RecordingScan();
        foreach (var path in paths)
            scan.Look(path);
        return scan;
    }

    private static bool HasEnd(string path, string end) => path.EndsWith(end, StringComparison.OrdinalIgnoreCase);

    private static bool IsOther(string path) =>
        HasEnd(path, "_quote.zip") || HasEnd(path, "_openinterest.zip") || !(HasEnd(path, ".zip") || HasEnd(path, ".csv") || HasEnd(path, ".gz"));

    // All files, and links to folders, which the caller refuses: passed over without a word their ticks would be missing.
    private static FileSystemEnumerable<string> Everywhere(string folder) =>
        new(folder, static (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), Everything)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !IsLink(ref entry),
        };

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private void Look(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new RecordingException($"a path is empty; {Allowed}");
        if (Directory.Exists(path))
            LookInto(path);
        else if (!File.Exists(path))
            throw new RecordingException($"{path}: there is no such file or folder; {Allowed}");
        else if (HasEnd(path, "_quote.zip") || HasEnd(path, "_openinterest.zip"))
            throw new RecordingException($"{path}: holds no trades; {Allowed}");
        else if (IsOther(path))
            throw new RecordingException($"{path}: is neither a LEAN zip nor a CSV; {Allowed}");
        else
            Add(path);
    }

    private void LookInto(string folder)
    {
        List<string> found;
        try
        {
            found = [.. Everywhere(folder)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{folder}: cannot be searched: {e.Message}; a readable folder is needed", e);
        }

        found.Sort(StringComparer.Ordinal);
        var before = _files.Count;
        foreach (var path in found)
        {
            if (Directory.Exists(path))
                throw new RecordingException($"{path}: is a link to a folder and is not followed, as it could lead in a circle; give the folder itself");
            if (IsOther(path))
                Skipped++;
            else
                Add(path);
        }

        if (_files.Count == before)
            throw new RecordingException($"{folder}: holds no recording; {Allowed}");
    }

    private void Add(string path)
    {
        var full = Path.GetFullPath(path);
        if (!_seen.TryAdd(full, path))
            throw new RecordingException($"{path}: is given twice (also as {_seen[full]}) and its ticks would count twice; each file once is allowed");
        _files.Add(HasEnd(path, ".zip") ? LeanFile.Describe(path) : CsvFile.Describe(path));
    }
}
