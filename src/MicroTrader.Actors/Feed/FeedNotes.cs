using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Actors.Feed;

/// <summary>Keeps what a feed says from flooding the log: of one kind and symbol a few lines a minute are shown, the rest is counted.</summary>
internal sealed class FeedNotes
{
    /// <summary>Lines of one kind and symbol that a minute may have.</summary>
    public const int MostPerMinute = 3;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(FeedNoteKind Kind, Symbol? Symbol), Shown> _shown = [];

    /// <summary>How many notes there were, by kind.</summary>
    public Dictionary<FeedNoteKind, long> Counts { get; } = [];

    /// <summary>Takes in a note.</summary>
    /// <param name="note">The note.</param>
    /// <param name="now">The robot's clock.</param>
    /// <returns>The line to show; null where it is one too many.</returns>
    public string? Take(FeedNote note, DateTimeOffset now)
    {
        Counts[note.Kind] = Counts.GetValueOrDefault(note.Kind) + 1;
        if (!_shown.TryGetValue((note.Kind, note.Symbol), out var shown) || now - shown.From >= Minute)
        {
            var left = shown?.Left ?? 0;
            _shown[(note.Kind, note.Symbol)] = new Shown(now) { Count = 1 };
            return left == 0 ? note.Text : $"{note.Text} ({left} more such lines were left out)";
        }

        if (shown.Count++ < MostPerMinute)
            return note.Text;
        shown.Left++;
        return null;
    }

    private sealed class Shown(DateTimeOffset from)
    {
        public DateTimeOffset From { get; } = from;

        public int Count { get; set; }

        public long Left { get; set; }
    }
}
