namespace MicroTrader.Contract.Tests;

/// <summary>Something that looks like a key and is none.</summary>
/// <param name="Path">The file.</param>
/// <param name="Start">How it starts: <see cref="KeyFinding.ShownChars"/> characters, not the whole, which would be a finding in this file.</param>
/// <param name="Reason">Why it may stay.</param>
internal sealed record KeyAllowance(string Path, string Start, string Reason)
{
    /// <summary>Every one. A new one needs a reason that a stranger can check.</summary>
    public static IReadOnlyList<KeyAllowance> All { get; } =
    [
        new("tests/MicroTrader.Trading212.Tests/TestKeys.cs", "a2V5LT", "HTTP Basic of the made-up key and secret in the two lines above it; no venue knows them."),
        new("tests/MicroTrader.EndToEnd.Tests/SecretTests.cs", "PLANTE", "Made up to be looked for: the test proves that a key is seen in no log, file or page."),
    ];

    public bool Covers(KeyFinding finding) => finding.Path == Path && finding.Shown == Start;
}
