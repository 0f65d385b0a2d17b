namespace MicroTrader.Dashboard.Text;

/// <summary>How a trading state is shown.</summary>
/// <param name="Word">The state.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Style">The class that colours it.</param>
internal sealed record StateText(string Word, string Meaning, string Style)
{
    /// <summary>The words for a state; one that is not known looks like the worst.</summary>
    public static StateText Of(string state) => state switch
    {
        "Active" => new("Active", "Entries and exits", "good"),
        "ExitOnly" => new("Exits only", "No entries, exits go on", "wait"),
        "Stopped" => new("Stopped", "No orders at all: what is open stays unmanaged", "bad"),
        _ => new(state, "Unknown state", "bad"),
    };
}
