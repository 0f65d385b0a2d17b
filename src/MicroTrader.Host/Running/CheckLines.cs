namespace MicroTrader.Host.Running;

/// <summary>The lines of <c>check --online</c>: what is well, and what is not.</summary>
internal sealed class CheckLines(TextWriter output)
{
    /// <summary>Whether all was well so far.</summary>
    public bool AllWell { get; private set; } = true;

    /// <summary>Something is as it should be.</summary>
    public void Good(string what, string words) => output.WriteLine($"  ok  {what}: {words}");

    /// <summary>Something is not.</summary>
    public void Bad(string what, string words)
    {
        AllWell = false;
        output.WriteLine($"  XX  {what}: {words}");
    }

    /// <summary>Something that the person should know, and that is no fault.</summary>
    public void Note(string what, string words) => output.WriteLine($"  --  {what}: {words}");
}
