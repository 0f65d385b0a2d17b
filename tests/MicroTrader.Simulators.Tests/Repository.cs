using System.Runtime.CompilerServices;

namespace MicroTrader.Simulators.Tests;

/// <summary>Finds the files that stand beside the repository on a developer's machine.</summary>
internal static class Repository
{
    /// <summary>A file of ../shared, or null where it is not at hand.</summary>
    public static string? Shared(params string[] parts)
    {
        // The artifacts may lie outside the checkout, so the folder of this source file is a second place to start from.
        foreach (var start in new[] { AppContext.BaseDirectory, SourceFolder() })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var path = Path.Combine([folder.FullName, "..", "shared", .. parts]);
                if (File.Exists(Path.Combine(folder.FullName, "MicroTrader.Actors.sln")) && File.Exists(path))
                {
                    return path;
                }
            }
        }

        return null;
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
