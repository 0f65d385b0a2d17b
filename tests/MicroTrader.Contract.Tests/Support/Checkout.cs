using System.Runtime.CompilerServices;

namespace MicroTrader.Contract.Tests;

/// <summary>Where the checkout is, and the shared material beside it.</summary>
internal static class Checkout
{
    private const string Solution = "MicroTrader.Actors.sln";

    /// <summary>The folder that holds the solution.</summary>
    /// <exception cref="InvalidOperationException">The tests run without their checkout.</exception>
    public static string Root { get; } = FindRoot() ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds {Solution}: these tests need their checkout.");

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>A file of the shared material beside the checkout, or null where it is absent.</summary>
    public static string? Shared(string relative)
    {
        string path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));
        return File.Exists(path) ? path : null;
    }

    // The artifacts may lie outside the checkout, so the folder of this source file is a second place to start from.
    private static string? FindRoot()
    {
        foreach (string start in new[] { AppContext.BaseDirectory, SourceFolder() })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, Solution)))
                    return folder.FullName;
            }
        }

        return null;
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
