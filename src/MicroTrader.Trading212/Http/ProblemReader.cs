using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace MicroTrader.Trading212;

/// <summary>
/// Reads the body of a refusal. The venue sends problem documents; a gateway before it may send HTML, and older answers a bare code. Nothing here fails: a refusal without a
/// readable reason is still a refusal.
/// </summary>
internal sealed class ProblemReader
{
    private const int SnippetChars = 300;

    private static readonly (string Words, ProblemReason Reason)[] Names =
    [
        ("sellingequitynotowned", ProblemReason.SellingEquityNotOwned),
        ("insufficientfreeforstocksbuy", ProblemReason.InsufficientFreeForStocksBuy),
        ("insufficientfunds", ProblemReason.InsufficientFunds),
        ("minopenedpositionexceeded", ProblemReason.MinOpenedPositionExceeded),
        ("minquantityexceeded", ProblemReason.MinimumQuantity),
        ("minimumquantity", ProblemReason.MinimumQuantity),
        ("minquantity", ProblemReason.MinimumQuantity),
        ("instrumentnotfound", ProblemReason.InstrumentNotFound),
        ("entitynotfound", ProblemReason.EntityNotFound),
        ("invalidquantityprecision", ProblemReason.InvalidQuantityPrecision),
        ("quantityprecisionmismatch", ProblemReason.InvalidQuantityPrecision),
        ("invalidpayload", ProblemReason.InvalidPayload),
    ];

    private static readonly (string Phrase, ProblemReason Reason)[] Phrases =
    [
        ("selling more equities than owned", ProblemReason.SellingEquityNotOwned),
        ("must have opened position at least", ProblemReason.MinOpenedPositionExceeded),
        ("must trade at least", ProblemReason.MinimumQuantity),
        ("invalid payload", ProblemReason.InvalidPayload),
    ];

    private readonly SecretScrubber _scrubber;

    internal ProblemReader(SecretScrubber scrubber) => _scrubber = scrubber;

    /// <param name="statusCode">The HTTP status code.</param>
    /// <param name="body">The body, or null when it did not arrive.</param>
    internal Problem Read(int statusCode, byte[]? body)
    {
        string type = "";
        string title = "";
        string? detail = null;
        int? status = null;
        if (body is { Length: > 0 } && !TryReadDocument(body, out type, out title, out detail, out status))
            detail = Snippet(body);
        if (title.Length == 0)
            title = $"{statusCode} {(HttpStatusCode)statusCode}";
        detail ??= "";
        return new Problem(_scrubber.Scrub(type), _scrubber.Scrub(title), status ?? statusCode, _scrubber.Scrub(detail), ReasonOf(type, title, detail));
    }

    private static bool TryReadDocument(byte[] body, out string type, out string title, out string? detail, out int? status)
    {
        (type, title, detail, status) = ("", "", null, null);
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return false;
            type = Text(root, "type") ?? Text(root, "code") ?? "";
            title = Text(root, "title") ?? Text(root, "error") ?? "";
            detail = Text(root, "detail") ?? Text(root, "message") ?? Text(root, "clarification") ?? Text(root, "errorMessage");
            status = root.TryGetProperty("status", out JsonElement element) && element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int number) ? number : null;
            // An object that says none of this in the words we know is shown as it is.
            return type.Length > 0 || title.Length > 0 || detail is not null;
        }
        catch (JsonException)
        {
            // Not JSON: the caller shows the start of it.
            return false;
        }
        catch (InvalidOperationException)
        {
            // A JSON string with a lone surrogate has no .NET text (JsonElement.GetString): shown as it is, too.
            (type, title, detail, status) = ("", "", null, null);
            return false;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement element) && element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static string Snippet(byte[] body)
    {
        string text = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, SnippetChars * 4));
        StringBuilder line = new(SnippetChars);
        foreach (char c in text)
        {
            if (line.Length == SnippetChars)
                break;
            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return line.ToString().Trim();
    }

    private static ProblemReason ReasonOf(string type, string title, string detail)
    {
        string slug = string.Concat(type[(type.LastIndexOf('/') + 1)..].Where(char.IsAsciiLetter)).ToLower(CultureInfo.InvariantCulture);
        foreach ((string words, ProblemReason reason) in Names)
        {
            if (slug == words)
                return reason;
        }

        foreach ((string phrase, ProblemReason reason) in Phrases)
        {
            if (detail.Contains(phrase, StringComparison.OrdinalIgnoreCase) || title.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                return reason;
        }

        return ProblemReason.Unrecognised;
    }
}
