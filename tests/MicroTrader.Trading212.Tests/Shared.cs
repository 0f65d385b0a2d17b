namespace MicroTrader.Trading212.Tests;

internal static class Shared
{
    /// <summary>A folder of the shared material beside the checkout, or null where it is absent.</summary>
    public static string? Folder(string name)
    {
        // The artifacts may lie outside the checkout, so the folder of this source file is a second place to start from.
        foreach (string start in new[] { AppContext.BaseDirectory, SourceFolder() })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string shared = Path.Combine(folder.FullName, "..", "shared", name);
                if (File.Exists(Path.Combine(folder.FullName, "MicroTrader.Actors.sln")) && Directory.Exists(shared))
                    return shared;
            }
        }

        return null;
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
