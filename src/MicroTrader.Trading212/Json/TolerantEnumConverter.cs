using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>
/// Reads the venue's UPPER_SNAKE_CASE words into an enum whose default member is Unknown. A word, or a token, that the enum lacks is Unknown and no error: the venue added
/// six values to its lists within half a year, and one of them must not blind the reader to everything else in the answer.
/// </summary>
/// <typeparam name="T">The enum; its default value must be its Unknown member.</typeparam>
internal sealed class TolerantEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Words = Enum.GetValues<T>()
        .Where(value => !EqualityComparer<T>.Default.Equals(value, default))
        .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return Values.GetValueOrDefault(reader.GetString()!);
        reader.Skip();
        return default;
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is Unknown: it has no word on the wire.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words.TryGetValue(value, out string? word) ? word : throw new JsonException($"{typeof(T).Name}.{value} cannot be sent."));
}
