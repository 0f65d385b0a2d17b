using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MicroTrader.Contract.Tests;

/// <summary>
/// Checks JSON against the schemas of the description: exactly the keywords that it uses. A keyword that is not known here is an error and not passed over, so that a newer
/// description cannot be checked by half.
/// </summary>
internal sealed partial class SchemaValidator
{
    private const string ReferencePrefix = "#/components/schemas/";

    // Words for people, and defaults for the venue: nothing in them can be broken.
    private static readonly HashSet<string> Silent = ["description", "example", "default", "deprecated"];

    private readonly ApiDescription _api;
    private readonly SchemaRules _rules;

    public SchemaValidator(ApiDescription api, SchemaRules rules)
    {
        _api = api;
        _rules = rules;
    }

    /// <summary>Every violation, each with the place where it is; empty where there is none.</summary>
    public IReadOnlyList<string> Validate(string json, YamlMappingNode schema)
    {
        List<string> violations = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            Check(document.RootElement, schema, "$", null, violations);
        }
        catch (JsonException e)
        {
            violations.Add($"$: no JSON: {e.Message}");
        }

        return violations;
    }

    /// <summary>Checks the text of a query's or a path's parameter.</summary>
    public IReadOnlyList<string> ValidateText(string text, YamlMappingNode schema, string place)
    {
        bool isText = ApiDescription.Text(schema, "type") == "string";
        List<string> violations = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(isText ? $"\"{JsonEncodedText.Encode(text)}\"" : text);
            Check(document.RootElement, schema, place, null, violations);
        }
        catch (JsonException)
        {
            violations.Add($"{place}: '{text}' is no {ApiDescription.Text(schema, "type")}");
        }

        return violations;
    }

    private void Check(JsonElement value, YamlMappingNode schema, string place, string? schemaName, List<string> violations)
    {
        if (ApiDescription.Text(schema, "$ref") is { } reference)
        {
            if (!reference.StartsWith(ReferencePrefix, StringComparison.Ordinal))
                throw new NotSupportedException($"{place}: the reference {reference} is not supported.");
            string name = reference[ReferencePrefix.Length..];
            Check(value, _api.Schema(name), place, name, violations);
            return;
        }

        string? type = ApiDescription.Text(schema, "type");
        if (!IsOf(type, value))
        {
            violations.Add($"{place}: is {Describe(value)}, allowed is {type}");
            return;
        }

        foreach ((string keyword, YamlNode node) in ApiDescription.Entries(schema))
            CheckKeyword(keyword, node, value, place, violations);
        if (type == "object")
            CheckProperties(value, schema, place, schemaName, violations);
    }

    private void CheckKeyword(string keyword, YamlNode node, JsonElement value, string place, List<string> violations)
    {
        string text = (node as YamlScalarNode)?.Value ?? "";
        switch (keyword)
        {
            case "type" or "properties" or "additionalProperties":
                break;
            case "format":
                CheckFormat(text, value, place, violations);
                break;
            case "enum" when !((YamlSequenceNode)node).Children.Any(word => ((YamlScalarNode)word).Value == value.GetString()):
                violations.Add($"{place}: {Describe(value)} is none of the words of the description");
                break;
            case "enum":
                break;
            case "minLength" when value.GetString()!.Length < int.Parse(text, CultureInfo.InvariantCulture):
                violations.Add($"{place}: {Describe(value)} is shorter than {text}");
                break;
            case "maxLength" when value.GetString()!.Length > int.Parse(text, CultureInfo.InvariantCulture):
                violations.Add($"{place}: {Describe(value)} is longer than {text}");
                break;
            case "minLength" or "maxLength":
                break;
            case "items":
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                    Check(item, (YamlMappingNode)node, $"{place}[{index++}]", null, violations);
                break;
            case "uniqueItems":
                string[] items = [.. value.EnumerateArray().Select(item => item.GetRawText())];
                if (text == "true" && items.Distinct(StringComparer.Ordinal).Count() != items.Length)
                    violations.Add($"{place}: holds an item twice");
                break;
            default:
                if (!Silent.Contains(keyword))
                    throw new NotSupportedException($"{place}: the keyword '{keyword}' of the description is not supported.");
                break;
        }
    }

    private void CheckProperties(JsonElement value, YamlMappingNode schema, string place, string? schemaName, List<string> violations)
    {
        HashSet<string> seen = [];
        YamlMappingNode properties = ApiDescription.Child(schema, "properties") as YamlMappingNode ?? [];
        YamlMappingNode? others = ApiDescription.Child(schema, "additionalProperties") as YamlMappingNode;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            string at = $"{place}.{property.Name}";
            if (!seen.Add(property.Name))
                violations.Add($"{at}: stands there twice");
            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                if (!_rules.MayBeNull.Contains(property.Name))
                    violations.Add($"{at}: is null; what does not apply is left out");
            }
            else if ((ApiDescription.Child(properties, property.Name) ?? others) is YamlMappingNode known)
            {
                Check(property.Value, known, at, null, violations);
            }
            else
            {
                violations.Add($"{at}: the description knows no such property");
            }
        }

        if (schemaName is not null && _rules.Required.TryGetValue(schemaName, out string[]? required))
            violations.AddRange(required.Where(name => !seen.Contains(name)).Select(name => $"{place}.{name}: missing"));
    }

    private static void CheckFormat(string format, JsonElement value, string place, List<string> violations)
    {
        bool ok = format switch
        {
            "int64" => value.TryGetInt64(out _),
            "int32" => value.TryGetInt32(out _),
            "date-time" => DateTime().IsMatch(value.GetString()!) && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
            _ => throw new NotSupportedException($"{place}: the format '{format}' of the description is not supported."),
        };
        if (!ok)
            violations.Add($"{place}: {Describe(value)} is no {format}");
    }

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

    private static string Describe(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? $"{value.ValueKind} {text[..60]}..." : value.GetRawText();

    // RFC 3339, section 5.6: the profile that OpenAPI 3.0's date-time means.
    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$")]
    private static partial Regex DateTime();
}
