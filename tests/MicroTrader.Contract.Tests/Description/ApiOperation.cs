using YamlDotNet.RepresentationModel;

namespace MicroTrader.Contract.Tests;

/// <summary>One method of one path of the description.</summary>
internal sealed record ApiOperation
{
    /// <summary>The path with its placeholders, for example /api/v0/equity/orders/{id}.</summary>
    public required string Path { get; init; }

    /// <summary>GET, POST or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>Schemas of the query's parameters, by name.</summary>
    public required IReadOnlyDictionary<string, YamlMappingNode> QueryParameters { get; init; }

    /// <summary>Schemas of the path's parameters, by name.</summary>
    public required IReadOnlyDictionary<string, YamlMappingNode> PathParameters { get; init; }

    /// <summary>The body that a request must have, or null where it must have none.</summary>
    public required YamlMappingNode? RequestSchema { get; init; }

    /// <summary>The documented statuses; null where an answer of that status has no documented body.</summary>
    public required IReadOnlyDictionary<int, YamlMappingNode?> Responses { get; init; }

    /// <summary>From the words of its 429.</summary>
    public required ApiLimit Limit { get; init; }

    /// <summary>The words of its 403, which name the scope that a key needs.</summary>
    public required string? Forbidden { get; init; }

    /// <summary>Pies are deprecated and exports are files for people: neither is in the client or the paper broker.</summary>
    public bool IsInScope => !Path.Contains("/pies", StringComparison.Ordinal) && !Path.EndsWith("/exports", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Path}";

    /// <summary>The values of the placeholders where the path is one of this operation's, else null.</summary>
    public IReadOnlyDictionary<string, string>? Match(string method, string path)
    {
        if (method != Method)
            return null;
        string[] pattern = Path.Split('/');
        string[] parts = path.Split('/');
        if (pattern.Length != parts.Length)
            return null;
        Dictionary<string, string> values = [];
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i].StartsWith('{') && parts[i].Length > 0)
                values[pattern[i].Trim('{', '}')] = parts[i];
            else if (pattern[i] != parts[i])
                return null;
        }

        return values;
    }
}
