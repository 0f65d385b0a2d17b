namespace MicroTrader.Simulators.Paper.Http;

/// <summary>A problem document, the shape of every refusal.</summary>
internal sealed record WireProblem
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }
}
