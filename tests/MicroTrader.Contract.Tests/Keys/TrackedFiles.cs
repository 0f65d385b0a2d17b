using System.Diagnostics;

namespace MicroTrader.Contract.Tests;

/// <summary>The files that are in the repository, or would be with the next commit.</summary>
internal static class TrackedFiles
{
    // What "git ls-files" leaves out by .gitignore, for a checkout without git.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { ".git", "bin", "obj", "artifacts", "TestResults", "data", "logs", ".vs", ".idea", ".vscode" };

    /// <summary>Paths from the checkout's root, with slashes.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync() => await AskGitAsync() ?? Walk();

    private static async Task<IReadOnlyList<string>?> AskGitAsync()
    {
        if (!Path.Exists(Checkout.PathOf(".git")))
            return null;
        ProcessStartInfo start = new("git") { WorkingDirectory = Checkout.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        // A CI's checkout may belong to another user, which git refuses unless told.
        foreach (string argument in new[] { "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard" })
            start.ArgumentList.Add(argument);
        using Process? git = TryStart(start);
        if (git is null)
            return null;
        Task<string> errors = git.StandardError.ReadToEndAsync();
        string list = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.True(git.ExitCode == 0, $"git ls-files failed: {await errors}");
        return [.. list.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git on this machine: the folder is walked instead.
            return null;
        }
    }

    private static List<string> Walk()
    {
        List<string> files = [];
        Stack<DirectoryInfo> folders = new([new DirectoryInfo(Checkout.Root)]);
        while (folders.TryPop(out DirectoryInfo? folder))
        {
            files.AddRange(folder.EnumerateFiles().Select(file => Path.GetRelativePath(Checkout.Root, file.FullName).Replace('\\', '/')).Where(path => path != ".env"));
            foreach (DirectoryInfo child in folder.EnumerateDirectories().Where(child => !Ignored.Contains(child.Name)))
                folders.Push(child);
        }

        return files;
    }
}
