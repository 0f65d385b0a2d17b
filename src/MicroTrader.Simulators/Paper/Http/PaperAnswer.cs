using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>A whole answer in memory, so that a fault can still replace, cut or drop it.</summary>
internal sealed record PaperAnswer(int Status, string? ContentType, byte[] Body)
{
    public static PaperAnswer Empty { get; } = new(200, null, []);

    public static PaperAnswer Json<T>(T value, JsonTypeInfo<T> type) =>
        new(200, "application/json", JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static PaperAnswer Problem(Refusal refusal)
    {
        var problem = new WireProblem
        {
            Type = $"/api-errors/{refusal.Type}",
            Title = refusal.Title,
            Status = refusal.Status,
            Detail = refusal.Detail,
        };
        return new(refusal.Status, "application/problem+json", JsonSerializer.SerializeToUtf8Bytes(problem, WireJson.Default.WireProblem));
    }

    public static PaperAnswer Problem(int status, string type, string title) => Problem(new Refusal(status, type, title, title));
}
