namespace MicroTrader.Trading212;

/// <summary>
/// Reads nextPagePath. Only the cursor is taken from it, never the address: a page is always asked for at the endpoint that we know, so that no answer can send the key elsewhere,
/// and the /api/v0 prefix, which the venue writes or leaves out, does not matter.
/// </summary>
internal static class NextPage
{
    /// <summary>The value of the cursor parameter, or null where there is none.</summary>
    internal static string? CursorOf(string? nextPagePath)
    {
        if (string.IsNullOrWhiteSpace(nextPagePath))
            return null;
        string query = nextPagePath[(nextPagePath.IndexOf('?', StringComparison.Ordinal) + 1)..];
        foreach (string pair in query.Split('&'))
        {
            if (pair.StartsWith("cursor=", StringComparison.OrdinalIgnoreCase) && pair.Length > "cursor=".Length)
                return Uri.UnescapeDataString(pair["cursor=".Length..]);
        }

        return null;
    }

    /// <summary>Says what is wrong with a nextPagePath of the endpoint, or null: it must be empty, or carry a cursor and name no other endpoint.</summary>
    internal static string? FlawOf(string? nextPagePath, string endpoint)
    {
        if (string.IsNullOrWhiteSpace(nextPagePath))
            return null;
        int mark = nextPagePath.IndexOf('?', StringComparison.Ordinal);
        if (mark > 0 && !$"/{nextPagePath[..mark].Trim('/')}".EndsWith(endpoint, StringComparison.OrdinalIgnoreCase))
            return $"nextPagePath '{nextPagePath}' leads to another endpoint than {endpoint}";
        return CursorOf(nextPagePath) is null ? $"nextPagePath '{nextPagePath}' has no cursor" : null;
    }
}
