using Microsoft.Data.Sqlite;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>A folder of a test's own, gone when the test is.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("microtrader-actors-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        // SQLite's pool keeps files open; another test's connections of it are only made anew.
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
