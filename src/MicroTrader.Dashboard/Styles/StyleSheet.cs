using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace MicroTrader.Dashboard.Styles;

/// <summary>The pages' one style sheet, embedded in this assembly.</summary>
internal static class StyleSheet
{
    private static readonly string Css = Read();

    /// <summary>The sheet as markup. It is ours and constant; nothing from outside is ever put into it.</summary>
    public static MarkupString Markup { get; } = new(Css);

    /// <summary>Its hash as a content security policy names it, <c>sha256-…</c>.</summary>
    public static string Hash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)));

    private static string Read()
    {
        const string Name = "dashboard.css";
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} is missing from the dashboard's assembly: the build left it out.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A browser turns CRLF into LF before it hashes, so a checkout with CRLF has to do the same here.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
