using System.Diagnostics;
using MicroTrader.Host.Configuration;

namespace MicroTrader.Host.Running;

/// <summary>Asks the robot again where it did not answer in time: a part that waits for its journal, or for a busy machine, answers later.</summary>
internal static class Patiently
{
    /// <summary>
    /// A robot that does not answer for so long is not only busy. Nothing waits for a replay, and a machine that does much else may take minutes to start one: it is
    /// no reason for it to end otherwise than it would have.
    /// </summary>
    /// <param name="mode">How it runs.</param>
    public static TimeSpan With(RunMode mode) => mode == RunMode.Replay ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(30);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="patience">For how long.</param>
    /// <param name="ask">The question.</param>
    /// <exception cref="TimeoutException">There was none.</exception>
    public static async Task<T> AskAsync<T>(TimeSpan patience, Func<CancellationToken, Task<T>> ask)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await ask(CancellationToken.None);
            }
            catch (TimeoutException) when (waited.Elapsed < patience)
            {
                // Each question waits by itself: asked again at once.
            }
        }
    }
}
