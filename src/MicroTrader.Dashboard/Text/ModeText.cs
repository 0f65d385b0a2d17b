namespace MicroTrader.Dashboard.Text;

/// <summary>How a mode is shown.</summary>
/// <param name="Word">The mode, as the robot says it.</param>
/// <param name="Meaning">What is at stake.</param>
/// <param name="Style">The banner's class.</param>
/// <param name="Icon">The tab's icon: a square in the banner's colour.</param>
internal sealed record ModeText(string Word, string Meaning, string Style, string Icon)
{
    /// <summary>
    /// The words for a mode; null where the robot did not say. A mode that is not known here looks like the most dangerous one: who reads
    /// it must not take it for a game.
    /// </summary>
    public static ModeText Of(string? mode) => mode switch
    {
        "SIM" => new(mode, "Simulated money, paper broker", "sim", Square("1d4ed8")),
        "PRACTICE" => new(mode, "Practice money, Trading 212 demo account", "practice", Square("0f766e")),
        "LIVE" => new(mode, "Real money", "live", Square("b91c1c")),
        "REPLAY" => new(mode, "Recorded prices", "replay", Square("6d28d9")),
        null => new("MODE UNKNOWN", "The robot did not say: take it for real money", "live", Square("b91c1c")),
        _ => new(mode, "Unknown mode: take it for real money", "live", Square("b91c1c")),
    };

    private static string Square(string rgb) =>
        $"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23{rgb}'/%3E%3C/svg%3E";
}
