namespace MicroTrader.Contract.Tests;

/// <summary>What a validation asks for beyond the schema, which names no required field.</summary>
internal sealed record SchemaRules
{
    /// <summary>Null is nowhere allowed: what a request must keep.</summary>
    public static SchemaRules Request { get; } = new();

    /// <summary>What an answer must keep: a field that does not apply is left out, nextPagePath excepted (the notes, "Where the description is silent or odd").</summary>
    public static SchemaRules Answer { get; } = new() { MayBeNull = new HashSet<string>(StringComparer.Ordinal) { "nextPagePath" } };

    /// <summary>Properties that may be null.</summary>
    public IReadOnlySet<string> MayBeNull { get; init; } = new HashSet<string>();

    /// <summary>Properties that must be there, by the name of the schema.</summary>
    public IReadOnlyDictionary<string, string[]> Required { get; init; } = new Dictionary<string, string[]>();
}
