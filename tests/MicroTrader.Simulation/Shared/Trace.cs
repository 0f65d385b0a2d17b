using System.Globalization;

namespace MicroTrader.Simulation.Shared;

/// <summary>What happened, line by line; kept only where somebody asked for it.</summary>
internal sealed class Trace(bool isOn)
{
    private readonly List<string> _lines = [];

    public static Trace Off { get; } = new(false);

    public bool IsOn => isOn;

    public IReadOnlyList<string> Lines => _lines;

    public void Add(long ticks, string who, string what)
    {
        if (isOn)
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{ticks / (double)Span.Second,10:0.0000}  {who,-12} {what}"));
    }
}
