using Microsoft.Data.Sqlite;

namespace MicroTrader.Host.Tests.Support;

/// <summary>A folder of a test's own, gone when the test is.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("microtrader-host-").FullName;

    public string File(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public string Write(string name, string text)
    {
        var path = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        // SQLite's pool keeps files open; another test's connections of it are only made anew.
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
