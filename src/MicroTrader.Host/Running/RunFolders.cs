using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Running;

/// <summary>Where a run keeps what: one folder for each mode and account, so that no journal ever meets another's.</summary>
internal static class RunFolders
{
    /// <summary>The account of the host's own paper broker.</summary>
    public const string PaperAccount = "10000001";

    /// <summary>The journal's file within its folder.</summary>
    public const string JournalFile = "journal.db";

    /// <summary>The folder of all of them.</summary>
    public static string Root(string contentRoot, TraderOptions options) => Path.GetFullPath(options.Journal.Folder, contentRoot);

    /// <summary>The folder of one mode and account.</summary>
    public static string For(string root, RunMode mode, string account) => Path.Combine(root, $"{mode.ToString().ToLowerInvariant()}-{account}");

    /// <summary>A new folder for a replay: each is a run of its own, with a journal and an account of its own.</summary>
    public static string NewReplay(string root, DateTimeOffset now)
    {
        Directory.CreateDirectory(root);
        var stamp = now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        for (var n = 1; ; n++)
        {
            var folder = For(root, RunMode.Replay, n == 1 ? stamp : $"{stamp}-{n}");
            if (!Directory.Exists(folder))
                return Directory.CreateDirectory(folder).FullName;
        }
    }

    /// <summary>Where it is kept what the broker said of an account: found by the key, of which only a digest is written.</summary>
    public static string Remembered(string root, RunMode mode, BrokerAccess access)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(access.Address + "\n" + access.ApiKey)))[..12];
        return Path.Combine(root, $"account-{mode.ToString().ToLowerInvariant()}-{digest}.json");
    }
}
