using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>
/// One page of a history, newest first. A page that the client hands out always has its items: an answer without them is a failed read, not an empty page.
/// Source: the Trading 212 Public API v0 description, schemas PaginatedResponse*.
/// </summary>
/// <typeparam name="T">What the history holds.</typeparam>
public sealed record HistoryPage<T>
{
    /// <summary>Stands for items that the answer left out: an instance of its own, told from an empty page by reference.</summary>
    internal static readonly IReadOnlyList<T> Missing = new List<T>().AsReadOnly();

    /// <summary>The items, newest first.</summary>
    public IReadOnlyList<T> Items { get; init; } = Missing;

    /// <summary>Where the next page is, as the venue wrote it: with or without the /api/v0 prefix, null or empty on the last page.</summary>
    public string? NextPagePath { get; init; }

    /// <summary>The cursor of the next page, for the query's Cursor; null on the last page.</summary>
    [JsonIgnore]
    public string? NextCursor => NextPage.CursorOf(NextPagePath);

    /// <summary>True when there is no further page.</summary>
    [JsonIgnore]
    public bool IsLast => string.IsNullOrWhiteSpace(NextPagePath);
}
