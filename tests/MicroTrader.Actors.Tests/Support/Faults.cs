using MicroTrader.Simulators.Paper;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>Faults by name, for theories.</summary>
internal static class Faults
{
    public static PaperFault Named(string name) => name switch
    {
        "lost request" => PaperFault.LostRequest,
        "lost answer" => PaperFault.LostAnswer,
        "500 before" => PaperFault.StatusBefore(500),
        "500 after" => PaperFault.StatusAfter(500),
        "408 before" => PaperFault.StatusBefore(408),
        "408 after" => PaperFault.StatusAfter(408),
        "cut body" => PaperFault.CutBody,
        "malformed body" => PaperFault.MalformedBody,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such fault"),
    };
}
