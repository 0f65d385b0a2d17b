using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>
/// Reads ISO 8601 times. One without an offset is UTC, not the machine's time zone as the default converter has it: an order's age must not depend on where the robot runs.
/// </summary>
internal sealed class TolerantDateTimeOffsetConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The text is no ISO 8601 date and time.</exception>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        // The shape is checked first: the lenient parser would take "10:00" for ten o'clock today, which is a reading of the clock.
        bool startsWithDate = text is { Length: >= 10 } && text[4] == '-' && text[7] == '-';
        if (startsWithDate && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            return time;
        throw new JsonException("Expected an ISO 8601 date and time.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
