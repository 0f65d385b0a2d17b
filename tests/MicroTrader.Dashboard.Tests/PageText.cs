using System.Net;
using System.Text.RegularExpressions;

namespace MicroTrader.Dashboard.Tests;

/// <summary>Reads a page the way a person does: without tags, entities resolved, white space as one blank.</summary>
internal static partial class PageText
{
    public static string Of(string html)
    {
        var body = html[html.IndexOf("<body", StringComparison.Ordinal)..];
        return Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(body, " ")), " ");
    }

    /// <summary>The section under a heading, e.g. <c>trades</c>, as markup.</summary>
    public static string Section(string html, string id)
    {
        var start = html.IndexOf($"<section id=\"{id}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"no section {id} in {html}");
        return html[start..html.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    /// <summary>The cells of a section's table, row by row, as text.</summary>
    public static List<List<string>> Rows(string html, string id)
    {
        var section = Section(html, id);
        var body = section[section.IndexOf("<tbody", StringComparison.Ordinal)..];
        return [.. Row().Matches(body).Select(row => Cell().Matches(row.Value).Select(cell => Of("<body>" + cell.Value).Trim()).ToList())];
    }

    /// <summary>What the pattern's first group found, in order.</summary>
    public static List<string> Values(string html, string pattern) => [.. Regex.Matches(html, pattern).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t([hd])[ >].*?</t\\1>", RegexOptions.Singleline)]
    private static partial Regex Cell();
}
