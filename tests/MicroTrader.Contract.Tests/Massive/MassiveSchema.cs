using System.Text.Json;

namespace MicroTrader.Contract.Tests.Massive;

/// <summary>
/// Checks JSON against the schemas of Massive's descriptions: exactly the keywords that they use. A keyword that is not known here is an error and not passed over, so that
/// a newer description cannot be checked by half.
/// </summary>
internal static class MassiveSchema
{
    // Words for people and for generators: nothing in them can be broken.
    private static readonly HashSet<string> Silent = ["description", "example", "x-massive-go-type"];

    /// <summary>Every violation, each with the place where it is; empty where there is none.</summary>
    public static IReadOnlyList<string> Validate(JsonElement value, JsonElement schema)
    {
        List<string> violations = [];
        Check(value, schema, "$", violations);
        return violations;
    }

    /// <summary>Every property that an object may have, through <c>allOf</c>.</summary>
    public static Dictionary<string, List<JsonElement>> Properties(JsonElement schema)
    {
        Dictionary<string, List<JsonElement>> properties = [];
        foreach (JsonElement part in Parts(schema))
        {
            if (!part.TryGetProperty("properties", out JsonElement named))
                continue;
            foreach (JsonProperty property in named.EnumerateObject())
            {
                if (!properties.TryGetValue(property.Name, out List<JsonElement>? schemas))
                    properties[property.Name] = schemas = [];
                schemas.Add(property.Value);
            }
        }

        return properties;
    }

    private static void Check(JsonElement value, JsonElement schema, string place, List<string> violations)
    {
        foreach (JsonElement part in Parts(schema))
        {
            foreach (JsonProperty keyword in part.EnumerateObject())
                CheckKeyword(keyword, value, place, violations);
        }

        if (value.ValueKind == JsonValueKind.Object)
            CheckProperties(value, schema, place, violations);
    }

    private static void CheckKeyword(JsonProperty keyword, JsonElement value, string place, List<string> violations)
    {
        switch (keyword.Name)
        {
            case "allOf" or "properties":
                break;
            case "type" when !IsOf(keyword.Value.GetString(), value):
                violations.Add($"{place}: is {value.GetRawText()}, allowed is {keyword.Value.GetString()}");
                break;
            case "type":
                break;
            case "format":
                if (keyword.Value.GetString() is not ("double" or "float"))
                    throw new NotSupportedException($"{place}: the format '{keyword.Value}' of the description is not supported.");
                break;
            case "enum":
                if (!keyword.Value.EnumerateArray().Any(word => word.GetRawText() == value.GetRawText()))
                    violations.Add($"{place}: {value.GetRawText()} is none of {keyword.Value.GetRawText()}");
                break;
            case "required":
                violations.AddRange(keyword.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{place}.{name}: missing"));
                break;
            case "items":
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                    Check(item, keyword.Value, $"{place}[{index++}]", violations);
                break;
            default:
                if (!Silent.Contains(keyword.Name))
                    throw new NotSupportedException($"{place}: the keyword '{keyword.Name}' of the description is not supported.");
                break;
        }
    }

    private static void CheckProperties(JsonElement value, JsonElement schema, string place, List<string> violations)
    {
        Dictionary<string, List<JsonElement>> known = Properties(schema);
        HashSet<string> seen = [];
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!seen.Add(property.Name))
                violations.Add($"{place}.{property.Name}: stands there twice");
            if (!known.TryGetValue(property.Name, out List<JsonElement>? schemas))
                violations.Add($"{place}.{property.Name}: the description knows no such property");
            foreach (JsonElement one in schemas ?? [])
                Check(property.Value, one, $"{place}.{property.Name}", violations);
        }
    }

    // A schema and what it is made of.
    private static IEnumerable<JsonElement> Parts(JsonElement schema) => schema.TryGetProperty("allOf", out JsonElement all)
        ? all.EnumerateArray().SelectMany(Parts).Prepend(schema)
        : [schema];

    private static bool IsOf(string? type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        // By its digits: 1.0 is a whole number to a mathematician, and none to a strict reader.
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetRawText().All(c => char.IsAsciiDigit(c) || c == '-'),
        _ => throw new NotSupportedException($"The type '{type}' of the description is not supported."),
    };
}
