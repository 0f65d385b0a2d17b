namespace MicroTrader.KillRunner;

/// <summary>What a sitting is to be.</summary>
/// <param name="Kills">How often the host is killed.</param>
/// <param name="Seed">Decides prices, faults and moments; the machine's own timing decides the rest.</param>
/// <param name="Scale">Shortens the broker's limits, every wait for it, the settle window and TIME; 0.01 to 1.</param>
/// <param name="Folder">Where everything of the sitting is kept; made where it is not there.</param>
internal sealed record KillOptions(int Kills, int Seed, double Scale, string Folder)
{
    /// <summary>What is traded. One more than risk allows at the same time, so that it has something to deny.</summary>
    public static IReadOnlyList<string> Symbols { get; } = ["AXSM", "DJT", "HUT", "KO", "WULF"];

    /// <summary>A time of the real pace, in this sitting.</summary>
    public TimeSpan Scaled(double seconds) => TimeSpan.FromSeconds(seconds * Scale);
}
