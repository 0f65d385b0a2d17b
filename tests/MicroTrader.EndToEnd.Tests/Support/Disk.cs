using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace MicroTrader.EndToEnd.Tests.Support;

/// <summary>Makes a host's disk refuse: commands that a host is started by.</summary>
internal static class Disk
{
    /// <summary>
    /// A host of which no file may grow past a size: for it, the disk is full. The signal that would end it is ignored, so that a write fails as on a full
    /// disk. Only the soft limit is set, so that <see cref="MakeRoomAsync"/> can lift it. The runtime keeps its code in what counts as a large file, unless
    /// it is told not to.
    /// </summary>
    public static IReadOnlyList<string> Full(int kilobytes) =>
        ["bash", "-c", string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -S -f {kilobytes}; exec \"$@\""), "bash"];

    /// <summary>Lifts the limit of a running host; false, said so, where it cannot be.</summary>
    public static async Task<bool> MakeRoomAsync(int processId)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", processId.ToString(CultureInfo.InvariantCulture), "--fsize=unlimited:unlimited"]);
        await prlimit.WaitForExitAsync();
        return prlimit.ExitCode == 0;
    }

    /// <summary>
    /// A host that obeys a file's permissions: the superuser does not, so its power to pass over them is taken away. Null, said so, where that cannot be done.
    /// </summary>
    public static IReadOnlyList<string>? Obedient(ITestOutputHelper output)
    {
        if (!Environment.IsPrivilegedProcess)
            return [];
        string[] launcher = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"];
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(launcher[0], [.. launcher.Skip(1), "true"]) { RedirectStandardError = true });
            probe!.WaitForExit();
            if (probe.ExitCode == 0)
                return launcher;
        }
        catch (Win32Exception)
        {
            // Not installed: said below.
        }

        output.WriteLine("SKIPPED: the superuser may write everything, and setpriv(1) is not there to change that");
        return null;
    }
}
