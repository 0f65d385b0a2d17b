using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MicroTrader.Simulators.Massive.Rest;

/// <summary>A whole answer in memory, so that a fault can still replace, cut or drop it.</summary>
internal sealed record RestAnswer(int Status, byte[] Body)
{
    public string? RetryAfter { get; init; }

    public static RestAnswer Json<T>(T value, JsonTypeInfo<T> type, int status = 200) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));
}
