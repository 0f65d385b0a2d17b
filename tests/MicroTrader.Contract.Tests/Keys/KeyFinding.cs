namespace MicroTrader.Contract.Tests;

/// <summary>Something in a file that looks like a key.</summary>
/// <param name="Path">The file, from the checkout's root, with slashes.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Text">What looks like a key. It is never shown whole: the test's output ends in public logs.</param>
/// <param name="Why">The rule that it broke.</param>
internal sealed record KeyFinding(string Path, int Line, string Text, string Why)
{
    /// <summary>How many characters of a finding are shown, and name it in the allow-list.</summary>
    public const int ShownChars = 6;

    /// <summary>The start of it, enough to find it by.</summary>
    public string Shown => Text[..Math.Min(ShownChars, Text.Length)];

    public override string ToString() => $"{Path}:{Line}: {Why}: {Shown}... ({Text.Length} characters)";
}
