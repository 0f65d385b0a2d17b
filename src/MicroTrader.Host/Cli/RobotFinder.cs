using MicroTrader.Actors.Journal;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary>
/// Finds the running robot that a command means: where the hosts of this folder wrote down that they are, else at the usual place. Only one may fit: a
/// <c>flatten</c> that reaches another robot than the one meant is worse than none.
/// </summary>
internal static class RobotFinder
{
    /// <summary>Finds it.</summary>
    /// <param name="client">Asks who answers.</param>
    /// <param name="contentRoot">The folder of the settings.</param>
    /// <param name="options">The settings: the journals' folder, the mode where one is said, the usual port.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="StartException">None runs, or more than one.</exception>
    public static async Task<Uri> FindAsync(RobotCaller client, string contentRoot, TraderOptions options, CancellationToken stop)
    {
        var recorded = Recorded(RunFolders.Root(contentRoot, options));
        var usual = options.Web.Port > 0 ? new[] { new Uri($"http://127.0.0.1:{options.Web.Port}") } : [];
        var mode = options.Trading.Mode;
        foreach (var places in new[] { recorded, usual })
        {
            var found = new List<(Uri Address, string Mode)>();
            foreach (var place in places)
            {
                if (await client.ModeAsync(place, stop) is { } its && Fits(mode, its))
                    found.Add((place, its));
            }

            if (found.Count > 1)
                throw new StartException($"several robots run: {string.Join(", ", found.Select(f => $"{f.Address} ({f.Mode})"))}; --url names the one that is meant, or --mode");
            if (found.Count == 1)
                return found[0].Address;
        }

        var asked = recorded.Concat(usual).Distinct().ToList();
        var kind = mode == TradingMode.Auto ? "" : $" of mode {mode.ToString().ToLowerInvariant()}";
        throw new StartException($"no robot{kind} is running ({(asked.Count == 0 ? "none has written down its address" : $"none answers at {string.Join(", ", asked)}")})");
    }

    private static Uri[] Recorded(string root) => (Directory.Exists(root) ? Directory.GetDirectories(root) : [])
        .Select(HostLock.ReadHolder)
        .Select(h => Uri.TryCreate(h?.ControlAddress, UriKind.Absolute, out var address) ? address : null)
        .OfType<Uri>()
        .Distinct()
        .ToArray();

    // A replay trades with the paper broker, too.
    private static bool Fits(TradingMode wanted, string mode) => mode == "?" || wanted switch
    {
        TradingMode.Auto => true,
        TradingMode.Sim => mode is "SIM" or "REPLAY",
        _ => mode.Equals(wanted.ToString(), StringComparison.OrdinalIgnoreCase),
    };
}
