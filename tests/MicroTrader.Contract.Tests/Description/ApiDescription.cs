using System.Globalization;
using Xunit.Abstractions;
using YamlDotNet.RepresentationModel;

namespace MicroTrader.Contract.Tests;

/// <summary>Trading 212's OpenAPI description, read once from the file beside the checkout.</summary>
internal sealed class ApiDescription
{
    private const string RelativePath = "trading212/openapi.yaml";

    private static readonly Lazy<ApiDescription?> AtHand = new(() => Checkout.Shared(RelativePath) is { } path ? Parse(File.ReadAllText(path)) : null);

    private readonly YamlMappingNode _schemas;

    private ApiDescription(YamlMappingNode schemas, IReadOnlyList<ApiOperation> operations)
    {
        _schemas = schemas;
        Operations = operations;
    }

    /// <summary>Every operation, those with the fewest placeholders first: /orders/market is no /orders/{id}.</summary>
    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>What the client and the paper broker are about.</summary>
    public IEnumerable<ApiOperation> InScope => Operations.Where(operation => operation.IsInScope);

    /// <summary>The description where it is at hand; else null, and the test's output says so.</summary>
    public static ApiDescription? OrSkip(ITestOutputHelper output)
    {
        if (AtHand.Value is null)
            output.WriteLine($"SKIPPED: ../shared/{RelativePath} is not at hand; only our own recorded examples were checked.");
        return AtHand.Value;
    }

    /// <summary>The description where it is at hand, else null.</summary>
    public static ApiDescription? OrNull() => AtHand.Value;

    public static ApiDescription Parse(string yaml)
    {
        YamlStream stream = [];
        using StringReader reader = new(yaml);
        stream.Load(reader);
        YamlMappingNode root = (YamlMappingNode)stream.Documents[0].RootNode;
        List<ApiOperation> operations = [];
        foreach ((string path, YamlNode methods) in Entries((YamlMappingNode)root["paths"]))
        {
            foreach ((string method, YamlNode operation) in Entries((YamlMappingNode)methods))
                operations.Add(ReadOperation(path, method.ToUpperInvariant(), (YamlMappingNode)operation));
        }

        return new ApiDescription((YamlMappingNode)root["components"]["schemas"], [.. operations.OrderBy(operation => operation.PathParameters.Count)]);
    }

    public static IEnumerable<(string Key, YamlNode Value)> Entries(YamlMappingNode node) => node.Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, pair.Value));

    public static YamlNode? Child(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? child) ? child : null;

    public static string? Text(YamlMappingNode node, string name) => (Child(node, name) as YamlScalarNode)?.Value;

    public YamlMappingNode Schema(string name) => (YamlMappingNode)_schemas[name];

    /// <summary>The operation that a request is, with the values of its path; null where there is none.</summary>
    public (ApiOperation Operation, IReadOnlyDictionary<string, string> PathValues)? Find(string method, string path)
    {
        foreach (ApiOperation operation in Operations)
        {
            if (operation.Match(method, path) is { } values)
                return (operation, values);
        }

        return null;
    }

    private static ApiOperation ReadOperation(string path, string method, YamlMappingNode node)
    {
        Dictionary<int, YamlMappingNode?> responses = [];
        ApiLimit? limit = null;
        string? forbidden = null;
        foreach ((string status, YamlNode response) in Entries((YamlMappingNode)node["responses"]))
        {
            int code = int.Parse(status, CultureInfo.InvariantCulture);
            responses[code] = ContentSchema((YamlMappingNode)response);
            string? words = Text((YamlMappingNode)response, "description");
            if (code == 429)
                limit = ApiLimit.Parse(words!);
            else if (code == 403)
                forbidden = words;
        }

        return new ApiOperation
        {
            Path = path,
            Method = method,
            QueryParameters = Parameters(node, "query"),
            PathParameters = Parameters(node, "path"),
            RequestSchema = Child(node, "requestBody") is YamlMappingNode body ? ContentSchema(body) : null,
            Responses = responses,
            Forbidden = forbidden,
            Limit = limit ?? throw new FormatException($"{method} {path} documents no 429."),
        };
    }

    private static Dictionary<string, YamlMappingNode> Parameters(YamlMappingNode operation, string place)
    {
        Dictionary<string, YamlMappingNode> parameters = [];
        if (Child(operation, "parameters") is YamlSequenceNode list)
        {
            foreach (YamlMappingNode parameter in list.Children.Cast<YamlMappingNode>().Where(parameter => Text(parameter, "in") == place))
                parameters[Text(parameter, "name")!] = (YamlMappingNode)parameter["schema"];
        }

        return parameters;
    }

    private static YamlMappingNode? ContentSchema(YamlMappingNode node) =>
        Child(node, "content") is YamlMappingNode content ? (YamlMappingNode)content["application/json"]["schema"] : null;
}
